#include "tag/date_role.h"

#include <algorithm>
#include <array>
#include <string>

#include "tag/date_words.h"

namespace sotevahti::tag {
namespace {

using Kind = Piece::Kind;
using std::string_view_literals::operator""sv;

constexpr std::array joining_words = {"ja"sv, "sekä"sv, "mutta"sv, "och"sv, "samt"sv, "men"sv, "and"sv, "but"sv};

bool is_one_of(const Piece& piece, const auto& words) {
  return std::find(words.begin(), words.end(), piece.word) != words.end();
}

// "Joulukuun aikana valmistellaan talousarvio, ja avustusta voi hakea jatkuvasti": the month is not the
// call's. From the comma on that parts them the sentence is left out, where the date's own part has no
// mark of a last day.
void leave_out_a_call_without_end(const CuedText& text, const DateMention& date, DateScope& scope) {
  const auto is_comma = [&](std::size_t i) { return text.pieces[i].is(","); };
  const auto never_ends = [&](std::size_t i) {
    return has(text.cues(i), Cue::unending) && i > 0 && has(text.cues(i - 1), Cue::application);
  };
  std::size_t begin = date.first;  // of the date's own part
  while (begin > scope.first && !is_comma(begin - 1)) --begin;
  std::size_t end = date.last;
  while (end < scope.last && !is_comma(end)) ++end;
  const Cues own = text.cues(begin, date.first) | text.cues(date.last, end);
  if ((own & (Cue::until | Cue::at_latest | Cue::ends | Cue::before)) != 0) return;
  for (std::size_t i = end; i < scope.last; ++i)
    if (never_ends(i)) scope.last = end;
  for (std::size_t i = scope.first; i < begin; ++i)
    if (never_ends(i)) scope.first = begin;
}

// "Tiivistelmät lähetetään 14.9. mennessä, ja ilmoittautuminen on avoinna 23.10. asti": behind the comma the
// sentence speaks of the next date, where it has told what this one is for.
void leave_to_the_next(const CuedText& text, const DateMention& date, DateScope& scope) {
  if ((text.cues(scope.first, date.first) & actions) == 0) return;
  for (std::size_t i = date.last; i + 1 < scope.last; ++i)
    if (text.pieces[i].is(",") && is_one_of(text.pieces[i + 1], joining_words)) scope.last = i;
}

// What may stand between "senast" and the day: weekdays, clocks, articles.
bool is_part_of_date(const Piece& piece) {
  static constexpr std::array words = {"den"sv, "the"sv, "pm"sv,  "am"sv,  "on"sv,
                                       "klo"sv, "kl"sv,  "och"sv, "med"sv, "mennessä"sv};
  bool until = false;
  return !piece.is(Kind::word) || weekday_of(piece.word, until) != 0 || is_one_of(piece, words);
}

// "Tarjous on jätettävä, ja avajaiset pidetään 30.9.": of the other part's date nothing is said before it.
bool parts_sentence(const Piece& piece) { return piece.is(",") || is_one_of(piece, joining_words); }

// "Haku avataan 1.12. mennessä" says when it opens.
bool opens_by(const CuedText& text, const DateMention& date, const DateScope& scope) {
  static constexpr std::array words = {"avataan"sv, "avautuu"sv, "aukeaa"sv};
  return !date.from && date.first != scope.first && is_one_of(text.pieces[date.first - 1], words);
}

// By what stands behind the date, which is surest: "28.11. klo 12 saakka", "28.11. on viimeinen hakupäivä".
DateRole role_by_words_behind(const CuedText& text, const DateMention& date, const DateScope& scope) {
  constexpr std::size_t near = 4;
  for (std::size_t i = date.last; i < scope.last && i < date.last + near; ++i) {
    const Cues here = text.cues(i);
    // "Senast" and "latest" speak of a date behind them.
    if (has(here, Cue::until) && text.language != "sv" && text.language != "en")
      return text.pieces[i].is("mennessä") && opens_by(text, date, scope) ? DateRole::begins : DateRole::ends;
    if (has(here, Cue::since)) return DateRole::begins;
    if (text.pieces[i].is(Kind::dot)) break;
  }
  constexpr std::size_t close = 5;
  static constexpr std::array last_days = {"viimeinen"sv, "takaraja"sv, "sista"sv, "deadline"sv};
  for (std::size_t i = date.last; i < scope.last && i < date.last + close; ++i)
    if (is_one_of(text.pieces[i], last_days)) return DateRole::ends;
  return DateRole::nothing;
}

// By Swedish abbreviations before it: "t.o.m. 30.9", "fr o m den 10.9".
DateRole role_by_initials(const CuedText& text, const DateMention& date, const DateScope& scope) {
  if (text.language != "sv" || date.from) return DateRole::nothing;
  constexpr std::size_t longest = 4;
  std::string letters;
  for (std::size_t i = date.first; i-- > scope.first && letters.size() < longest;) {
    const Piece& piece = text.pieces[i];
    if (piece.is(Kind::dot)) continue;
    if (letters.empty() && piece.is(Kind::word) && is_part_of_date(piece)) continue;  // "den", "fredag"
    if (!piece.is(Kind::word) || piece.word.size() > 2) break;
    letters.insert(0, piece.word);
  }
  return letters == "tom" ? DateRole::ends : letters == "from" ? DateRole::begins : DateRole::nothing;
}

// By what leads to it, the nearest first.
DateRole role_by_words_before(const CuedText& text, const DateMention& date, const DateScope& scope) {
  constexpr std::size_t adjacent = 4;
  constexpr std::size_t reach = 14;
  std::size_t between = 0;  // words that are no part of a date: "till och med söndagen den"
  bool arrives = false;     // "oltava perillä", in the date's own part of the sentence
  bool own_part = true;
  for (std::size_t back = 1; back <= date.first - scope.first && back <= reach; ++back) {
    const Piece& piece = text.pieces[date.first - back];
    const Cues here = text.cues(date.first - back);
    if (has(here, Cue::before) && between == 0) return DateRole::ends;
    if (has(here, Cue::at_latest) && between < adjacent) return DateRole::ends;
    if (!is_part_of_date(piece)) ++between;
    if (has(here, Cue::ended)) return DateRole::over;
    if (has(here, Cue::ends)) {
      const bool past = back < date.first && has(text.cues(date.first - back - 1), Cue::ended);  // "gick ut"
      return past ? DateRole::over : DateRole::ends;
    }
    if (has(here, Cue::begins)) return date.from ? DateRole::span : DateRole::begins;
    own_part = own_part && !parts_sentence(piece);
    arrives = arrives || (own_part && has(here, Cue::arrives));
  }
  return arrives && !date.from ? DateRole::ends : DateRole::nothing;
}

// "Hakuaikaa on perjantaihin 27.2.", "vastata voi perjantaihin 27.2."; but "asukasilta siirtyy perjantaihin 27.2.".
bool lasts_until_weekday(const CuedText& text, const DateMention& date, const DateScope& scope) {
  bool until = false;
  if (date.first == scope.first || weekday_of(text.pieces[date.first - 1].word, until) == 0 || !until) return false;
  for (std::size_t i = scope.first; i < date.first; ++i)
    if (has(text.cues(i), Cue::invites) || text.pieces[i].word.ends_with("aikaa")) return true;
  return false;
}

}  // namespace

DateScope scope_of(const CuedText& text, std::size_t index) {
  const DateMention& date = text.dates[index];
  DateScope scope{text.pieces.sentence_begin(date.first), text.pieces.sentence_end(date.last - 1)};
  if (index > 0) scope.first = std::max(scope.first, text.dates[index - 1].last);
  if (index + 1 < text.dates.size() && text.dates[index + 1].first < scope.last) {
    scope.last = text.dates[index + 1].first;
    leave_to_the_next(text, date, scope);
  }
  leave_out_a_call_without_end(text, date, scope);
  return scope;
}

DateRole role_of(const CuedText& text, std::size_t index, const DateScope& scope) {
  const DateMention& date = text.dates[index];
  for (const auto& role_by : {role_by_words_behind, role_by_initials, role_by_words_before})
    if (const DateRole role = role_by(text, date, scope); role != DateRole::nothing) return role;
  if (date.until || lasts_until_weekday(text, date, scope)) return DateRole::ends;
  if (date.relative) return DateRole::nothing;
  return date.from ? DateRole::span : DateRole::day;
}

}  // namespace sotevahti::tag
