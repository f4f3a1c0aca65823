#include "feed/numeric_date.h"

#include "feed/ascii.h"

namespace sotevahti::feed {
namespace {

bool is_plausible(const NumericDate& date) {
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31;
}

bool skip(std::string_view text, std::size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

std::optional<NumericDate> iso_at(std::string_view text, std::size_t at) {
  NumericDate date;
  const auto year = digits_at(text, at, 4);
  if (!year || *year < 1900 || !skip(text, at, '-')) return std::nullopt;
  const auto month = digits_at(text, at, 2);
  if (!month || !skip(text, at, '-')) return std::nullopt;
  const auto day = digits_at(text, at, 2);
  if (!day) return std::nullopt;
  date.year = static_cast<int>(*year);
  date.month = *month;
  date.day = *day;
  date.end = at;
  return date;
}

std::optional<NumericDate> dotted_at(std::string_view text, std::size_t at) {
  NumericDate date;
  const auto day = digits_at(text, at, 2);
  if (!day || !skip(text, at, '.')) return std::nullopt;
  const auto month = digits_at(text, at, 2);
  if (!month || !skip(text, at, '.')) return std::nullopt;
  date.day = *day;
  date.month = *month;
  date.end = at;
  std::size_t behind = at;
  const auto year = digits_at(text, behind, 4);
  if (year && behind - at == 4) {
    date.year = static_cast<int>(*year);
    date.end = behind;
  } else if (at < text.size() && is_digit(text[at])) {
    return std::nullopt;  // 01.04.00: a number of another kind
  }
  return date;
}

}  // namespace

std::optional<std::chrono::year_month_day> NumericDate::whole() const {
  if (!year) return std::nullopt;
  const std::chrono::year_month_day day_of_year{std::chrono::year(*year), std::chrono::month(month),
                                                std::chrono::day(day)};
  return day_of_year.ok() ? std::optional(day_of_year) : std::nullopt;
}

std::optional<unsigned> digits_at(std::string_view text, std::size_t& at, std::size_t most) {
  const std::size_t begin = at;
  unsigned value = 0;
  while (at < text.size() && is_digit(text[at])) {
    if (at - begin == most) return std::nullopt;
    value = value * 10 + static_cast<unsigned>(text[at] - '0');
    ++at;
  }
  return at > begin ? std::optional(value) : std::nullopt;
}

std::optional<NumericDate> numeric_date_at(std::string_view text, std::size_t at) {
  for (const auto read : {iso_at, dotted_at}) {
    const auto date = read(text, at);
    if (date && is_plausible(*date)) return date;
  }
  return std::nullopt;
}

}  // namespace sotevahti::feed
