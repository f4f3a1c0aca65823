#include "feed/sample_dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/zone.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;

constexpr std::array<std::string_view, 12> finnish = {"tammi", "helmi", "maalis", "huhti", "touko",  "kesä",
                                                      "heinä", "elo",   "syys",   "loka",  "marras", "joulu"};
constexpr std::array<std::string_view, 12> swedish = {"januari",   "februari", "mars",     "april",
                                                      "maj",       "juni",     "juli",     "augusti",
                                                      "september", "oktober",  "november", "december"};
constexpr std::array<std::string_view, 12> english = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

struct Local {
  int year;
  unsigned month, day;
  int hour, minute, second;
  std::string_view weekday;
  long offset_hours;
};

Local local_of(base::Time time) {
  const base::Zone& zone = base::Zone::helsinki();
  const base::LocalTime local = zone.to_local(time);
  const std::chrono::weekday weekday{std::chrono::sys_days(local.day)};
  return {static_cast<int>(local.day.year()),
          static_cast<unsigned>(local.day.month()),
          static_cast<unsigned>(local.day.day()),
          local.hour,
          local.minute,
          local.second,
          weekdays[weekday.c_encoding()],
          static_cast<long>(zone.offset(time).count() / 3600)};
}

std::optional<base::Seconds> offset_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  long count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (unit == "min") return std::chrono::minutes(count);
  if (unit == "h") return std::chrono::hours(count);
  if (unit == "d") return std::chrono::hours(24 * count);
  return std::nullopt;
}

std::optional<std::string> written(std::string_view form, base::Time time) {
  if (form == "iso") return base::to_rfc3339(time);
  if (form == "gmt") return base::to_http_date(time);
  const Local at = local_of(time);
  const std::size_t month = at.month - 1;
  if (form == "rfc822") {
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +{:02}00", at.weekday, at.day, english[month], at.year,
                       at.hour, at.minute, at.second, at.offset_hours);
  }
  if (form == "iso_local") {
    return fmt::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}", at.year, at.month, at.day, at.hour, at.minute, at.second);
  }
  if (form == "iso_date") return fmt::format("{}-{:02}-{:02}", at.year, at.month, at.day);
  if (form == "dmy") return fmt::format("{}.{}.{}", at.day, at.month, at.year);
  if (form == "dmy0") return fmt::format("{:02}.{:02}.{}", at.day, at.month, at.year);
  if (form == "clock") return fmt::format("{}.{:02}", at.hour, at.minute);
  if (form == "date_fi") return fmt::format("{}. {}kuuta {}", at.day, finnish[month], at.year);
  if (form == "date_sv") return fmt::format("{} {} {}", at.day, swedish[month], at.year);
  return std::nullopt;
}

std::optional<std::string> filled(std::string_view placeholder, base::Time now) {
  const std::size_t space = placeholder.find(' ');
  if (space == npos) return std::nullopt;
  const auto offset = offset_of(placeholder.substr(space + 1));
  return offset ? written(placeholder.substr(0, space), now + *offset) : std::nullopt;
}

}  // namespace

std::string fill_dates(std::string_view text, base::Time now) {
  std::string result;
  std::size_t done = 0;
  for (std::size_t at = text.find("{{"); at != npos; at = text.find("{{", at + 2)) {
    const std::size_t end = text.find("}}", at);
    if (end == npos) break;
    const auto date = filled(text.substr(at + 2, end - at - 2), now);
    if (!date) continue;
    result.append(text, done, at - done).append(*date);
    done = end + 2;
  }
  result.append(text, done);
  return result;
}

}  // namespace sotevahti::feed
