// One message of mail, as RFC 5322 has it: multipart/alternative with equal text and
// HTML, the headers that receivers of lists require (RFC 2369, 2919, 3834, 8058), and the
// deadlines as a calendar when asked. ASCII throughout, lines within 998 octets, CR LF
// everywhere. The same draft gives the same bytes. Pure; any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::digest {

struct MailDraft {
  std::string from, from_name;
  std::string reply_to;  // may be empty
  std::string to, to_name;
  std::string subject;
  std::string language = "fi";
  base::Time date{};
  std::string message_id;  // without angle brackets
  std::string text, html;
  // Of a list; empty for a single message such as a confirmation.
  std::string list_name, list_id;  // "Pirkanmaan avustukset", "digest.example.org"
  std::string unsubscribe_url;     // answers a POST of RFC 8058
  std::string help_url, archive_url;
  std::optional<std::string> calendar;  // an iCalendar, attached
};

// Refused: an address that is not plain (CR/LF, quotes, spaces, not ASCII, too long), a
// message id or address of the web that is none.
base::Result<std::string> build_mail(const MailDraft& draft);

// A Message-ID that is the same whenever the same delivery is built: "KIND.HASH@DOMAIN".
std::string message_id(std::string_view kind, std::string_view delivery, std::string_view from);

// The part of an address behind its @.
std::string_view domain_of(std::string_view address);

}  // namespace sotevahti::digest
