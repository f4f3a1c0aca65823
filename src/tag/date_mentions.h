// Dates as running text has them, in Finnish, Swedish and English: "1.8.‒1.9.2025 kello
// 12.00", "kesäkuun 23. päivään", "den 15 januari", "by 19 October", "lokakuun loppuun".
// Diary numbers, clocks and spans of years are none. Pure; any thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "tag/pieces.h"

namespace sotevahti::tag {

struct DateMention {
  std::size_t first = 0;  // pieces [first, last) say the date, its clock included
  std::size_t last = 0;
  std::optional<std::chrono::year_month_day> from;  // of a range
  std::chrono::year_month_day day{};                // or the last of a range
  std::optional<std::chrono::minutes> time;
  bool until = false;     // says itself that it is an end: "23. päivään", "lokakuun loppuun"
  bool relative = false;  // "perjantaihin", "huomenna"
  bool bare = false;      // "3.11": might be a number
};

// In their order. A year left out is the one that puts the date nearest to `published`:
// behind it, or less than half a year before.
std::vector<DateMention> find_dates(const Pieces& pieces, std::chrono::year_month_day published);

// A text cut into pieces, with its dates.
struct DatedText {
  DatedText(std::string_view of, std::chrono::year_month_day published)
      : text(of), pieces(of), dates(find_dates(pieces, published)) {}
  std::string_view text;
  Pieces pieces;
  std::vector<DateMention> dates;
};

}  // namespace sotevahti::tag
