// The words of dates in Finnish, Swedish and English: months, weekdays, clocks. Pure.
#pragma once
#include <string_view>

namespace sotevahti::tag {

// 1..12, or 0: "marraskuuta", "november", "Nov".
int month_of(std::string_view word);
// In the genitive, as it stands before a day or "loppuun": "marraskuun", or as other languages have it.
bool is_month_genitive(std::string_view word);
// 1 (Monday)..7, or 0; `until` when the word says it is an end: "perjantaihin".
int weekday_of(std::string_view word, bool& until);
bool is_clock_word(std::string_view word);
// Can a date begin with this word: a month, a weekday, "huomenna", "slutet"? Most words can't.
bool begins_date(std::string_view word);

}  // namespace sotevahti::tag
