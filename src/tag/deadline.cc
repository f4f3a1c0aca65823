#include "tag/deadline.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "tag/date_mentions.h"
#include "tag/date_words.h"
#include "tag/deadline_words.h"
#include "text/utf8.h"

namespace sotevahti::tag {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using Kind = Piece::Kind;
using std::string_view_literals::operator""sv;

constexpr days farthest_ahead{500};
constexpr std::size_t most_deadlines = 12;

// What the words around a date make of it.
enum class Role { nothing, ends, begins, over, span, day };

// Words [first, last) of a field, and what they say.
struct Scope {
  std::size_t first = 0;
  std::size_t last = 0;
  Cues cues = 0;
};

class DeadlineReader {
 public:
  DeadlineReader(const DatedText& title, const DatedText& text, std::string_view language,
                 std::chrono::year_month_day published)
      : language_(language),
        published_(published),
        title_{Field::title, title.text, title.pieces, title.dates, language_},
        text_{Field::text, text.text, text.pieces, text.dates, language_} {}

  std::vector<Deadline> all() {
    const auto ahead = [this](const DateMention& date) { return is_ahead(date); };
    if (std::none_of(title_.dates.begin(), title_.dates.end(), ahead) &&
        std::none_of(text_.dates.begin(), text_.dates.end(), ahead))
      return {};
    title_cues_ = title_.all(0, std::min(title_.pieces.size(), most_words));
    for (const Side* side : {&title_, &text_})
      for (std::size_t i = 0; i < side->dates.size(); ++i)
        if (is_ahead(side->dates[i])) judge(*side, i);
    return settle();
  }

 private:
  // A title or a text: its pieces, its dates, and what each piece says.
  struct Side {
    Field field;
    std::string_view text;
    const Pieces& pieces;
    const std::vector<DateMention>& dates;
    std::string_view language;
    // Looked up when asked for: what stands far from every date seldom is.
    mutable std::vector<std::optional<Cues>> known = std::vector<std::optional<Cues>>(pieces.size());

    Cues cues(std::size_t i) const {
      if (!known[i]) known[i] = among_others(i, of_word(i));
      return *known[i];
    }
    Cues of_word(std::size_t i) const { return pieces[i].is(Kind::word) ? cues_of(pieces[i].word, language) : 0; }
    Cues among_others(std::size_t i, Cues cues) const;
    bool stands_beside(std::size_t i, const CuePair& pair) const;
    bool asks_to_take_part(std::size_t i) const;
    bool is_free_to_reserve(std::size_t i) const;
    Cues all(std::size_t first, std::size_t last) const {
      Cues found = 0;
      for (std::size_t i = first; i < last; ++i) found |= cues(i);
      return found;
    }
  };
  static constexpr std::size_t most_words = 2000;

  bool is_ahead(const DateMention& date) const {
    const auto ahead = sys_days(date.day) - sys_days(published_);
    return ahead >= days(0) && ahead <= farthest_ahead;
  }

  void judge(const Side& side, std::size_t index) {
    const DateMention& date = side.dates[index];
    const std::size_t begin = side.pieces.sentence_begin(date.first);
    const std::size_t end = side.pieces.sentence_end(date.last - 1);
    Scope scope{begin, end, 0};
    if (index > 0) scope.first = std::max(begin, side.dates[index - 1].last);
    if (index + 1 < side.dates.size()) scope.last = std::min(end, side.dates[index + 1].first);
    leave_out_a_call_without_end(side, date, scope);
    scope.cues = side.all(scope.first, date.first) | side.all(date.last, scope.last);
    const Cues sentence = side.all(begin, date.first) | side.all(date.last, end);
    const Role role = role_of(side, index, scope);
    if (role == Role::ends || role == Role::span) judge_deadline(side, index, role, scope, sentence);
    if (role == Role::day || role == Role::span || role == Role::begins) judge_event(side, index, role, sentence);
  }

  // "Joulukuun aikana valmistellaan talousarvio, ja avustusta voi hakea jatkuvasti": the month is not the
  // call's. From the comma on that parts them the sentence is left out, where the date's own part has no
  // mark of a last day.
  static void leave_out_a_call_without_end(const Side& side, const DateMention& date, Scope& scope) {
    const auto is_comma = [&](std::size_t i) { return side.pieces[i].is(","); };
    const auto never_ends = [&](std::size_t i) {
      return has(side.cues(i), Cue::unending) && i > 0 && has(side.cues(i - 1), Cue::application);
    };
    std::size_t begin = date.first;  // of the date's own part
    while (begin > scope.first && !is_comma(begin - 1)) --begin;
    std::size_t end = date.last;
    while (end < scope.last && !is_comma(end)) ++end;
    const Cues own = side.all(begin, date.first) | side.all(date.last, end);
    if (has(own, Cue::until) || has(own, Cue::at_latest) || has(own, Cue::ends) || has(own, Cue::before)) return;
    for (std::size_t i = end; i < scope.last; ++i)
      if (never_ends(i)) scope.last = end;
    for (std::size_t i = scope.first; i < begin; ++i)
      if (never_ends(i)) scope.first = begin;
  }

  // "3.11" may be a number; in Swedish it is how dates are written.
  bool is_doubtful(const DateMention& date) const { return date.bare && language_ != "sv"; }
  Role role_of(const Side& side, std::size_t index, const Scope& scope) const;
  Role role_behind(const Side& side, const DateMention& date, const Scope& scope) const;
  static bool opens_by(const Side& side, const DateMention& date, const Scope& scope);
  static Role role_by_initials(const Side& side, const DateMention& date, const Scope& scope);
  void judge_deadline(const Side& side, std::size_t index, Role role, const Scope& scope, Cues sentence);
  void judge_event(const Side& side, std::size_t index, Role role, Cues sentence);
  bool continues_a_call(const Side& side, std::size_t index, const Scope& scope) const;
  bool is_for_others(const Side& side, const DateMention& date, const Scope& scope) const;
  std::optional<DeadlineKind> kind_of(const Side& side, std::size_t index, const Scope& scope, Cues sentence) const;
  std::optional<DeadlineKind> kind_by(Cues sentence) const;
  Cues text_cues() const;
  void add(const Side& side, const DateMention& date, DeadlineKind kind, double confidence, Cues sentence);
  std::vector<Deadline> settle();

  std::string language_;
  std::chrono::year_month_day published_;
  Side title_;
  Side text_;
  Cues title_cues_ = 0;
  mutable std::optional<Cues> text_cues_;  // when asked for
  std::vector<Deadline> found_;
};

constexpr Cues actions = Cue::registration | Cue::consultation | Cue::application | Cue::proposal;

// What the pairs make of a word; most words begin none.
Cues DeadlineReader::Side::among_others(std::size_t i, Cues cues) const {
  if ((cues & paired) == 0) return cues;
  const bool is_indoors = pieces[i].is("inne") && (pieces.at(i + 1).is("på") || pieces.at(i + 1).is("i"));
  if (is_indoors) return cues;
  for (const CuePair& pair : cue_pairs) {
    if (!has(cues, pair.word) || !stands_beside(i, pair)) continue;
    if (pair.takes != 0 && asks_to_take_part(i)) continue;
    cues = (cues | pair.gives) & ~pair.takes;
  }
  return is_free_to_reserve(i) ? cues | Cue::registration : cues;
}

// "Ideakilpailulla haetaan ratkaisuja", "haetaan ratkaisuja, osallistu".
bool DeadlineReader::Side::asks_to_take_part(std::size_t i) const {
  const std::size_t end = pieces.sentence_end(i);
  for (std::size_t at = pieces.sentence_begin(i); at < end; ++at)
    if (has(of_word(at), Cue::contest)) return true;
  return false;
}

// "Paikan voi varata": whoever reads it; in "alue voi varata paikan" the county.
bool DeadlineReader::Side::is_free_to_reserve(std::size_t i) const {
  return i >= 2 && has(of_word(i), Cue::reserve_own) && has(of_word(i - 1), Cue::may) && has(of_word(i - 2), Cue::seat);
}

// Before the word rather than behind it: "avustusta haetaan ratkaisuihin", "säästöt haetaan avustuksista".
bool DeadlineReader::Side::stands_beside(std::size_t i, const CuePair& pair) const {
  constexpr std::size_t near = 4;
  const auto parts = [&](std::size_t at) {
    const Piece& piece = pieces[at];
    return piece.is(Kind::line) || (!piece.is(Kind::word) && !piece.is(Kind::number) && pieces.at(at + 1).space_before);
  };
  for (const bool before : {true, false}) {
    for (std::size_t step = 1; step <= near; ++step) {
      if (before ? i < step : i + step >= pieces.size()) break;
      const std::size_t at = before ? i - step : i + step;
      if (parts(at)) break;
      const Cues there = of_word(at);
      if (has(there, pair.beside)) return true;
      if ((there & pair.unless) != 0) return false;
    }
  }
  return false;
}

// What may stand between "senast" and the day: weekdays, clocks, articles.
bool is_part_of_date(const Piece& piece) {
  static constexpr std::array words = {"den"sv, "the"sv, "pm"sv,  "am"sv,  "on"sv,
                                       "klo"sv, "kl"sv,  "och"sv, "med"sv, "mennessä"sv};
  bool until = false;
  return !piece.is(Kind::word) || weekday_of(piece.word, until) != 0 ||
         std::find(words.begin(), words.end(), piece.word) != words.end();
}

// "Haku avataan 1.12. mennessä" says when it opens.
bool DeadlineReader::opens_by(const Side& side, const DateMention& date, const Scope& scope) {
  static constexpr std::array words = {"avataan"sv, "avautuu"sv, "aukeaa"sv};
  if (date.from || date.first == scope.first) return false;
  return std::find(words.begin(), words.end(), side.pieces[date.first - 1].word) != words.end();
}

// Marks behind the date ("28.11. klo 12 saakka") are surest.
Role DeadlineReader::role_behind(const Side& side, const DateMention& date, const Scope& scope) const {
  constexpr std::size_t near = 4;
  for (std::size_t i = date.last; i < scope.last && i < date.last + near; ++i) {
    const Cues here = side.cues(i);
    if (has(here, Cue::until) && language_ != "sv" && language_ != "en")
      return side.pieces[i].is("mennessä") && opens_by(side, date, scope) ? Role::begins : Role::ends;
    if (has(here, Cue::since)) return Role::begins;
    if (side.pieces[i].is(Kind::dot)) break;
  }
  // "28.11. on viimeinen hakupäivä"
  constexpr std::size_t close = 5;
  for (std::size_t i = date.last; i < scope.last && i < date.last + close; ++i) {
    const Piece& piece = side.pieces[i];
    if (piece.is("viimeinen") || piece.is("takaraja") || piece.is("sista") || piece.is("deadline")) return Role::ends;
  }
  return Role::nothing;
}

// "t.o.m. 30.9", "fr o m den 10.9".
Role DeadlineReader::role_by_initials(const Side& side, const DateMention& date, const Scope& scope) {
  if (side.language != "sv" || date.from) return Role::nothing;
  constexpr std::size_t longest = 4;
  std::string letters;
  for (std::size_t i = date.first; i-- > scope.first && letters.size() < longest;) {
    const Piece& piece = side.pieces[i];
    if (piece.is(Kind::dot)) continue;
    if (letters.empty() && piece.is(Kind::word) && is_part_of_date(piece)) continue;  // "den", "fredag"
    if (!piece.is(Kind::word) || piece.word.size() > 2) break;
    letters.insert(0, piece.word);
  }
  return letters == "tom" ? Role::ends : letters == "from" ? Role::begins : Role::nothing;
}

// "Tarjous on jätettävä, ja avajaiset pidetään 30.9.": of the other part's date nothing is said before it.
bool parts_sentence(const Piece& piece) {
  static constexpr std::array words = {"ja"sv, "sekä"sv, "mutta"sv, "och"sv, "samt"sv, "men"sv, "and"sv, "but"sv};
  return piece.is(",") || std::find(words.begin(), words.end(), piece.word) != words.end();
}

Role DeadlineReader::role_of(const Side& side, std::size_t index, const Scope& scope) const {
  const DateMention& date = side.dates[index];
  if (const Role behind = role_behind(side, date, scope); behind != Role::nothing) return behind;
  if (const Role told = role_by_initials(side, date, scope); told != Role::nothing) return told;
  constexpr std::size_t adjacent = 4;
  constexpr std::size_t reach = 14;
  std::size_t between = 0;  // words that are no part of a date: "till och med söndagen den"
  bool arrives = false;     // "oltava perillä", in the date's own part of the sentence
  bool own_part = true;
  for (std::size_t back = 1; back <= date.first - scope.first && back <= reach; ++back) {
    const Piece& piece = side.pieces[date.first - back];
    const Cues here = side.cues(date.first - back);
    if (has(here, Cue::before) && between == 0) return Role::ends;
    if (has(here, Cue::at_latest) && between < adjacent) return Role::ends;
    if (!is_part_of_date(piece)) ++between;
    if (has(here, Cue::ended)) return Role::over;
    if (has(here, Cue::ends)) {
      const bool past = back < date.first && has(side.cues(date.first - back - 1), Cue::ended);  // "gick ut"
      return past ? Role::over : Role::ends;
    }
    if (has(here, Cue::begins)) return date.from ? Role::span : Role::begins;
    own_part = own_part && !parts_sentence(piece);
    arrives = arrives || (own_part && has(here, Cue::arrives));
  }
  if (date.until || (arrives && !date.from)) return Role::ends;
  if (date.relative) return Role::nothing;
  return date.from ? Role::span : Role::day;
}

// "Haku alkaa 17.12. ja sulkeutuu 15.1.": the second date says only that it ends.
bool DeadlineReader::continues_a_call(const Side& side, std::size_t index, const Scope& scope) const {
  if (index == 0 || scope.first != side.dates[index - 1].last) return false;
  Scope before{side.pieces.sentence_begin(side.dates[index - 1].first), side.dates[index - 1].first, 0};
  if (index > 1) before.first = std::max(before.first, side.dates[index - 2].last);
  before.cues = side.all(before.first, before.last);
  return role_of(side, index - 1, before) == Role::begins && (before.cues & actions) != 0;
}

// A time limit that binds an authority, or the day by which others have done something.
bool DeadlineReader::is_for_others(const Side& side, const DateMention& date, const Scope& scope) const {
  if (has(scope.cues | title_cues_, Cue::binds)) return true;
  for (std::size_t i = scope.first; i + 2 < scope.last; ++i)
    if (has(side.cues(i), Cue::authority) && (has(side.cues(i + 1), Cue::must) || has(side.cues(i + 2), Cue::must)))
      return true;
  const Cues before = side.all(scope.first, date.first);
  if ((has(scope.cues, Cue::body) || has(before, Cue::done)) && !has(before, Cue::invites)) return true;
  // The nearest verb before the date tells who acts by then.
  for (std::size_t i = date.first; i-- > scope.first;) {
    const Cues here = side.cues(i);
    if (has(here, Cue::invites) || has(here, Cue::ends) || has(here, Cue::at_latest)) return false;
    if (has(here, Cue::processes)) return true;
  }
  return false;
}

Cues DeadlineReader::text_cues() const {
  if (!text_cues_) text_cues_ = text_.all(0, std::min(text_.pieces.size(), most_words));
  return *text_cues_;
}

std::optional<DeadlineKind> DeadlineReader::kind_by(Cues sentence) const {
  // "Ilmoittaudu ehdokkaaksi" applies for something.
  const bool stands = has(sentence, Cue::application) && has(sentence, Cue::person);
  if (has(sentence, Cue::registration) && !stands) return DeadlineKind::registration;
  if (has(sentence, Cue::consultation)) return DeadlineKind::consultation;
  const bool chooses = has(sentence | title_cues_, Cue::person);
  const bool applies = has(sentence, Cue::application) || has(sentence, Cue::grant);
  if (has(sentence, Cue::proposal) && !applies)
    return chooses || has(title_cues_, Cue::application) ? DeadlineKind::application : DeadlineKind::consultation;
  if (!applies) return std::nullopt;
  const bool money = has(sentence | title_cues_, Cue::grant) || (!chooses && has(text_cues(), Cue::grant));
  return money ? DeadlineKind::grant : DeadlineKind::application;
}

std::optional<DeadlineKind> DeadlineReader::kind_of(const Side& side, std::size_t index, const Scope& scope,
                                                    Cues sentence) const {
  if (const auto kind = kind_by(scope.cues); kind) {
    // Money alone asks nobody to act: "avustusta myönnetään vuosille".
    const bool acts = (scope.cues & actions) != 0 || has(scope.cues, Cue::weak);
    if (acts) return kind;
  }
  if (continues_a_call(side, index, scope)) return kind_by(sentence);
  if (!has(scope.cues, Cue::weak) && !has(scope.cues, Cue::ends)) return std::nullopt;
  // The sentence says "the form is open until"; the sentence before, or the title, says what for.
  if (side.field == Field::text) {
    const std::size_t begin = side.pieces.sentence_begin(side.dates[index].first);
    if (begin > 0) {
      const std::size_t before = side.pieces.sentence_begin(begin - 1);
      if (const auto kind = kind_by(side.all(before, begin)); kind) return kind;
    }
    return kind_by(title_cues_);
  }
  return kind_by(text_cues());
}

void DeadlineReader::judge_deadline(const Side& side, std::size_t index, Role role, const Scope& scope, Cues sentence) {
  const DateMention& date = side.dates[index];
  if (has(scope.cues, Cue::not_action) && (scope.cues & actions) == 0) return;
  if (is_for_others(side, date, scope)) return;
  const auto kind = kind_of(side, index, scope, sentence);
  if (!kind) return;
  const bool told = (scope.cues & actions) != 0;
  // A span asks to act only where the call itself is told: hankkeen kesto 1.1.–31.12. is none.
  if (role == Role::span && !told) return;
  if (is_doubtful(date) && role != Role::ends) return;
  double confidence = role == Role::ends ? 0.9 : 0.8;
  if (!told) confidence -= 0.2;
  if (date.relative) confidence -= 0.2;
  add(side, date, *kind, confidence, sentence);
}

void DeadlineReader::judge_event(const Side& side, std::size_t index, Role role, Cues sentence) {
  const DateMention& date = side.dates[index];
  if (is_doubtful(date) || date.relative) return;
  const Cues all = title_cues_ | text_cues();
  if (has(all, Cue::press)) return;
  if (date.from && has(sentence, Cue::campaign)) return;
  if (has(sentence, Cue::body) || has(sentence, Cue::ended)) return;
  const bool here = has(sentence, Cue::event);
  // "Aluevaalit: vaalipaneeli 1.4., vapaa pääsy": of a span of time, and an occasion all the same.
  if (has(sentence | title_cues_, Cue::not_action) && !(here && has(all, Cue::open_to_all))) return;
  if (role == Role::begins && !here) return;
  // What happens at an hour of a day is an occasion; what a title dates, when all are welcome.
  const bool open = has(all, Cue::event) || has(all, Cue::open_to_all);
  const bool asks = (sentence & actions) != 0 && !has(sentence, Cue::takes_questions);
  const bool timed = date.time.has_value() && !date.from;
  const bool dated_title = side.field == Field::title && has(all, Cue::open_to_all);
  if (!here && (asks || !(timed || dated_title || (open && has(sentence, Cue::occurs))))) return;
  add(side, date, DeadlineKind::event, here ? 0.7 : 0.6, sentence);
}

std::string quote_of(const Pieces& pieces, std::string_view text, const DateMention& date) {
  constexpr std::size_t longest = 240;
  const std::size_t first = pieces.sentence_begin(date.first);
  const std::size_t last = pieces.sentence_end(date.last - 1);
  const std::string_view sentence = text.substr(pieces[first].begin, pieces[last - 1].end - pieces[first].begin);
  return text::collapse_space(text::utf8_prefix(sentence, longest));
}

std::string_view name_of(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::grant: return "grant";
    case DeadlineKind::consultation: return "consultation";
    case DeadlineKind::registration: return "registration";
    case DeadlineKind::application: return "application";
    case DeadlineKind::event: return "event";
  }
  return "";
}

void DeadlineReader::add(const Side& side, const DateMention& date, DeadlineKind kind, double confidence,
                         Cues sentence) {
  Deadline deadline;
  deadline.kind = kind;
  deadline.opens = date.from;
  deadline.closes = date.day;
  deadline.time_of_day = date.time;
  deadline.quote = quote_of(side.pieces, side.text, date);
  deadline.confidence = confidence;
  deadline.extended = has(sentence, Cue::extends) || has(title_cues_, Cue::extends);
  Evidence& evidence = deadline.evidence;
  evidence.field = side.field;
  evidence.begin = side.pieces[date.first].begin;
  evidence.end = side.pieces[date.last - 1].end;
  evidence.words = std::string(side.text.substr(evidence.begin, evidence.end - evidence.begin));
  evidence.rule = "deadline: " + std::string(name_of(kind));
  found_.push_back(std::move(deadline));
}

// One for each date, the surest; an occasion only where nobody need register.
std::vector<Deadline> DeadlineReader::settle() {
  const bool registers =
      std::any_of(found_.begin(), found_.end(), [](const Deadline& d) { return d.kind == DeadlineKind::registration; });
  if (registers) std::erase_if(found_, [](const Deadline& d) { return d.kind == DeadlineKind::event; });
  std::stable_sort(found_.begin(), found_.end(), [](const Deadline& a, const Deadline& b) {
    return a.closes != b.closes ? a.closes < b.closes : a.confidence > b.confidence;
  });
  std::vector<Deadline> kept;
  for (Deadline& deadline : found_) {
    if (kept.empty() || kept.back().closes != deadline.closes) {
      kept.push_back(std::move(deadline));
      continue;
    }
    if (!kept.back().time_of_day) kept.back().time_of_day = deadline.time_of_day;
    if (!kept.back().opens) kept.back().opens = deadline.opens;
    kept.back().extended = kept.back().extended || deadline.extended;
  }
  if (kept.size() > most_deadlines) kept.resize(most_deadlines);
  return kept;
}

}  // namespace

std::vector<Deadline> find_deadlines(const DatedText& title, const DatedText& text, std::string_view language,
                                     std::chrono::year_month_day published) {
  return DeadlineReader(title, text, language, published).all();
}

std::vector<Deadline> find_deadlines(std::string_view title, std::string_view text, std::string_view language,
                                     std::chrono::year_month_day published) {
  return find_deadlines(DatedText(title, published), DatedText(text, published), language, published);
}

}  // namespace sotevahti::tag
