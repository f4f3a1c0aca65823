// Days as they are written in Finnish and Swedish texts: "9.2.2026", "09.02.2026",
// "9.2." and "2026-02-09". Pure; any thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace sotevahti::feed {

struct NumericDate {
  std::optional<int> year;
  unsigned month = 0;
  unsigned day = 0;
  std::size_t end = 0;  // behind it, in the text

  // None without a year, or where there is no such day.
  std::optional<std::chrono::year_month_day> whole() const;
};

// The date that begins at text[at]; "9.2" without its second dot is a number.
std::optional<NumericDate> numeric_date_at(std::string_view text, std::size_t at);

// The digits at text[at] as a number, `at` behind them; none where there are none or more than `most`.
std::optional<unsigned> digits_at(std::string_view text, std::size_t& at, std::size_t most);

}  // namespace sotevahti::feed
