#include "digest/icalendar.h"

#include <fmt/format.h>

#include "base/zone.h"
#include "text/utf8.h"

namespace sotevahti::digest {

void add_calendar_line(std::string& out, std::string_view line) {
  std::size_t room = 75;
  while (line.size() > room) {
    const std::string_view head = text::utf8_prefix(line, room);
    out.append(head).append("\r\n ");
    line.remove_prefix(head.size());
    room = 74;
  }
  out.append(line).append("\r\n");
}

std::string calendar_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

std::string calendar_date(std::chrono::year_month_day day) {
  return fmt::format("{:04}{:02}{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

std::string calendar_time(base::Time time) {
  const auto utc = base::Zone::utc().to_local(time);
  return fmt::format("{}T{:02}{:02}{:02}Z", calendar_date(utc.day), utc.hour, utc.minute, utc.second);
}

}  // namespace sotevahti::digest
