// A report of mail that came back (RFC 3464), as relays send it to the envelope's
// sender: read, and put to the account of the subscriber whose mail it was. A report
// counts only when it returns the Message-ID of a mail that went to that very address,
// so that nobody can have another one suspended by writing to us.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "archive/database.h"
#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::deliver {

struct BouncedRecipient {
  std::string address;     // Original-Recipient, else Final-Recipient
  std::string action;      // failed, delayed, delivered, relayed, expanded
  std::string status;      // 5.1.1
  std::string diagnostic;  // the server's words, one line
  bool is_hard() const;    // the address takes no mail, now or later
};

struct BounceReport {
  std::string message_id;  // of the mail that came back; may be empty
  std::vector<BouncedRecipient> recipients;
};

// Fails on a mail that is no delivery report. Pure.
base::Result<BounceReport> read_bounce_report(std::string_view mail);

struct BounceCount {
  std::size_t hard = 0, soft = 0;
  std::vector<std::string> suspended;  // addresses
  std::vector<std::string> unknown;    // what was no report of a mail of ours, and why
};

// Adds what `mail` says to `count`.
void take_bounce(archive::Database& database, std::string_view mail, base::Time now, BounceCount& count);

}  // namespace sotevahti::deliver
