#include "tag/clock_time.h"

#include "tag/date_words.h"

namespace sotevahti::tag {
namespace {

using Kind = Piece::Kind;

bool is_hour(const Piece& piece) { return piece.is(Kind::number) && piece.digits <= 2 && piece.value <= 24; }

bool parts_minutes(const Piece& mark) { return mark.is(".") || mark.is(":"); }

// "–16" and "–16.30" of "klo 15–16"; "– 31.10." is another date.
void skip_end_of_hours(PieceCursor& cursor) {
  if (!cursor.here().is(Kind::dash) || !is_hour(cursor.here(1))) return;
  const Piece& minutes = cursor.here(3);
  const bool has_minutes = parts_minutes(cursor.here(2)) && minutes.is(Kind::number) && !minutes.space_before;
  if (has_minutes && minutes.digits < 2) return;
  const Piece& behind = cursor.here(4);
  const bool may_be_month = has_minutes && minutes.value <= 12 && behind.is(".") && behind.begin == minutes.end;
  if (may_be_month && !cursor.here(5).capital) return;
  if (has_minutes && is_clock_word(behind.word)) return;  // "1.12 kl. 9.00–15.12 kl. 16.15"
  cursor.step(has_minutes ? 4 : 2);
}

}  // namespace

std::optional<std::chrono::minutes> read_clock_time(PieceCursor& cursor) {
  PieceCursor ahead = cursor;
  ahead.skip_each({",", "("});
  const bool told = ahead.here().is(Kind::word) && is_clock_word(ahead.here().word);
  if (told) {
    ahead.step();
    if (ahead.here().is(Kind::dot)) ahead.step();
  }
  const Piece& hour = ahead.here();
  if (!is_hour(hour)) return std::nullopt;
  const Piece& minute = ahead.here(2);
  const bool has_minutes = parts_minutes(ahead.here(1)) && minute.is(Kind::number) && minute.digits == 2 &&
                           minute.value < 60 && !minute.space_before;
  // "12.00" alone may be a number.
  if (!told && !(has_minutes && ahead.here(1).is(":"))) return std::nullopt;
  int minutes = hour.value * 60 + (has_minutes ? minute.value : 0);
  ahead.step(has_minutes ? 3 : 1);
  const bool initials = ahead.here().is("p") && ahead.here(2).is("m");  // "p.m."
  if (initials || ahead.here().is("pm")) {
    if (hour.value < 12) minutes += 12 * 60;
    ahead.step(initials ? 3 : 1);
  }
  skip_end_of_hours(ahead);
  cursor = ahead;
  return std::chrono::minutes(minutes);
}

}  // namespace sotevahti::tag
