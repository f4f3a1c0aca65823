#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "archive/holidays.h"
#include "archive/people.h"

namespace sotevahti::archive {
namespace {

using namespace std::chrono;  // NOLINT(google-build-using-namespace): sums of the calendar

constexpr std::array<std::string_view, 7> day_names = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr minutes whole_day{24 * 60};
constexpr int farthest_days = 400;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t start = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(start);
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.size() > 2 || problem != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

// "07:30".
std::optional<minutes> clock_time(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto hour = number(text.substr(0, colon));
  const auto minute = number(text.substr(colon + 1));
  if (!hour || !minute || *hour > 23 || *minute > 59 || text.size() - colon != 3) return std::nullopt;
  return minutes(*hour * 60 + *minute);
}

std::string print(minutes time) { return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60); }

base::Result<Rhythm> wrong(std::string_view text, std::string_view why) {
  return base::fail(
      fmt::format("\"{}\" is no rhythm: {}. Rhythms are \"daily 07:00\", \"weekdays 07:30\", "
                  "\"weekly mon 08:00\", \"monthly 1 08:00\" and \"immediate quiet 21:00-07:00\"; "
                  "\"holidays\" at the end skips public holidays",
                  text, why));
}

class RhythmText {
 public:
  explicit RhythmText(std::string_view text) : text_(text), words_(words_of(text)) {}

  base::Result<Rhythm> parse() {
    if (words_.empty()) return wrong(text_, "it is empty");
    const std::string_view kind = next();
    if (kind == "immediate") {
      rhythm_.kind = Rhythm::Kind::immediate;
      rhythm_.at = minutes(0);
      if (!quiet()) return wrong(text_, why_);
    } else {
      if (!scheduled(kind)) return wrong(text_, why_);
      const auto at = clock_time(next());
      if (!at) return wrong(text_, "the time is missing or impossible");
      rhythm_.at = *at;
    }
    if (peek() == "holidays") {
      next();
      rhythm_.skip_holidays = true;
    }
    if (!peek().empty()) return wrong(text_, fmt::format("\"{}\" is not understood", peek()));
    return rhythm_;
  }

 private:
  std::string_view peek() const { return at_ < words_.size() ? words_[at_] : std::string_view(); }
  std::string_view next() { return at_ < words_.size() ? words_[at_++] : std::string_view(); }
  bool refuse(std::string why) {
    why_ = std::move(why);
    return false;
  }

  bool scheduled(std::string_view kind) {
    if (kind == "daily") {
      rhythm_.kind = Rhythm::Kind::daily;
    } else if (kind == "weekdays") {
      rhythm_.kind = Rhythm::Kind::weekdays;
    } else if (kind == "weekly") {
      rhythm_.kind = Rhythm::Kind::weekly;
      const auto day = std::find(day_names.begin(), day_names.end(), next());
      if (day == day_names.end()) return refuse("the day is one of mon tue wed thu fri sat sun");
      rhythm_.day = weekday(static_cast<unsigned>(day - day_names.begin()));
    } else if (kind == "monthly") {
      rhythm_.kind = Rhythm::Kind::monthly;
      const auto day = number(next());
      if (!day || *day < 1 || *day > 28) return refuse("the day of the month is 1 to 28");
      rhythm_.day_of_month = *day;
    } else {
      return refuse(fmt::format("\"{}\" is not known", kind));
    }
    return true;
  }

  bool quiet() {
    if (peek() != "quiet") return true;
    next();
    const std::string_view span = next();
    const std::size_t dash = span.find('-');
    const auto from = clock_time(span.substr(0, std::min(dash, span.size())));
    const auto until = dash == std::string_view::npos ? std::nullopt : clock_time(span.substr(dash + 1));
    if (!from || !until) return refuse("the quiet time is like 21:00-07:00");
    rhythm_.quiet_from = *from;
    rhythm_.quiet_until = *until;
    return true;
  }

  std::string_view text_;
  std::vector<std::string_view> words_;
  std::size_t at_ = 0;
  Rhythm rhythm_;
  std::string why_;
};

base::LocalTime reading(sys_days day, minutes at) {
  return {year_month_day(day), static_cast<int>(at.count() / 60), static_cast<int>(at.count() % 60), 0};
}

bool is_workday(sys_days day) {
  const weekday of_week(day);
  return of_week != Saturday && of_week != Sunday && !is_finnish_holiday(day);
}

// By the rhythm alone, holidays or not.
bool is_named(const Rhythm& rhythm, sys_days day) {
  const weekday of_week(day);
  switch (rhythm.kind) {
    case Rhythm::Kind::weekdays: return of_week != Saturday && of_week != Sunday;
    case Rhythm::Kind::weekly: return of_week == rhythm.day;
    case Rhythm::Kind::monthly: return year_month_day(day).day() == std::chrono::day(rhythm.day_of_month);
    default: return true;
  }
}

// A weekly or monthly digest that falls on a holiday comes on the next working day: a month
// is too long to wait.
bool is_put_off_to(const Rhythm& rhythm, sys_days day) {
  if (rhythm.kind != Rhythm::Kind::weekly && rhythm.kind != Rhythm::Kind::monthly) return false;
  if (!is_workday(day)) return false;
  for (sys_days before = day - days(1); !is_workday(before); before -= days(1))
    if (is_finnish_holiday(before) && is_named(rhythm, before)) return true;
  return false;
}

bool is_on(const Rhythm& rhythm, sys_days day) {
  if (!rhythm.skip_holidays) return is_named(rhythm, day);
  if (is_finnish_holiday(day)) return false;
  return is_named(rhythm, day) || is_put_off_to(rhythm, day);
}

// Is a local time of day within a span that may reach over midnight?
bool within(minutes time, minutes from, minutes until) {
  if (from <= until) return time >= from && time < until;
  return time >= from || time < until;
}

// The next minute that is not quiet, nor on a holiday that is skipped.
base::Time next_immediate(const Rhythm& rhythm, base::Time after, const base::Zone& zone) {
  base::Time due = after + minutes(1);
  for (int day = 0; day < farthest_days; ++day) {
    const base::LocalTime local = zone.to_local(due);
    const minutes time{local.hour * 60 + local.minute};
    const sys_days today(local.day);
    if (rhythm.skip_holidays && is_finnish_holiday(local.day)) {
      due = zone.to_utc(reading(today + days(1), minutes(0)));
    } else if (within(time, rhythm.quiet_from, rhythm.quiet_until)) {
      const sys_days end = time >= rhythm.quiet_until ? today + days(1) : today;
      due = std::max(zone.to_utc(reading(end, rhythm.quiet_until)), due + seconds(1));
    } else {
      return due;
    }
  }
  return due;
}

}  // namespace

base::Result<Rhythm> Rhythm::parse(std::string_view text) { return RhythmText(text).parse(); }

std::string Rhythm::print() const {
  std::string text;
  switch (kind) {
    case Kind::immediate:
      text = quiet_from == quiet_until
                 ? "immediate"
                 : fmt::format("immediate quiet {}-{}", archive::print(quiet_from), archive::print(quiet_until));
      break;
    case Kind::daily: text = "daily " + archive::print(at); break;
    case Kind::weekdays: text = "weekdays " + archive::print(at); break;
    case Kind::weekly: text = fmt::format("weekly {} {}", day_names[day.c_encoding() % 7], archive::print(at)); break;
    case Kind::monthly: text = fmt::format("monthly {} {}", day_of_month, archive::print(at)); break;
  }
  return skip_holidays ? text + " holidays" : text;
}

base::Time Rhythm::next_due(base::Time after, const base::Zone& zone) const {
  if (is_immediate()) return next_immediate(*this, after, zone);
  sys_days candidate = sys_days(zone.to_local(after).day) - days(1);
  for (int tried = 0; tried < farthest_days; ++tried, candidate += days(1)) {
    if (!is_on(*this, candidate)) continue;
    const base::Time due = zone.to_utc(reading(candidate, at));
    if (due > after) return due;
  }
  return after + whole_day * farthest_days;
}

}  // namespace sotevahti::archive
