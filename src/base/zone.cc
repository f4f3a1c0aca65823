#include "base/zone.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>

namespace sotevahti::base {
namespace {

Zone must_find(std::string_view name) {
  auto zone = Zone::find(name);
  if (!zone) throw std::runtime_error(zone.error().message);
  return *zone;
}

// date's types have the layout of chrono's, but are not they.
date::local_seconds to_date(const LocalTime& local) {
  const auto days = std::chrono::local_days(local.day).time_since_epoch();
  return date::local_seconds(std::chrono::duration_cast<Seconds>(days) + std::chrono::hours(local.hour) +
                             std::chrono::minutes(local.minute) + Seconds(local.second));
}

constexpr std::string_view weekday_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::string_view month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string mail_date(Time time, std::string_view zone) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day day(days);
  const std::chrono::hh_mm_ss clock(time - days);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} {}", weekday_names[std::chrono::weekday(days).c_encoding()],
                     unsigned(day.day()), month_names[unsigned(day.month()) - 1], int(day.year()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(), zone);
}

}  // namespace

Result<Zone> Zone::find(std::string_view name) {
  try {
    return Zone(std::string(name), date::locate_zone(std::string(name)));
  } catch (const std::exception&) {
    return fail(fmt::format("no time zone is called \"{}\" (write one like Europe/Helsinki)", name));
  }
}

const Zone& Zone::helsinki() {
  static const Zone zone = must_find("Europe/Helsinki");
  return zone;
}

const Zone& Zone::utc() {
  static const Zone zone = must_find("Etc/UTC");
  return zone;
}

LocalTime Zone::to_local(Time utc) const {
  const auto since_epoch = zone_->to_local(date::sys_seconds(utc.time_since_epoch())).time_since_epoch();
  const std::chrono::local_seconds local(since_epoch);
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss clock(local - days);
  return {std::chrono::year_month_day(days), int(clock.hours().count()), int(clock.minutes().count()),
          int(clock.seconds().count())};
}

Time Zone::to_utc(const LocalTime& local) const {
  const auto reading = to_date(local);
  const auto info = zone_->get_info(reading);
  // In a gap `second` begins where the skipped hour ends.
  if (info.result == date::local_info::nonexistent) return Time(info.second.begin.time_since_epoch());
  return Time((reading.time_since_epoch()) - info.first.offset);
}

Seconds Zone::offset(Time utc) const { return zone_->get_info(date::sys_seconds(utc.time_since_epoch())).offset; }

std::string to_rfc3339(Time time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - days);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_iso_date(days), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::string to_iso_date(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

Result<std::chrono::year_month_day> parse_iso_date(std::string_view text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const auto number = [&](std::size_t from, std::size_t length, auto& into) {
    const char* end = text.data() + from + length;
    return std::from_chars(text.data() + from, end, into).ptr == end;
  };
  if (text.size() == 10 && text[4] == '-' && text[7] == '-' && text[0] != '-' && number(0, 4, year) &&
      number(5, 2, month) && number(8, 2, day)) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (date.ok()) return date;
  }
  return fail(fmt::format("\"{}\" is no day (write one like 2026-02-20)", text));
}

std::string to_rfc5322(Time time) { return mail_date(time, "+0000"); }
std::string to_http_date(Time time) { return mail_date(time, "GMT"); }

}  // namespace sotevahti::base
