#include "digest/mail.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/zone.h"
#include "digest/mime.h"
#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::digest {
namespace {

tl::unexpected<base::Failure> no_such(std::string_view text, std::string_view what) {
  return base::fail(fmt::format("\"{}\" is no {}", base::one_line(text::utf8_prefix(text, 80)), what));
}

bool is_web_address(const std::string& url) {
  return url.size() <= 900 && text::Url::parse(url) && url.find_first_of("<>") == std::string::npos;
}

base::Result<base::Done> check(const MailDraft& draft) {
  for (const std::string* address : {&draft.from, &draft.to, &draft.reply_to})
    if (!is_plain_address(*address) && !(address == &draft.reply_to && address->empty()))
      return no_such(*address, "address of mail");
  if (!is_plain_address(draft.message_id)) return no_such(draft.message_id, "message id");
  for (const std::string* url : {&draft.unsubscribe_url, &draft.help_url, &draft.archive_url})
    if (!url->empty() && !is_web_address(*url)) return no_such(*url, "address of the web");
  return base::Done{};
}

std::string list_fields(const MailDraft& draft) {
  std::string out;
  if (!draft.list_id.empty()) out += address_field("List-Id", draft.list_name, draft.list_id);
  if (!draft.unsubscribe_url.empty()) {
    // On one line: folded, it has broken signatures at relays.
    out += bare_field("List-Unsubscribe", "<" + draft.unsubscribe_url + ">");
    out += bare_field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  if (!draft.help_url.empty()) out += bare_field("List-Help", "<" + draft.help_url + ">");
  if (!draft.archive_url.empty()) out += bare_field("List-Archive", "<" + draft.archive_url + ">");
  return out;
}

std::string part(std::string_view type, std::string_view content) {
  return fmt::format("Content-Type: {}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n", type,
                     quoted_printable(content));
}

// "=_" never stands in quoted-printable text, so no content can hold the boundary.
std::string alternative(const MailDraft& draft, std::string_view boundary) {
  return fmt::format("Content-Type: multipart/alternative; boundary=\"{0}\"\r\n\r\n--{0}\r\n{1}--{0}\r\n{2}--{0}--\r\n",
                     boundary, part("text/plain; charset=utf-8", draft.text),
                     part("text/html; charset=utf-8", draft.html));
}

std::string body(const MailDraft& draft) {
  const std::string seed = base::sha256_hex(draft.message_id).substr(0, 24);
  std::string inner = alternative(draft, "=_a" + seed);
  if (!draft.calendar) return inner;
  return fmt::format(
      "Content-Type: multipart/mixed; boundary=\"{0}\"\r\n\r\n--{0}\r\n{1}--{0}\r\n"
      "Content-Disposition: attachment; filename=\"sotevahti.ics\"\r\n{2}--{0}--\r\n",
      "=_m" + seed, inner, part("text/calendar; charset=utf-8; method=PUBLISH", *draft.calendar));
}

}  // namespace

base::Result<std::string> build_mail(const MailDraft& draft) {
  if (auto checked = check(draft); !checked) return tl::unexpected(checked.error());
  std::string mail;
  mail += address_field("From", draft.from_name, draft.from);
  if (!draft.reply_to.empty()) mail += address_field("Reply-To", "", draft.reply_to);
  mail += address_field("To", draft.to_name, draft.to);
  mail += header_field("Subject", draft.subject);
  mail += bare_field("Date", base::to_rfc5322(draft.date));
  mail += bare_field("Message-ID", "<" + draft.message_id + ">");
  mail += list_fields(draft);
  mail += bare_field("Auto-Submitted", "auto-generated");
  mail += bare_field("Content-Language", draft.language);
  mail += "MIME-Version: 1.0\r\n";
  return mail + body(draft);
}

std::string message_id(std::string_view kind, std::string_view delivery, std::string_view from) {
  return fmt::format("{}.{}@{}", kind, base::sha256_hex(delivery).substr(0, 32), domain_of(from));
}

std::string_view domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? address : address.substr(at + 1);
}

}  // namespace sotevahti::digest
