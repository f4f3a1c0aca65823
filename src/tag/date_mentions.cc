#include "tag/date_mentions.h"

#include <algorithm>
#include <array>

#include "tag/date_words.h"

namespace sotevahti::tag {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;
using Kind = Piece::Kind;

constexpr std::size_t most_mentions = 200;

// A day with or without its year and month (0: not told).
struct DayRead {
  int day = 0;
  int month = 0;
  int year = 0;
  bool until = false;
  bool bare = false;
};

year_month_day make_day(int year, int month, int day) {
  return std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
         std::chrono::day(static_cast<unsigned>(day));
}

year_month_day last_day(int year, int month) {
  return year_month_day(std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::last);
}

// "3.5 miljoonaa" is a sum.
bool is_unit(std::string_view word) {
  for (const std::string_view unit :
       {"milj", "mil", "pros", "proc", "per", "euro", "mrd", "tuhat", "tusen", "hen", "pers", "htv", "kilo"})
    if (word.starts_with(unit)) return true;
  return false;
}

class DateReader {
 public:
  DateReader(const Pieces& pieces, year_month_day published) : pieces_(pieces), published_(published) {}

  std::vector<DateMention> all() {
    std::vector<DateMention> found;
    for (at_ = 0; at_ < pieces_.size() && found.size() < most_mentions;) {
      if (!may_begin(here())) {
        ++at_;
        continue;
      }
      const std::size_t first = at_;
      auto mention = read();
      if (!mention) {
        at_ = first + 1;
        continue;
      }
      mention->first = first;
      if (!mention->time) mention->time = read_clock();
      mention->last = at_;
      found.push_back(*mention);
    }
    return found;
  }

 private:
  static bool may_begin(const Piece& piece) {
    return piece.is(Kind::number) || (piece.is(Kind::word) && begins_date(piece.word));
  }
  const Piece& here(std::size_t ahead = 0) const { return pieces_.at(at_ + ahead); }
  bool is_year(const Piece& piece) const {
    return piece.is(Kind::number) && piece.digits == 4 && piece.value >= 2000 && piece.value < 2100;
  }
  bool is_day(const Piece& piece) const {
    return piece.is(Kind::number) && piece.digits <= 2 && piece.value >= 1 && piece.value <= 31;
  }

  std::optional<DateMention> read() {
    const Piece& piece = here();
    if (piece.is(Kind::number)) return is_inside_number() ? std::nullopt : read_from_number();
    if (auto end_of_month = read_end_of_month()) return end_of_month;
    const std::size_t first = at_;
    if (month_of(piece.word) != 0) {
      if (auto mention = read_from_month()) return mention;
      at_ = first;
    }
    return read_relative();
  }

  // "5146/01.04.00/2023", "§ 3.5", "v3.2": a number that something leads into.
  bool is_inside_number() const {
    const Piece& piece = here();
    if (at_ == 0 || piece.space_before) return at_ > 0 && pieces_[at_ - 1].is("§");
    const Piece& before = pieces_[at_ - 1];
    return before.is("/") || before.is("§") || before.is(Kind::word) || before.is(",") ||
           (before.is(Kind::dot) && at_ > 1 && pieces_[at_ - 2].is(Kind::number));
  }

  std::optional<DateMention> read_from_number() {
    const std::size_t first = at_;
    if (auto iso = read_iso()) return finish(*iso, {});
    at_ = first;
    if (auto day = read_day()) return read_rest_of_range(*day);
    at_ = first;
    if (auto start = read_bare_start()) {
      auto end = read_day();
      if (end && (!end->bare || end->month != 0)) return finish(*end, start);
    }
    at_ = first;
    return std::nullopt;
  }

  std::optional<DayRead> read_iso() {
    const Piece& year = here();
    if (!is_year(year) || !here(1).is("-") || !here(3).is("-")) return std::nullopt;
    const Piece& month = here(2);
    const Piece& day = here(4);
    if (month.digits != 2 || month.value < 1 || month.value > 12 || day.digits != 2 || !is_day(day))
      return std::nullopt;
    at_ += 5;
    return DayRead{day.value, month.value, year.value, false, false};
  }

  // "28.11.2025", "28.11.", "28. marraskuuta 2025", "28 november", "28th of November".
  std::optional<DayRead> read_day() {
    if (here().is("den") || here().is("the")) ++at_;
    if (!is_day(here())) return std::nullopt;
    DayRead day;
    day.day = here().value;
    ++at_;
    const std::size_t behind_day = at_;
    if (here().is(Kind::dot) && !here().space_before && read_month_number(day)) return day;
    at_ = behind_day;
    if (here().is(Kind::dot) && !here().space_before) ++at_;
    for (const std::string_view skipped : {"st", "nd", "rd", "th", "e", "of", "päivä", "päivään", "päivänä"})
      if (here().is(skipped)) {
        day.until = day.until || skipped == "päivään";
        ++at_;
      }
    const int month = here().is(Kind::word) ? month_of(here().word) : 0;
    if (month == 0) return std::nullopt;
    day.month = month;
    ++at_;
    read_year(day);
    return day;
  }

  // ".11.2025", ".11." or ".11" behind a day.
  bool read_month_number(DayRead& day) {
    const Piece& month = here(1);
    if (!month.is(Kind::number) || month.digits > 2 || month.value < 1 || month.value > 12) return false;
    // "28. 11. 2025" is written too, but "3. 5 ihmistä" is no date.
    const bool spaced = month.space_before;
    at_ += 2;
    day.month = month.value;
    if (!here().is(Kind::dot) || here().space_before) {
      day.bare = true;
      return !spaced && !here().is("/") && !here().is("%") && !is_unit(here().word);
    }
    ++at_;
    if (here().is(Kind::number) && !here().space_before) return read_numeric_year(day);
    if (here().is("/")) return false;
    read_year(day);
    return !spaced || day.year != 0;
  }

  // Behind "28.11." without a space: a year, or the numbers of something else.
  bool read_numeric_year(DayRead& day) {
    const Piece& number = here();
    const Piece& next = here(1);
    const bool goes_on = next.is("/") || (next.is(Kind::dot) && here(2).is(Kind::number) && !here(2).space_before);
    if (goes_on) return false;
    if (is_year(number)) day.year = number.value;
    else if (number.digits == 2 && number.value >= 15 && number.value < 60) day.year = 2000 + number.value;
    else return false;
    ++at_;
    return true;
  }

  void read_year(DayRead& day) {
    const std::size_t comma = here().is(",") && is_year(here(1)) ? 1 : 0;
    if (!is_year(here(comma)) || here(comma + 1).is("/")) return;
    // "31.12. 2026–2029": the years are of another thing.
    if (here(comma + 1).is(Kind::dash) && is_year(here(comma + 2))) return;
    day.year = here(comma).value;
    at_ += comma + 1;
  }

  // "1.–", "12.–" or "3 to" before a full date.
  std::optional<DayRead> read_bare_start() {
    DayRead start;
    if (!is_day(here())) return std::nullopt;
    start.day = here().value;
    ++at_;
    if (here().is(Kind::dot) && !here().space_before) ++at_;
    for (const std::string_view skipped : {"st", "nd", "rd", "th", "e"})
      if (here().is(skipped)) ++at_;
    if (!read_range_mark()) return std::nullopt;
    return start;
  }

  bool read_range_mark() {
    const Piece& mark = here();
    const bool is_mark = mark.is(Kind::dash) || mark.is("to") || mark.is("till") || mark.is("through") ||
                         mark.is("until") || mark.is("ja") || mark.is("och") || mark.is("and");
    if (!is_mark) return false;
    ++at_;
    if (here().is("och") && here(1).is("med")) at_ += 2;
    return true;
  }

  // Behind a date: the end of the range that it begins, or nothing.
  std::optional<DateMention> read_rest_of_range(const DayRead& first) {
    const std::size_t behind = at_;
    read_clock();
    if (!here().is(Kind::dash)) at_ = behind;  // "1.10. klo 9 – 31.10. klo 16"
    const bool list = here().is("ja") || here().is("och") || here().is("and");
    const bool word_mark = here().is(Kind::word);
    if (read_range_mark()) {
      skip_weekday();
      const std::size_t end_at = at_;
      if (auto end = read_day()) {
        // "9.2. ja 20.2." are two days; "välillä", "between" make them one span.
        const bool span = !list || here().word.starts_with("väli") || says_between();
        if (span && (!end->bare || word_mark || !first.bare)) return finish(*end, first);
      }
      at_ = end_at;
      if (!list && month_of(here().word) != 0)
        if (auto end = read_month_first()) return finish(*end, first);
    }
    at_ = behind;
    return finish(first, {});
  }

  bool says_between() const {
    for (std::size_t back = 1; back <= 12 && back <= at_; ++back)
      if (pieces_[at_ - back].is("mellan") || pieces_[at_ - back].is("between")) return true;
    return false;
  }

  void skip_weekday() {
    bool until = false;
    if (here().is("den") || here().is("the")) ++at_;
    if (here().is(Kind::word) && weekday_of(here().word, until) != 0) ++at_;
    if (here().is(Kind::dot) && here(1).is(Kind::number)) ++at_;
  }

  // "syyskuun 19. päivää", "November 28, 2025", "marraskuun 1.–15. päivä".
  std::optional<DayRead> read_month_first() {
    DayRead day;
    if (!is_month_genitive(here().word)) return std::nullopt;
    day.month = month_of(here().word);
    ++at_;
    if (!is_day(here()) || here(1).is("%")) return std::nullopt;
    day.day = here().value;
    ++at_;
    for (const std::string_view skipped : {"st", "nd", "rd", "th", "."})
      if (here().is(skipped) && !here().space_before) ++at_;
    if (here().word.starts_with("päivä")) {
      day.until = here().is("päivään") || here().is("päivää");
      ++at_;
    }
    read_year(day);
    return day;
  }

  std::optional<DateMention> read_from_month() {
    const bool finnish = here().word.ends_with("kuun");
    auto first = read_month_first();
    if (!first) return std::nullopt;
    const std::size_t behind = at_;
    if (read_range_mark() && is_day(here())) {
      DayRead end = *first;
      end.day = here().value;
      ++at_;
      if (here().is(Kind::dot) && !here().space_before) ++at_;
      if (here().word.starts_with("päivä")) ++at_;
      read_year(end);
      if (finnish || end.day > first->day) return finish(end, first);
    }
    at_ = behind;
    return finish(*first, {});
  }

  // "lokakuun loppuun", "vuoden 2026 lopussa", "slutet av oktober", "årets slut", "end of the year": an end.
  // "Lokakuun viimeisenä päivänä", "den sista oktober": a day. "Koko lokakuun", "under oktober": none, for
  // seldom does what is told of a whole month close with it.
  std::optional<DateMention> read_end_of_month() {
    const std::size_t first = at_;
    int year = 0;
    bool until = true;
    int month = read_finnish_span(year, until);
    if (month == 0) {
      at_ = first;
      month = read_other_span(year, until);
    }
    if (month == 0) {
      at_ = first;
      return std::nullopt;
    }
    if (year == 0) year = static_cast<int>(published_.year()) + (month < own_month() ? 1 : 0);
    DateMention mention;
    mention.day = last_day(year, month);
    mention.until = until;
    return mention;
  }

  // The month at whose end a Finnish phrase points, or 0.
  int read_finnish_span(int& year, bool& until) {
    const std::string_view span = here().word;
    const int month = span == "vuoden"         ? 12
                      : span == "kuun"         ? own_month()
                      : span.ends_with("kuun") ? month_of(span)
                                               : 0;
    if (month == 0) return 0;
    const bool names_month = span != "vuoden" && span != "kuun";
    ++at_;
    read_bare_year(year);
    if (read_last_day(until)) return month;
    const bool is_end = here().is("loppuun") || here().is("lopussa") || here().is("loppu") || here().is("loppua");
    const bool throughout = names_month && here().is("aikana");
    if (!is_end && !throughout) return 0;
    ++at_;
    return month;
  }

  // "viimeiseen päivään", "viimeisenä päivänä" behind a month.
  bool read_last_day(bool& until) {
    const bool by_then = here().is("viimeiseen") && here(1).is("päivään");
    const bool then =
        (here().is("viimeisenä") && here(1).is("päivänä")) || (here().is("viimeinen") && here(1).is("päivä"));
    if (!by_then && !then) return false;
    until = by_then;
    at_ += 2;
    return true;
  }

  int read_other_span(int& year, bool& until) {
    if (here().is("sista")) {
      until = false;
      at_ += here(1).is("i") ? 2 : 1;
      return read_month_and_year(year);
    }
    if ((here().is("årets") || here().is("månadens")) && here(1).is("slut")) {
      at_ += 2;
      return pieces_[at_ - 2].is("årets") ? 12 : own_month();
    }
    if (here(1).is("ut") && month_of(here().word) != 0) {
      at_ += 2;
      return month_of(pieces_[at_ - 2].word);
    }
    if (!here().is("slutet") && !here().is("utgången") && !here().is("end")) return 0;
    ++at_;
    for (const std::string_view skipped : {"av", "of", "the"})
      if (here().is(skipped)) ++at_;
    const std::string_view span = here().word;
    const bool year_ends = span == "året" || span == "year";
    const bool month_ends = span == "månaden" || span == "month";
    const int month = year_ends ? 12 : month_ends ? own_month() : month_of(span);
    if (month == 0) return 0;
    ++at_;
    read_bare_year(year);
    return month;
  }

  // 0 where no month stands here.
  int read_month_and_year(int& year) {
    const int month = month_of(here().word);
    if (month == 0) return 0;
    ++at_;
    read_bare_year(year);
    return month;
  }

  void read_bare_year(int& year) {
    if (!is_year(here())) return;
    year = here().value;
    ++at_;
  }

  int own_month() const { return static_cast<int>(static_cast<unsigned>(published_.month())); }

  // "perjantaihin mennessä", "päättyy huomenna".
  std::optional<DateMention> read_relative() {
    const Piece& word = here();
    DateMention mention;
    mention.relative = true;
    const sys_days today(published_);
    bool until = false;
    if (word.is("tänään") || word.is("idag") || word.is("today")) mention.day = today;
    else if (word.is("huomenna") || word.is("huomiseen") || word.is("imorgon") || word.is("tomorrow"))
      mention.day = today + days(1);
    else if (const int weekday = word.word.size() > 2 ? weekday_of(word.word, until) : 0;
             weekday != 0 && !leads_to_date()) {
      const int now = static_cast<int>(std::chrono::weekday(today).iso_encoding());
      mention.day = today + days(weekday > now ? weekday - now : weekday - now + 7);
    } else {
      return std::nullopt;
    }
    mention.until = until || word.is("huomiseen");
    ++at_;
    return mention;
  }

  // Is there a number behind the weekday: "perjantaina 28.11."?
  bool leads_to_date() const {
    for (std::size_t ahead = 1; ahead <= 3; ++ahead) {
      const Piece& piece = here(ahead);
      if (piece.is(Kind::number)) return true;
      if (piece.is(Kind::word) && month_of(piece.word) != 0) return true;
      const bool between = piece.is("den") || piece.is(Kind::dot) || piece.is(",") || piece.is("the");
      if (!between) return false;
    }
    return false;
  }

  // "klo 16", "kello 12.00", "kl. 15:45", "klo 15–16", "at 4 pm", ", 16:00".
  std::optional<std::chrono::minutes> read_clock() {
    const std::size_t first = at_;
    if (here().is(",")) ++at_;
    if (here().is("(")) ++at_;
    bool told = false;
    if (here().is(Kind::word) && is_clock_word(here().word)) {
      told = true;
      ++at_;
      if (here().is(Kind::dot)) ++at_;
    }
    const Piece& hour = here();
    const bool hour_fits = hour.is(Kind::number) && hour.digits <= 2 && hour.value <= 24;
    const bool has_minutes = hour_fits && (here(1).is(".") || here(1).is(":")) && here(2).is(Kind::number) &&
                             here(2).digits == 2 && here(2).value < 60 && !here(2).space_before;
    if (!hour_fits || (!told && !(has_minutes && here(1).is(":")))) {
      at_ = first;
      return std::nullopt;
    }
    int minutes = hour.value * 60 + (has_minutes ? here(2).value : 0);
    at_ += has_minutes ? 3 : 1;
    if (here().is("pm") || (here().is("p") && here(2).is("m"))) {
      if (hour.value < 12) minutes += 12 * 60;
      at_ += here().is("pm") ? 1 : 3;
    }
    skip_end_of_hours();
    return std::chrono::minutes(minutes);
  }

  // "–16" and "–16.30" of "klo 15–16"; "– 31.10." is another date.
  void skip_end_of_hours() {
    const Piece& hour = here(1);
    if (!here().is(Kind::dash) || !hour.is(Kind::number) || hour.digits > 2 || hour.value > 24) return;
    const bool minutes = (here(2).is(".") || here(2).is(":")) && here(3).is(Kind::number) && !here(3).space_before;
    if (minutes && here(3).digits < 2) return;
    if (minutes && here(4).is(".") && here(3).value <= 12 && here(4).begin == here(3).end && !here(5).capital) return;
    at_ += minutes ? 4 : 2;
  }

  // The year for a day that has none: the next such day, unless the last was lately.
  year_month_day nearest(int month, int day) const {
    constexpr auto lately = days(183);
    const int year = static_cast<int>(published_.year());
    const year_month_day same = make_day(year, month, day);
    const auto past = sys_days(published_) - sys_days(same);
    if (past > lately) return make_day(year + 1, month, day);
    // In January a day of December is the one just gone.
    if (past < -days(300)) return make_day(year - 1, month, day);
    return same;
  }

  std::optional<DateMention> finish(const DayRead& end, std::optional<DayRead> start) const {
    DateMention mention;
    mention.until = end.until;
    mention.bare = end.bare;
    int year = end.year;
    if (year == 0 && start && start->year != 0) {
      const bool next_year = end.month < start->month;
      year = start->year + (next_year ? 1 : 0);
    }
    mention.day = year != 0 ? make_day(year, end.month, end.day) : nearest(end.month, end.day);
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
  std::size_t at_ = 0;
};

}  // namespace

std::vector<DateMention> find_dates(const Pieces& pieces, year_month_day published) {
  if (!published.ok()) return {};
  return DateReader(pieces, published).all();
}

}  // namespace sotevahti::tag
