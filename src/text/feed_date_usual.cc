#include "text/feed_date_usual.h"

#include <chrono>

namespace sotevahti::text {
namespace {

// A form is spelt out: d stands for a digit, a for a letter, s for
// the sign of an offset, everything else for itself.
bool has_form(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const char c = text[i];
    switch (form[i]) {
      case 'd':
        if (c < '0' || c > '9') return false;
        break;
      case 'a':
        if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) return false;
        break;
      case 's':
        if (c != '+' && c != '-') return false;
        break;
      default:
        if (c != form[i]) return false;
    }
  }
  return true;
}

int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

// 1 to 12, or 0.
unsigned month_named(std::string_view name) {
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::size_t at = names.find(name);
  return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<unsigned>(at / 3) + 1;
}

// Minutes east of UTC, of "+0200" or "+02:00".
std::optional<int> offset_minutes(std::string_view text) {
  const int hours = digits(text.substr(1, 2));
  const int minutes = digits(text.substr(text.size() - 2));
  if (hours > 14 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

// `clock` is "10:45:26".
std::optional<base::Time> time_of(int year, unsigned month, int day, std::string_view clock, int offset) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(static_cast<unsigned>(day))};
  const int hour = digits(clock.substr(0, 2));
  const int minute = digits(clock.substr(3, 2));
  const int second = digits(clock.substr(6, 2));
  if (!date.ok() || year < 1900 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return base::Time(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute - offset) +
         base::Seconds(second);
}

std::optional<base::Time> rfc822(std::string_view text) {
  const bool numeric = has_form(text, "aaa, dd aaa dddd dd:dd:dd sdddd");
  if (!numeric && !has_form(text, "aaa, dd aaa dddd dd:dd:dd GMT")) return std::nullopt;
  const auto offset = numeric ? offset_minutes(text.substr(26)) : std::optional(0);
  if (!offset) return std::nullopt;
  return time_of(digits(text.substr(12, 4)), month_named(text.substr(8, 3)), digits(text.substr(5, 2)),
                 text.substr(17, 8), *offset);
}

std::optional<base::Time> rfc3339(std::string_view text) {
  const bool numeric = has_form(text, "dddd-dd-ddTdd:dd:ddsdd:dd");
  if (!numeric && !has_form(text, "dddd-dd-ddTdd:dd:ddZ")) return std::nullopt;
  const auto offset = numeric ? offset_minutes(text.substr(19)) : std::optional(0);
  if (!offset) return std::nullopt;
  return time_of(digits(text.substr(0, 4)), static_cast<unsigned>(digits(text.substr(5, 2))), digits(text.substr(8, 2)),
                 text.substr(11, 8), *offset);
}

}  // namespace

std::optional<base::Time> usual_feed_date(std::string_view text) {
  if (text.size() < 20) return std::nullopt;
  return text[3] == ',' ? rfc822(text) : rfc3339(text);
}

}  // namespace sotevahti::text
