// One day as running text has it: "28.11.2025", "28.11.", "28. marraskuuta 2025", "28 november",
// "the 28th of November", "syyskuun 19. päivää", "2025-11-28". Pure; any thread.
#pragma once
#include <chrono>
#include <optional>

#include "tag/piece_cursor.h"

namespace sotevahti::tag {

struct WrittenDay {
  int day = 0;
  int month = 0;
  int year = 0;        // 0: not told
  bool until = false;  // says itself that it is an end: "23. päivään"
  bool bare = false;   // "3.11": might be a number
};

bool is_day(const Piece& piece);   // a number of 1 to 31
bool is_year(const Piece& piece);  // of this century
std::chrono::year_month_day make_day(int year, int month, int day);
std::chrono::year_month_day last_day_of(int year, int month);

// "2025-11-28".
std::optional<WrittenDay> read_iso_day(PieceCursor& cursor);
// The day first: "28.11.", "28. marraskuuta", "den 28 november".
std::optional<WrittenDay> read_day(PieceCursor& cursor);
// The month first: "marraskuun 28. päivään", "November 28, 2025".
std::optional<WrittenDay> read_day_behind_month(PieceCursor& cursor);
// Into a day that lacks it, where one stands here: "2025", ", 2025".
void read_year(PieceCursor& cursor, WrittenDay& day);

}  // namespace sotevahti::tag
