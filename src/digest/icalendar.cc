#include "digest/icalendar.h"

#include <fmt/format.h>

#include <algorithm>

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

void add_calendar_close(std::string& out, std::chrono::year_month_day day,
                        const std::optional<std::chrono::minutes>& time_of_day) {
  if (!time_of_day) {
    add_calendar_line(out, "DTSTART;VALUE=DATE:" + calendar_date(day));
    add_calendar_line(out, "DTEND;VALUE=DATE:" + calendar_date(std::chrono::sys_days(day) + std::chrono::days(1)));
    return;
  }
  // No DTEND: it would have to be later (section 3.8.2.2).
  const auto minutes = static_cast<int>(time_of_day->count());
  const base::Time closes = base::Zone::helsinki().to_utc({day, minutes / 60, minutes % 60, 0});
  add_calendar_line(out, "DTSTART:" + calendar_time(closes));
}

std::int64_t calendar_sequence(base::Time changed) {
  constexpr std::int64_t year_2020 = 1577836800;
  return std::max<std::int64_t>(0, base::to_unix(changed) - year_2020);
}

}  // namespace sotevahti::digest
