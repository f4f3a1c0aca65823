#include "archive/holidays.h"

namespace sotevahti::archive {
namespace {

using namespace std::chrono;  // NOLINT(google-build-using-namespace): sums of the calendar

// Fixed days: New Year, Epiphany, May Day, Independence Day, Christmas and Boxing Day.
bool is_fixed(month_day day) {
  return day == January / 1 || day == January / 6 || day == May / 1 || day == December / 6 || day == December / 25 ||
         day == December / 26;
}

// The Saturday of seven days: Midsummer 20-26 June, All Saints 31 October - 6 November.
bool is_saturday_of_range(year_month_day day) {
  if (weekday(sys_days(day)) != Saturday) return false;
  const month_day in_year = day.month() / day.day();
  return (in_year >= June / 20 && in_year <= June / 26) || (in_year >= October / 31 && in_year <= November / 6);
}

// Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday.
bool is_by_easter(year_month_day day) {
  const auto after = (sys_days(day) - sys_days(easter_sunday(day.year()))).count();
  return after == -2 || after == 0 || after == 1 || after == 39 || after == 49;
}

}  // namespace

// The Gregorian computus in its anonymous form (Meeus, Astronomical Algorithms, chapter 8).
year_month_day easter_sunday(year of) {
  const int y = static_cast<int>(of);
  const int a = y % 19, b = y / 100, c = y % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return of / month(static_cast<unsigned>(n / 31)) / day(static_cast<unsigned>(n % 31 + 1));
}

bool is_finnish_holiday(year_month_day day) {
  return is_fixed(day.month() / day.day()) || is_saturday_of_range(day) || is_by_easter(day);
}

}  // namespace sotevahti::archive
