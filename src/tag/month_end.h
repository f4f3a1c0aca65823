// The end of a month or a year as running text has it: "lokakuun loppuun", "vuoden 2026 lopussa",
// "slutet av oktober", "årets slut", "den sista oktober", "end of the year". "Koko lokakuun" and "under
// oktober" are none, for seldom does what is told of a whole month close with it. Pure; any thread.
#pragma once
#include <chrono>
#include <optional>

#include "tag/piece_cursor.h"

namespace sotevahti::tag {

struct MonthEnd {
  std::chrono::year_month_day last_day{};
  bool until = false;  // "lokakuun loppuun"; not "lokakuun viimeisenä päivänä", which is a day as others
};

// A month without its year is the next one after `published`, or its own.
std::optional<MonthEnd> read_month_end(PieceCursor& cursor, std::chrono::year_month_day published);

}  // namespace sotevahti::tag
