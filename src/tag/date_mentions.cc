#include "tag/date_mentions.h"

#include <array>

#include "tag/clock_time.h"
#include "tag/date_words.h"
#include "tag/month_end.h"
#include "tag/piece_cursor.h"
#include "tag/written_day.h"

namespace sotevahti::tag {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::string_view_literals::operator""sv;
using Kind = Piece::Kind;

constexpr std::size_t most_mentions = 200;

bool may_begin_date(const Piece& piece) {
  return piece.is(Kind::number) || (piece.is(Kind::word) && begins_date(piece.word));
}

// "5146/01.04.00/2023", "§ 3.5", "v3.2": a number that something leads into.
bool is_inside_number(const Pieces& pieces, std::size_t i) {
  if (i == 0) return false;
  const Piece& before = pieces[i - 1];
  if (before.is("§")) return true;
  if (pieces[i].space_before) return false;
  return before.is("/") || before.is(Kind::word) || before.is(",") ||
         (before.is(Kind::dot) && i > 1 && pieces[i - 2].is(Kind::number));
}

// The year for a day that has none: the next such day, unless the last was lately.
year_month_day nearest_day(int month, int day, year_month_day published) {
  constexpr auto lately = days(183);
  const int year = static_cast<int>(published.year());
  const year_month_day same = make_day(year, month, day);
  const auto past = sys_days(published) - sys_days(same);
  if (past > lately) return make_day(year + 1, month, day);
  // In January a day of December is the one just gone.
  if (past < -days(300)) return make_day(year - 1, month, day);
  return same;
}

// A list of two days or a range: "9.2. ja 20.2.", "välillä 9.2. ja 20.2.".
bool is_and(const Piece& piece) { return piece.is("ja") || piece.is("och") || piece.is("and"); }

// "–", "to", "till och med".
bool read_range_mark(PieceCursor& cursor) {
  static constexpr std::array words = {"to"sv, "till"sv, "through"sv, "until"sv};
  const Piece& mark = cursor.here();
  bool is_mark = mark.is(Kind::dash) || is_and(mark);
  for (const std::string_view word : words) is_mark = is_mark || mark.is(word);
  if (!is_mark) return false;
  cursor.step();
  if (cursor.here().is("och") && cursor.here(1).is("med")) cursor.step(2);
  return true;
}

void skip_weekday(PieceCursor& cursor) {
  bool until = false;
  if (!cursor.skip("den")) cursor.skip("the");
  if (cursor.here().is(Kind::word) && weekday_of(cursor.here().word, until) != 0) cursor.step();
  if (cursor.here().is(Kind::dot) && cursor.here(1).is(Kind::number)) cursor.step();
}

// "1.–", "12.–" or "3 to" before a full date.
std::optional<WrittenDay> read_start_without_month(PieceCursor& cursor) {
  PieceCursor ahead = cursor;
  if (!is_day(ahead.here())) return std::nullopt;
  const WrittenDay start{.day = ahead.here().value};
  ahead.step();
  ahead.skip_dot();
  ahead.skip_each({"st", "nd", "rd", "th", "e"});
  if (!read_range_mark(ahead)) return std::nullopt;
  cursor = ahead;
  return start;
}

// Is there a date behind the weekday here: "perjantaina 28.11."?
bool leads_to_date(const PieceCursor& weekday) {
  for (std::size_t ahead = 1; ahead <= 3; ++ahead) {
    const Piece& piece = weekday.here(ahead);
    if (piece.is(Kind::number)) return true;
    if (piece.is(Kind::word) && month_of(piece.word) != 0) return true;
    const bool between = piece.is("den") || piece.is(Kind::dot) || piece.is(",") || piece.is("the");
    if (!between) return false;
  }
  return false;
}

class DateReader {
 public:
  DateReader(const Pieces& pieces, year_month_day published)
      : pieces_(pieces), published_(published), cursor_(pieces) {}

  std::vector<DateMention> all() {
    std::vector<DateMention> found;
    while (cursor_.place() < pieces_.size() && found.size() < most_mentions) {
      if (skip_hours()) continue;
      const PieceCursor first = cursor_;
      auto mention = may_begin_date(cursor_.here()) ? read() : std::nullopt;
      if (!mention) {
        cursor_ = first;
        cursor_.step();
        continue;
      }
      mention->first = first.place();
      if (!mention->time) mention->time = read_clock_time(cursor_);
      mention->last = cursor_.place();
      found.push_back(*mention);
    }
    return found;
  }

 private:
  // "Kl. 9.12" and "klo 9.12–11.12" are no days.
  bool skip_hours() {
    if (!cursor_.here().is(Kind::word) || !is_clock_word(cursor_.here().word)) return false;
    PieceCursor behind = cursor_;
    const std::size_t mark = cursor_.here(1).is(Kind::dot) ? 3 : 2;  // "kl.", the hour, "."
    if (!cursor_.here(mark).is(".") || !read_clock_time(behind) || behind.place() <= cursor_.place() + mark)
      return false;
    cursor_ = behind;
    return true;
  }

  std::optional<DateMention> read() {
    if (cursor_.here().is(Kind::number))
      return is_inside_number(pieces_, cursor_.place()) ? std::nullopt : read_from_number();
    if (const auto end = read_month_end(cursor_, published_)) {
      DateMention mention;
      mention.day = end->last_day;
      mention.until = end->until;
      return mention;
    }
    const PieceCursor first = cursor_;
    if (auto mention = read_from_month()) return mention;
    cursor_ = first;
    return read_relative();
  }

  std::optional<DateMention> read_from_number() {
    if (const auto iso = read_iso_day(cursor_)) return dated(*iso, {});
    if (const auto day = read_day(cursor_)) return read_rest_of_range(*day);
    if (const auto start = read_start_without_month(cursor_))
      if (const auto end = read_day(cursor_)) return dated(*end, start);
    return std::nullopt;
  }

  // Behind a date: the end of the range that it begins, or nothing.
  std::optional<DateMention> read_rest_of_range(const WrittenDay& first) {
    const PieceCursor behind = cursor_;
    read_clock_time(cursor_);
    if (!cursor_.here().is(Kind::dash)) cursor_ = behind;  // "1.10. klo 9 – 31.10. klo 16"
    const bool list = is_and(cursor_.here());
    if (read_range_mark(cursor_)) {
      skip_weekday(cursor_);
      const PieceCursor end_at = cursor_;
      if (const auto end = read_day(cursor_)) {
        // "9.2. ja 20.2." are two days; "välillä", "between" make them one span.
        const bool span = !list || cursor_.here().word.starts_with("väli") || says_between();
        if (span) return dated(*end, first);
      }
      cursor_ = end_at;
      if (!list)
        if (const auto end = read_day_behind_month(cursor_)) return dated(*end, first);
    }
    cursor_ = behind;
    return dated(first, {});
  }

  bool says_between() const {
    constexpr std::size_t reach = 12;
    const std::size_t at = cursor_.place();
    for (std::size_t back = 1; back <= reach && back <= at; ++back)
      if (pieces_[at - back].is("mellan") || pieces_[at - back].is("between")) return true;
    return false;
  }

  // "Marraskuun 28. päivä", "marraskuun 1.–15. päivä", "November 1–15".
  std::optional<DateMention> read_from_month() {
    const bool finnish = cursor_.here().word.ends_with("kuun");
    const auto first = read_day_behind_month(cursor_);
    if (!first) return std::nullopt;
    const PieceCursor behind = cursor_;
    if (read_range_mark(cursor_) && is_day(cursor_.here())) {
      WrittenDay end = *first;
      end.day = cursor_.here().value;
      cursor_.step();
      cursor_.skip_dot();
      if (cursor_.here().word.starts_with("päivä")) cursor_.step();
      read_year(cursor_, end);
      if (finnish || end.day > first->day) return dated(end, first);
    }
    cursor_ = behind;
    return dated(*first, {});
  }

  // "Perjantaihin mennessä", "päättyy huomenna".
  std::optional<DateMention> read_relative() {
    const Piece& word = cursor_.here();
    const sys_days today(published_);
    DateMention mention;
    mention.relative = true;
    bool until = false;
    const int weekday = word.word.size() > 2 ? weekday_of(word.word, until) : 0;
    if (word.is("tänään") || word.is("idag") || word.is("today")) {
      mention.day = today;
    } else if (word.is("huomenna") || word.is("huomiseen") || word.is("imorgon") || word.is("tomorrow")) {
      mention.day = today + days(1);
    } else if (weekday != 0 && !leads_to_date(cursor_)) {
      const int now = static_cast<int>(std::chrono::weekday(today).iso_encoding());
      mention.day = today + days(weekday > now ? weekday - now : weekday - now + 7);
    } else {
      return std::nullopt;
    }
    mention.until = until || word.is("huomiseen");
    cursor_.step();
    return mention;
  }

  // With the years that are not told; nothing where no calendar has such a day or range.
  std::optional<DateMention> dated(const WrittenDay& end, const std::optional<WrittenDay>& start) const {
    DateMention mention;
    mention.until = end.until;
    // "1.12.–15.12" is no number.
    mention.bare = end.bare && (!start || start->month == 0 || start->bare);
    int year = end.year;
    if (year == 0 && start && start->year != 0) {
      const bool next_year = end.month < start->month;
      year = start->year + (next_year ? 1 : 0);
    }
    mention.day = year != 0 ? make_day(year, end.month, end.day) : nearest_day(end.month, end.day, published_);
    if (!mention.day.ok()) return std::nullopt;
    if (start) {
      const int month = start->month == 0 ? end.month : start->month;
      int from_year = start->year != 0 ? start->year : static_cast<int>(mention.day.year());
      if (start->year == 0 && (month > end.month || (month == end.month && start->day > end.day))) --from_year;
      mention.from = make_day(from_year, month, start->day);
      if (!mention.from->ok() || *mention.from > mention.day) return std::nullopt;
    }
    return mention;
  }

  const Pieces& pieces_;
  const year_month_day published_;
  PieceCursor cursor_;
};

}  // namespace

std::vector<DateMention> find_dates(const Pieces& pieces, year_month_day published) {
  if (!published.ok()) return {};
  return DateReader(pieces, published).all();
}

}  // namespace sotevahti::tag
