#include "deliver/bounce_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "archive/ledger.h"
#include "archive/people.h"
#include "text/types.h"

namespace sotevahti::deliver {
namespace {

constexpr std::size_t longest_report = std::size_t{2} << 20;
constexpr std::size_t most_recipients = 100;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// A line without its end; `text` moves behind it.
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

// A group of header fields, unfolded, up to an empty line; `text` moves behind it.
Fields take_fields(std::string_view& text) {
  Fields fields;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if ((line.front() == ' ' || line.front() == '\t') && !fields.empty()) {
      fields.back().second += ' ';
      fields.back().second += trim(line);
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
      fields.emplace_back(lower(trim(line.substr(0, colon))), trim(line.substr(colon + 1)));
    }
  }
  for (auto& [name, value] : fields) std::replace(value.begin(), value.end(), '\r', ' ');  // one that ended no line
  return fields;
}

std::string value_of(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

// `boundary` of a Content-Type.
std::string boundary_of(const std::string& content_type) {
  const auto at = lower(content_type).find("boundary=");
  if (at == std::string::npos) return {};
  std::string_view value = std::string_view(content_type).substr(at + 9);
  if (value.starts_with('"')) {
    value.remove_prefix(1);
    return std::string(value.substr(0, value.find('"')));
  }
  return std::string(trim(value.substr(0, value.find(';'))));
}

std::vector<std::string_view> parts_of(std::string_view body, const std::string& boundary) {
  std::vector<std::string_view> parts;
  const std::string mark = "--" + boundary;
  const char* begin = nullptr;
  while (!body.empty()) {
    const char* here = body.data();
    const std::string_view line = take_line(body);
    if (!line.starts_with(mark)) continue;
    if (begin) parts.emplace_back(begin, static_cast<std::size_t>(here - begin));
    begin = body.data();
    if (line.substr(mark.size()).starts_with("--")) return parts;
  }
  return parts;
}

// "rfc822; aino@example.com", "smtp; 550 5.1.1 ...": what stands behind the type.
std::string typed_value(const std::string& value) {
  const auto semicolon = value.find(';');
  std::string_view rest = semicolon == std::string::npos ? value : std::string_view(value).substr(semicolon + 1);
  rest = trim(rest);
  if (rest.starts_with('<') && rest.ends_with('>')) rest = rest.substr(1, rest.size() - 2);
  return text::HeaderLine::from(rest).str();
}

std::optional<BouncedRecipient> to_recipient(const Fields& fields) {
  BouncedRecipient recipient;
  recipient.address = typed_value(value_of(fields, "original-recipient"));
  if (recipient.address.empty()) recipient.address = typed_value(value_of(fields, "final-recipient"));
  if (recipient.address.empty()) return std::nullopt;
  recipient.action = lower(value_of(fields, "action"));
  const std::string status = value_of(fields, "status");
  recipient.status = status.substr(0, status.find(' '));
  recipient.diagnostic = typed_value(value_of(fields, "diagnostic-code"));
  return recipient;
}

void read_delivery_status(std::string_view content, BounceReport& report) {
  take_fields(content);  // of the message
  while (!content.empty() && report.recipients.size() < most_recipients)
    if (auto recipient = to_recipient(take_fields(content))) report.recipients.push_back(std::move(*recipient));
}

std::string without_brackets(std::string_view message_id) {
  message_id = trim(message_id);
  if (message_id.starts_with('<') && message_id.ends_with('>'))
    message_id = message_id.substr(1, message_id.size() - 2);
  return std::string(message_id);
}

}  // namespace

bool BouncedRecipient::is_hard() const {
  return action == "failed" && (status.starts_with("5.1.") || status == "5.2.1");
}

base::Result<BounceReport> read_bounce_report(std::string_view mail) {
  mail = mail.substr(0, longest_report);
  const Fields header = take_fields(mail);
  const std::string type = value_of(header, "content-type");
  const std::string boundary = boundary_of(type);
  if (!lower(type).starts_with("multipart/report") || boundary.empty()) return base::fail("it is no delivery report");
  BounceReport report;
  for (std::string_view part : parts_of(mail, boundary)) {
    const Fields fields = take_fields(part);
    const std::string part_type = lower(value_of(fields, "content-type"));
    if (part_type.starts_with("message/delivery-status")) read_delivery_status(part, report);
    if (part_type.starts_with("message/rfc822") || part_type.starts_with("text/rfc822-headers"))
      report.message_id = without_brackets(value_of(take_fields(part), "message-id"));
  }
  if (report.recipients.empty()) return base::fail("the report names no recipient");
  return report;
}

void take_bounce(archive::Database& database, std::string_view mail, base::Time now, BounceCount& count) {
  const auto report = read_bounce_report(mail);
  if (!report) return count.unknown.push_back(report.error().message);
  const auto row = report->message_id.empty() ? std::nullopt : archive::Ledger(database).row(report->message_id);
  if (!row) return count.unknown.push_back("the report returns no mail of ours");
  for (const BouncedRecipient& recipient : report->recipients) {
    if (recipient.action != "failed" && recipient.action != "delayed") continue;
    if (lower(recipient.address) != lower(row->recipient)) {
      count.unknown.push_back(fmt::format("{} is not whom that mail went to", recipient.address));
      continue;
    }
    const std::string words = fmt::format("{} {}", recipient.status, recipient.diagnostic);
    ++(recipient.is_hard() ? count.hard : count.soft);
    if (row->subscriber == 0) continue;  // a letter to somebody who asked on the web, or the admin's note
    archive::People people(database);
    if (people.record_bounce({row->subscriber, now, recipient.is_hard(), recipient.status, words}))
      count.suspended.push_back(row->recipient);
  }
}

}  // namespace sotevahti::deliver
