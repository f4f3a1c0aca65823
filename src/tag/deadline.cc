#include "tag/deadline.h"

#include <algorithm>
#include <optional>
#include <string>

#include "tag/cued_text.h"
#include "tag/date_role.h"
#include "text/utf8.h"

namespace sotevahti::tag {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days farthest_ahead{500};
constexpr std::size_t most_deadlines = 12;
constexpr std::size_t most_words = 2000;  // of a text, that may say what a date in it is for

// A date, and what the words around it say.
struct DateInText {
  DateInText(const CuedText& of, std::size_t at)
      : text(of), index(at), date(of.dates[at]), scope(scope_of(of, at)), role(role_of(of, at, scope)) {
    of_date = text.cues(scope.first, date.first) | text.cues(date.last, scope.last);
    of_sentence = text.cues(text.pieces.sentence_begin(date.first), date.first) |
                  text.cues(date.last, text.pieces.sentence_end(date.last - 1));
  }

  const CuedText& text;
  std::size_t index;
  const DateMention& date;
  DateScope scope;
  DateRole role;
  Cues of_date = 0;      // of its scope
  Cues of_sentence = 0;  // of all the sentence
  // "3.11" may be a number; in Swedish it is how dates are written.
  bool is_doubtful() const { return date.bare && text.language != "sv"; }
};

class DeadlineReader {
 public:
  DeadlineReader(const DatedText& title, const DatedText& text, std::string_view language,
                 std::chrono::year_month_day published)
      : published_(published), title_(Field::title, title, language), text_(Field::text, text, language) {}

  std::vector<Deadline> all() {
    const auto ahead = [this](const DateMention& date) { return is_ahead(date); };
    if (std::none_of(title_.dates.begin(), title_.dates.end(), ahead) &&
        std::none_of(text_.dates.begin(), text_.dates.end(), ahead))
      return {};
    title_cues_ = title_.cues(0, std::min(title_.pieces.size(), most_words));
    for (const CuedText* text : {&title_, &text_})
      for (std::size_t i = 0; i < text->dates.size(); ++i)
        if (is_ahead(text->dates[i])) judge(DateInText(*text, i));
    return settle();
  }

 private:
  bool is_ahead(const DateMention& date) const {
    const auto ahead = sys_days(date.day) - sys_days(published_);
    return ahead >= days(0) && ahead <= farthest_ahead;
  }

  void judge(const DateInText& at) {
    if (at.role == DateRole::ends || at.role == DateRole::span) judge_deadline(at);
    if (at.role == DateRole::day || at.role == DateRole::span || at.role == DateRole::begins) judge_event(at);
  }

  void judge_deadline(const DateInText& at);
  void judge_event(const DateInText& at);
  bool is_for_others(const DateInText& at) const;
  std::optional<DeadlineKind> kind_of(const DateInText& at) const;
  std::optional<DeadlineKind> kind_by(Cues cues) const;
  Cues text_cues() const;
  void add(const DateInText& at, DeadlineKind kind, double confidence);
  std::vector<Deadline> settle();

  std::chrono::year_month_day published_;
  CuedText title_;
  CuedText text_;
  Cues title_cues_ = 0;
  mutable std::optional<Cues> text_cues_;  // when asked for
  std::vector<Deadline> found_;
};

// "Haku alkaa 17.12. ja sulkeutuu 15.1.": the second date says only that it ends.
bool continues_a_call(const DateInText& at) {
  const CuedText& text = at.text;
  if (at.index == 0 || at.scope.first != text.dates[at.index - 1].last) return false;
  const DateMention& opening = text.dates[at.index - 1];
  DateScope before{text.pieces.sentence_begin(opening.first), opening.first};
  if (at.index > 1) before.first = std::max(before.first, text.dates[at.index - 2].last);
  return role_of(text, at.index - 1, before) == DateRole::begins &&
         (text.cues(before.first, before.last) & actions) != 0;
}

// A time limit that binds an authority, or the day by which others have done something.
bool DeadlineReader::is_for_others(const DateInText& at) const {
  if (has(at.of_date | title_cues_, Cue::binds)) return true;
  const CuedText& text = at.text;
  for (std::size_t i = at.scope.first; i + 2 < at.scope.last; ++i)
    if (has(text.cues(i), Cue::authority) && (has(text.cues(i + 1), Cue::must) || has(text.cues(i + 2), Cue::must)))
      return true;
  const Cues before = text.cues(at.scope.first, at.date.first);
  if ((has(at.of_date, Cue::body) || has(before, Cue::done)) && !has(before, Cue::invites)) return true;
  // The nearest verb before the date tells who acts by then.
  for (std::size_t i = at.date.first; i-- > at.scope.first;) {
    const Cues here = text.cues(i);
    if ((here & (Cue::invites | Cue::ends | Cue::at_latest)) != 0) return false;
    if (has(here, Cue::processes)) return true;
  }
  return false;
}

Cues DeadlineReader::text_cues() const {
  if (!text_cues_) text_cues_ = text_.cues(0, std::min(text_.pieces.size(), most_words));
  return *text_cues_;
}

std::optional<DeadlineKind> DeadlineReader::kind_by(Cues cues) const {
  // "Ilmoittaudu ehdokkaaksi" applies for something.
  const bool stands = has(cues, Cue::application) && has(cues, Cue::person);
  if (has(cues, Cue::registration) && !stands) return DeadlineKind::registration;
  if (has(cues, Cue::consultation)) return DeadlineKind::consultation;
  const bool chooses = has(cues | title_cues_, Cue::person);
  const bool applies = has(cues, Cue::application) || has(cues, Cue::grant);
  if (has(cues, Cue::proposal) && !applies)
    return chooses || has(title_cues_, Cue::application) ? DeadlineKind::application : DeadlineKind::consultation;
  if (!applies) return std::nullopt;
  const bool money = has(cues | title_cues_, Cue::grant) || (!chooses && has(text_cues(), Cue::grant));
  return money ? DeadlineKind::grant : DeadlineKind::application;
}

std::optional<DeadlineKind> DeadlineReader::kind_of(const DateInText& at) const {
  if (const auto kind = kind_by(at.of_date); kind) {
    // Money alone asks nobody to act: "avustusta myönnetään vuosille".
    if ((at.of_date & (actions | Cue::some_action)) != 0) return kind;
  }
  if (continues_a_call(at)) return kind_by(at.of_sentence);
  if ((at.of_date & (Cue::some_action | Cue::ends)) == 0) return std::nullopt;
  // The sentence says "the form is open until"; the sentence before, or the title, says what for.
  if (at.text.field == Field::title) return kind_by(text_cues());
  const std::size_t begin = at.text.pieces.sentence_begin(at.date.first);
  if (begin > 0) {
    const std::size_t before = at.text.pieces.sentence_begin(begin - 1);
    if (const auto kind = kind_by(at.text.cues(before, begin)); kind) return kind;
  }
  return kind_by(title_cues_);
}

void DeadlineReader::judge_deadline(const DateInText& at) {
  const bool told = (at.of_date & actions) != 0;
  if (has(at.of_date, Cue::asks_nothing) && !told) return;
  if (is_for_others(at)) return;
  const auto kind = kind_of(at);
  if (!kind) return;
  // A span asks to act only where the call itself is told: hankkeen kesto 1.1.–31.12. is none.
  if (at.role == DateRole::span && !told) return;
  if (at.is_doubtful() && at.role != DateRole::ends) return;
  double confidence = at.role == DateRole::ends ? 0.9 : 0.8;
  if (!told) confidence -= 0.2;
  if (at.date.relative) confidence -= 0.2;
  add(at, *kind, confidence);
}

void DeadlineReader::judge_event(const DateInText& at) {
  const DateMention& date = at.date;
  if (at.is_doubtful() || date.relative) return;
  const Cues all = title_cues_ | text_cues();
  if (has(all, Cue::press)) return;
  if (date.from && has(at.of_sentence, Cue::campaign)) return;
  if ((at.of_sentence & (Cue::body | Cue::ended)) != 0) return;
  const bool here = has(at.of_sentence, Cue::event);
  // "Aluevaalit: vaalipaneeli 1.4., vapaa pääsy": of a span of time, and an occasion all the same.
  if (has(at.of_sentence | title_cues_, Cue::asks_nothing) && !(here && has(all, Cue::open_to_all))) return;
  if (at.role == DateRole::begins && !here) return;
  // What happens at an hour of a day is an occasion; what a title dates, when all are welcome.
  const bool open = (all & (Cue::event | Cue::open_to_all)) != 0;
  const bool asks = (at.of_sentence & actions) != 0 && !has(at.of_sentence, Cue::takes_questions);
  const bool timed = date.time.has_value() && !date.from;
  const bool dated_title = at.text.field == Field::title && has(all, Cue::open_to_all);
  if (!here && (asks || !(timed || dated_title || (open && has(at.of_sentence, Cue::occurs))))) return;
  add(at, DeadlineKind::event, here ? 0.7 : 0.6);
}

std::string quote_of(const Pieces& pieces, std::string_view text, const DateMention& date) {
  constexpr std::size_t longest = 240;
  const std::size_t first = pieces.sentence_begin(date.first);
  const std::size_t last = pieces.sentence_end(date.last - 1);
  const std::string_view sentence = text.substr(pieces[first].begin, pieces[last - 1].end - pieces[first].begin);
  return text::collapse_space(text::utf8_prefix(sentence, longest));
}

void DeadlineReader::add(const DateInText& at, DeadlineKind kind, double confidence) {
  const DateMention& date = at.date;
  const CuedText& text = at.text;
  Deadline deadline;
  deadline.kind = kind;
  deadline.opens = date.from;
  deadline.closes = date.day;
  deadline.time_of_day = date.time;
  deadline.quote = quote_of(text.pieces, text.text, date);
  deadline.confidence = confidence;
  deadline.extended = has(at.of_sentence | title_cues_, Cue::extends);
  Evidence& evidence = deadline.evidence;
  evidence.field = text.field;
  evidence.begin = text.pieces[date.first].begin;
  evidence.end = text.pieces[date.last - 1].end;
  evidence.words = std::string(text.text.substr(evidence.begin, evidence.end - evidence.begin));
  evidence.rule = "deadline: " + std::string(to_string(kind));
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
