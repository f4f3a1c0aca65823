#include "tag/written_day.h"

#include "tag/date_words.h"

namespace sotevahti::tag {
namespace {

using Kind = Piece::Kind;

// "3.5 miljoonaa" is a sum.
bool is_unit(std::string_view word) {
  for (const std::string_view unit :
       {"milj", "mil", "pros", "proc", "per", "euro", "mrd", "tuhat", "tusen", "hen", "pers", "htv", "kilo"})
    if (word.starts_with(unit)) return true;
  return false;
}

bool is_month(const Piece& piece) {
  return piece.is(Kind::number) && piece.digits <= 2 && piece.value >= 1 && piece.value <= 12;
}

// Behind "28.11." without a space: a year, or the numbers of something else.
bool read_close_year(PieceCursor& cursor, WrittenDay& day) {
  const Piece& number = cursor.here();
  const Piece& next = cursor.here(1);
  const Piece& after = cursor.here(2);
  const bool goes_on = next.is("/") || (next.is(Kind::dot) && after.is(Kind::number) && !after.space_before);
  if (goes_on) return false;
  if (is_year(number)) day.year = number.value;
  else if (number.digits == 2 && number.value >= 15 && number.value < 60) day.year = 2000 + number.value;
  else return false;
  cursor.step();
  return true;
}

// ".11.2025", ".11." or ".11" behind a day.
bool read_month_number(PieceCursor& cursor, WrittenDay& day) {
  const Piece& month = cursor.here(1);
  // "28. 11. 2025" is written too, but "3. 5 ihmistä" is no date.
  const bool spaced = month.space_before;
  day.month = month.value;
  cursor.step(2);
  const Piece& behind = cursor.here();
  if (!cursor.is_at_dot()) {
    day.bare = true;
    return !spaced && !behind.is("/") && !behind.is("%") && !is_unit(behind.word);
  }
  cursor.step();
  if (cursor.here().is(Kind::number) && !cursor.here().space_before) return read_close_year(cursor, day);
  if (cursor.here().is("/")) return false;
  read_year(cursor, day);
  return !spaced || day.year != 0;
}

// " marraskuuta 2025", "th of November", ". päivään marraskuuta" behind a day.
bool read_month_name(PieceCursor& cursor, WrittenDay& day) {
  cursor.skip_dot();
  cursor.skip_each({"st", "nd", "rd", "th", "e", "of", "päivä"});
  day.until = cursor.skip("päivään");
  cursor.skip("päivänä");
  if (!cursor.here().is(Kind::word)) return false;
  day.month = month_of(cursor.here().word);
  if (day.month == 0) return false;
  cursor.step();
  read_year(cursor, day);
  return true;
}

}  // namespace

bool is_day(const Piece& piece) {
  return piece.is(Kind::number) && piece.digits <= 2 && piece.value >= 1 && piece.value <= 31;
}

bool is_year(const Piece& piece) {
  return piece.is(Kind::number) && piece.digits == 4 && piece.value >= 2000 && piece.value < 2100;
}

std::chrono::year_month_day make_day(int year, int month, int day) {
  return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
         std::chrono::day(static_cast<unsigned>(day));
}

std::chrono::year_month_day last_day_of(int year, int month) {
  return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::last;
}

std::optional<WrittenDay> read_iso_day(PieceCursor& cursor) {
  const Piece& year = cursor.here();
  const Piece& month = cursor.here(2);
  const Piece& day = cursor.here(4);
  if (!is_year(year) || !cursor.here(1).is("-") || !cursor.here(3).is("-")) return std::nullopt;
  if (!is_month(month) || month.digits != 2 || !is_day(day) || day.digits != 2) return std::nullopt;
  cursor.step(5);
  return WrittenDay{.day = day.value, .month = month.value, .year = year.value};
}

std::optional<WrittenDay> read_day(PieceCursor& cursor) {
  PieceCursor ahead = cursor;
  if (!ahead.skip("den")) ahead.skip("the");
  if (!is_day(ahead.here())) return std::nullopt;
  WrittenDay day{.day = ahead.here().value};
  ahead.step();
  const bool has_number = ahead.is_at_dot() && is_month(ahead.here(1));
  if (!(has_number ? read_month_number(ahead, day) : read_month_name(ahead, day))) return std::nullopt;
  cursor = ahead;
  return day;
}

std::optional<WrittenDay> read_day_behind_month(PieceCursor& cursor) {
  PieceCursor ahead = cursor;
  if (!is_month_genitive(ahead.here().word)) return std::nullopt;
  WrittenDay day{.month = month_of(ahead.here().word)};
  ahead.step();
  if (!is_day(ahead.here()) || ahead.here(1).is("%")) return std::nullopt;
  day.day = ahead.here().value;
  ahead.step();
  for (const std::string_view ending : {"st", "nd", "rd", "th", "."})
    if (!ahead.here().space_before) ahead.skip(ending);
  if (ahead.here().word.starts_with("päivä")) {
    day.until = ahead.here().is("päivään") || ahead.here().is("päivää");
    ahead.step();
  }
  read_year(ahead, day);
  cursor = ahead;
  return day;
}

void read_year(PieceCursor& cursor, WrittenDay& day) {
  const std::size_t comma = cursor.here().is(",") ? 1 : 0;
  if (!is_year(cursor.here(comma)) || cursor.here(comma + 1).is("/")) return;
  // "31.12. 2026–2029": the years are of another thing.
  if (cursor.here(comma + 1).is(Kind::dash) && is_year(cursor.here(comma + 2))) return;
  day.year = cursor.here(comma).value;
  cursor.step(comma + 1);
}

}  // namespace sotevahti::tag
