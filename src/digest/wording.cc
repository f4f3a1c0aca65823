#include "digest/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "text/utf8.h"

namespace sotevahti::digest {

using std::chrono::year_month_day;

namespace {

int two_digits(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

std::string Wording::with_day(std::string_view key, year_month_day day) const {
  const std::string month = std::to_string(unsigned(day.month()));
  return messages_.say(key, {{"day", std::to_string(unsigned(day.day()))},
                             {"month", month},
                             {"month_name", messages_.say("month." + month)},
                             {"year", std::to_string(int(day.year()))}});
}

std::string Wording::date(year_month_day day) const { return with_day("date", day); }
std::string Wording::short_date(year_month_day day) const { return with_day("date.short", day); }

std::string Wording::weekday(year_month_day day) const {
  return messages_.say(fmt::format("weekday.{}", std::chrono::weekday(day).c_encoding()));
}

std::string Wording::weekday_short(year_month_day day) const {
  return messages_.say(fmt::format("weekday.short.{}", std::chrono::weekday(day).c_encoding()));
}

std::string Wording::clock(std::chrono::minutes since_midnight) const {
  const auto minutes = since_midnight.count();
  return messages_.say("clock", {{"hour", std::to_string(minutes / 60)},
                                 {"hour2", fmt::format("{:02}", minutes / 60)},
                                 {"minute", fmt::format("{:02}", minutes % 60)}});
}

std::string Wording::days_left(int days) const {
  if (days < 0) return messages_.say("deadline.passed");
  if (days == 0) return messages_.say("deadline.today");
  if (days == 1) return messages_.say("deadline.tomorrow");
  return messages_.count("deadline.left", static_cast<std::size_t>(days));
}

std::string Wording::cadence(const Cadence& cadence) const {
  const std::string at = clock(cadence.at);
  switch (cadence.kind) {
    case Cadence::Kind::immediate: return messages_.say("cadence.immediate");
    case Cadence::Kind::daily: return messages_.say("cadence.daily", {{"clock", at}});
    case Cadence::Kind::weekdays: return messages_.say("cadence.weekdays", {{"clock", at}});
    case Cadence::Kind::weekly:
      return messages_.say(
          "cadence.weekly",
          {{"clock", at}, {"on", messages_.say(fmt::format("weekday.on.{}", cadence.day.c_encoding()))}});
    case Cadence::Kind::monthly:
      return messages_.say("cadence.monthly", {{"clock", at}, {"day", std::to_string(cadence.day_of_month)}});
  }
  return {};
}

std::string Wording::language_name(std::string_view language) const {
  const std::string key = fmt::format("language.{}", language);
  return messages_.has(key) ? messages_.say(key) : std::string(language);
}

std::string Wording::fact(std::string_view fact) const {
  const auto space = fact.find(' ');
  if (space == std::string_view::npos) return std::string(fact);
  const std::string_view kind = fact.substr(0, space);
  const std::string_view value = fact.substr(space + 1);
  const std::string_view amount = value.substr(0, value.find(' '));
  if (kind == "date") {
    if (const auto day = base::parse_iso_date(value)) return date(*day);
    // "--02-20": a date without its year.
    const auto in_leap_year =
        base::parse_iso_date("2000" + std::string(value.substr(std::min<std::size_t>(1, value.size()))));
    return value.starts_with("--") && in_leap_year ? short_date(*in_leap_year) : std::string(value);
  }
  if (kind == "time" && value.size() == 5 && value[2] == ':')
    return clock(std::chrono::minutes(60 * two_digits(value.substr(0, 2)) + two_digits(value.substr(3))));
  if (kind == "sum") return messages_.say("fact.sum", {{"amount", number(amount)}});
  if (kind == "share") return messages_.say("fact.share", {{"amount", number(amount)}});
  return number(value);
}

std::string Wording::number(std::string_view digits) const {
  const auto point = std::min(digits.find('.'), digits.size());
  std::string text(digits.substr(0, point));
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, messages_.say("number.group"));
  if (point < digits.size()) text += messages_.say("number.point") + std::string(digits.substr(point + 1));
  return text;
}

std::string area_name(const config::Taxonomy& taxonomy, std::string_view id, std::string_view language) {
  const config::Area* area = taxonomy.area(id);
  if (!area) return std::string(id);
  const std::string& name = area->short_name.in(language);
  return name.empty() ? area->short_name.fi : name;
}

std::string topic_name(const config::Taxonomy& taxonomy, std::string_view id, std::string_view language) {
  const config::Topic* topic = taxonomy.topic(id);
  if (!topic) return std::string(id);
  const std::string& name = topic->name.in(language);
  return name.empty() ? topic->name.fi : name;
}

std::string alphabetical_key(std::string_view name) {
  std::string key;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = text::to_lower(text::next_code_point(name, at));
    switch (c) {
      case U'å': key += "{a"; break;  // '{' stands next after 'z'
      case U'ä': key += "{b"; break;
      case U'ö': key += "{c"; break;
      default: text::append_utf8(key, c);
    }
  }
  return key;
}

}  // namespace sotevahti::digest
