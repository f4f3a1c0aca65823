#include "tag/area_mentions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/words.h"

namespace sotevahti::tag {
namespace {

using std::string_view_literals::operator""sv;

bool is_in(const auto& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

bool ends_with_any(std::string_view word, const auto& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return word.ends_with(e); });
}

constexpr std::array conjunctions = {"ja"sv,   "sekä"sv,  "tai"sv, "eikä"sv, "och"sv,
                                     "samt"sv, "eller"sv, "and"sv, "or"sv};
// What a region's name may begin with, and leave to its neighbour: "Etelä- ja Keski-Pohjanmaa".
constexpr std::array directions = {"etelä"sv, "pohjois"sv, "itä"sv,       "länsi"sv,     "keski"sv,
                                   "kanta"sv, "päijät"sv,  "varsinais"sv, "södra"sv,     "norra"sv,
                                   "östra"sv, "västra"sv,  "mellersta"sv, "egentliga"sv, "south"sv,
                                   "north"sv, "east"sv,    "west"sv,      "central"sv};
constexpr std::array prepositions = {"i"sv,  "på"sv, "från"sv, "till"sv, "vid"sv,  "kring"sv, "runt"sv,
                                     "in"sv, "at"sv, "from"sv, "to"sv,   "near"sv, "of"sv,    "for"sv};

constexpr std::string_view doubtful = "is a word or a surname too";

class Finder {
 public:
  Finder(const EntryText& text, const Gazetteer& gazetteer)
      : text_(text), words_(text.words()), gazetteer_(gazetteer) {}

  std::vector<Mention> run() {
    constexpr std::size_t most_mentions = 300;
    for (std::uint32_t at = 0; at < words_.size();) {
      const bool enough = mentions_.size() >= most_mentions && words_[at].field != Field::publisher;
      if (enough || find_shared_ending(at)) {
        ++at;
        continue;
      }
      const Mention mention = longest(at);
      if (mention.name != nullptr) mentions_.push_back(mention);
      at = mention.name != nullptr ? mention.span.last + 1 : at + 1;
    }
    return std::move(mentions_);
  }

 private:
  static bool fits(const PlaceName& name, const text::Token& token) {
    if (name.capitals) return token.surface.starts_with(name.name);
    return token.capital || !name.capital;
  }

  Mention longest(std::uint32_t at) const {
    Mention best;
    if (words_[at].form->names.empty()) return best;  // as nearly every word
    std::vector<Gazetteer::Node> nodes{0};
    for (std::uint32_t last = at; last < words_.size() && words_[last].field == words_[at].field; ++last) {
      if (words_[last].form->names.empty()) break;
      nodes = gazetteer_.step(nodes, words_[last].form->names);
      if (nodes.empty()) break;
      for (const auto node : nodes) {
        const PlaceName* name = gazetteer_.at(node, text_.lang());
        if (name != nullptr && fits(*name, words_[at].token))
          best = Mention{{at, last}, words_[at].field, name, false, {}};
      }
    }
    return best;
  }

  // "Etelä-" of "Etelä- ja Keski-Pohjanmaalla", "Södra" of "Södra och Mellersta Österbotten".
  bool find_shared_ending(std::uint32_t at) {
    if (!words_[at].token.capital) return false;
    const std::string direction = text::lower(words_[at].token.surface);
    if (!is_in(directions, direction)) return false;
    std::uint32_t next = at;
    bool joined = false;
    while (text_.has_next(next) && next < at + 8) {
      joined = joined || text_.gap_after(next).find(',') != std::string_view::npos;
      ++next;
      const std::string word = text::lower(words_[next].token.surface);
      if (is_in(conjunctions, word)) joined = true;
      else if (!is_in(directions, word)) break;
    }
    const PlaceName* name = joined ? with_direction(direction, next) : nullptr;
    if (name != nullptr) mentions_.push_back(Mention{{at, at}, words_[at].field, name, false, {}});
    return name != nullptr;
  }

  const PlaceName* with_direction(const std::string& direction, std::uint32_t next) const {
    const auto first = gazetteer_.word(direction);
    if (!first) return nullptr;
    for (const NameWordId word : words_[next].form->names) {
      const NameWordId ending = gazetteer_.behind_hyphen(word).value_or(word);
      for (const auto node : gazetteer_.step(gazetteer_.step({0}, {*first}), {ending}))
        if (const PlaceName* name = gazetteer_.at(node, text_.lang())) return name;
    }
    return nullptr;
  }

  const EntryText& text_;
  const std::vector<Word>& words_;
  const Gazetteer& gazetteer_;
  std::vector<Mention> mentions_;
};

// Judges names one after the other; what needs a county in the same text, last.
class Judge {
 public:
  Judge(const EntryText& text, const Marks& marks, const std::vector<std::string>& home, bool at_home,
        std::vector<Mention>& mentions)
      : text_(text), words_(text.words()), marks_(marks), home_(home), at_home_(at_home), mentions_(mentions) {}

  void run() {
    for (std::size_t i = 0; i < mentions_.size(); ++i) judge(i);
    for (std::size_t i = 0; i < mentions_.size(); ++i) judge_range(i);
    for (Mention& mention : mentions_) judge_former(mention);
    for (std::size_t i = 0; i < mentions_.size(); ++i) judge_by_company(i);
  }

 private:
  const Word& first(const Mention& m) const { return words_[m.span.first]; }
  const Word& last(const Mention& m) const { return words_[m.span.last]; }
  std::string form(const Mention& m) const { return text::lower(last(m).token.surface); }
  bool has_word_before(const Mention& m) const { return text_.has_previous(m.span.first); }
  bool has_word_after(const Mention& m) const { return text_.has_next(m.span.last); }
  static void reject(Mention& m, std::string why) {
    m.counts = false;
    m.why_not = std::move(why);
  }

  void judge(std::size_t i) {
    Mention& m = mentions_[i];
    m.counts = false;
    if (m.field == Field::publisher) return;
    if (m.span.first >= marks_.end_of_text()) return reject(m, "stands behind the end of the text");
    for (const Span& veto : marks_.spans(Mark::veto))
      if (veto.first <= m.span.first && m.span.last <= veto.last && !same(veto, m.span))
        return reject(m, "is part of another name: " + text_.evidence(veto, {}).words);
    if (m.name->kind == "adjective" && first(m).token.capital && !first(m).token.sentence_start)
      return reject(m, "is written as a name: a newspaper's");
    if (is_newspaper(m)) return reject(m, "is the newspaper");
    if (marks_.in_sentence(Mark::nowhere, m.span.first)) return reject(m, "is said to be left out");
    if (is_mere_venue(m)) return reject(m, "is only where it was held");
    if (is_doubtful(m) && !is_shown_to_be_place(m))
      return reject(m, std::string(doubtful) + ", and nothing beside it shows the place");
    m.counts = true;
  }

  // A word or a surname too; or a brand that is a word where every word has a capital: "Eloisa seniori".
  bool is_doubtful(const Mention& m) const {
    if (m.name->common_word) return true;
    const bool one_word = m.span.first == m.span.last;
    return one_word && m.name->organisation && first(m).token.sentence_start &&
           marks_.on_word(Mark::noun, m.span.first);
  }

  static bool same(const Span& a, const Span& b) { return a.first == b.first && a.last == b.last; }

  bool is_newspaper(const Mention& m) const {
    if (!marks_.on_word(Mark::paper, m.span.first)) return false;
    const bool behind = has_word_after(m) && marks_.on_word(Mark::press, m.span.last + 1);
    const bool before = has_word_before(m) && marks_.on_word(Mark::press, m.span.first - 1);
    return behind || before;
  }

  bool is_mere_venue(const Mention& m) const {
    const bool is_town = m.name->kind == "municipality" || m.name->kind == "city";
    if (at_home_ || !is_town || !marks_.in_sentence(Mark::venue, m.span.first)) return false;
    return last(m).form->traits.local_case || text_.lang() != "fi";
  }

  bool is_shown_to_be_place(const Mention& m) const {
    if (m.span.last > m.span.first) return m.name->kind != "hospital";
    const bool owns = text_.lang() != "fi" || last(m).form->traits.genitive;
    if (owns && has_word_after(m) && marks_.on_word(Mark::institution, m.span.last + 1)) return true;
    if (is_person(m)) return false;
    if (text_.lang() == "fi") {
      if (!last(m).form->traits.local_case) return false;
      return !first(m).token.sentence_start || !marks_.on_word(Mark::noun, m.span.first);
    }
    if (first(m).token.sentence_start) return false;
    return has_word_before(m) && is_in(prepositions, text::lower(words_[m.span.first - 1].token.surface));
  }

  // "ministeri Lahti", "Elina Lahden".
  bool is_person(const Mention& m) const {
    if (!has_word_before(m)) return false;
    const std::size_t before = m.span.first - 1;
    if (marks_.on_word(Mark::title, before)) return is_titled(m, before);
    const Word& word = words_[before];
    const bool is_name_before = word.token.capital && !word.token.sentence_start && !word.token.all_capitals;
    return is_name_before && word.form->names.empty() && text_.gap_after(before) == " ";
  }

  // A title stands in the nominative before its name, whatever the name's case ("luottamus ministeri Saloon"),
  // or in the name's own case ("johtajalle Salolle"). Who is within a place is no name: "johtaja Kokkolassa"; nor
  // are several: "lääkäreitä Lahteen".
  bool is_titled(const Mention& m, std::size_t title) const {
    if (text_.lang() != "fi") return true;
    constexpr std::array within = {"ssa"sv, "ssä"sv};
    if (last(m).form->traits.local_case && ends_with_any(form(m), within)) return false;
    const std::string surface = text::lower(words_[title].token.surface);
    return is_lemma(title, surface) || agrees(title, surface, form(m));
  }

  bool is_lemma(std::size_t at, std::string_view word) const {
    const std::string terms = "|" + std::string(words_[at].form->terms.row()) + "|";
    return terms.find("|" + std::string(word) + "|") != std::string::npos;
  }

  // In the singular: "johtajalta Salolta", "ministerille Lahdelle", but "johtajille Salolle".
  bool agrees(std::size_t title, std::string_view surface, std::string_view name) const {
    constexpr std::array endings = {std::pair{"lle"sv, "lle"sv}, std::pair{"lla"sv, "llä"sv},
                                    std::pair{"lta"sv, "ltä"sv}, std::pair{"sta"sv, "stä"sv}};
    for (const auto& [back, front] : endings) {
      const std::array either = {back, front};
      if (!ends_with_any(surface, either) || !ends_with_any(name, either)) continue;
      const std::string_view ending = surface.ends_with(back) ? back : front;
      const std::string_view stem = surface.substr(0, surface.size() - ending.size());
      return !stem.ends_with('i') || is_lemma(title, stem);
    }
    return false;
  }

  // "Hangosta Kokkolaan": the ends of a range, unless somebody moves.
  void judge_range(std::size_t i) {
    if (i + 1 >= mentions_.size()) return;
    Mention& from = mentions_[i];
    Mention& to = mentions_[i + 1];
    if (!from.counts || from.field != to.field || marks_.in_sentence(Mark::moving, from.span.first)) return;
    if (!is_range(from, to)) return;
    reject(from, "is one end of a range");
    reject(to, "is one end of a range");
  }

  bool is_range(const Mention& from, const Mention& to) const {
    if (text_.lang() == "fi") {
      return to.span.first == from.span.last + 1 && text_.gap_after(from.span.last) == " " && leaves(from) &&
             arrives(to);
    }
    if (to.span.first != from.span.last + 2 || !has_word_before(from)) return false;
    const std::string before = text::lower(words_[from.span.first - 1].token.surface);
    const std::string between = text::lower(words_[from.span.last + 1].token.surface);
    return (before == "från" && between == "till") || (before == "from" && between == "to");
  }

  bool leaves(const Mention& m) const {
    constexpr std::array endings = {"sta"sv, "stä"sv, "lta"sv, "ltä"sv};
    return last(m).form->traits.local_case && ends_with_any(form(m), endings);
  }
  bool arrives(const Mention& m) const {
    constexpr std::array others = {"sta"sv, "stä"sv, "lta"sv, "ltä"sv, "ssa"sv, "ssä"sv, "lla"sv, "llä"sv};
    return last(m).form->traits.local_case && !ends_with_any(form(m), others);
  }

  // "Iitti siirtyi Kymenlaaksosta Päijät-Hämeeseen", "kuului aiemmin Kymenlaaksoon".
  void judge_former(Mention& left) {
    if (!left.counts || left.name->kind != "county") return;
    if (marks_.in_sentence(Mark::former, left.span.first)) {
      if (arrives(left)) reject(left, "is a county that the place has left");
      return;
    }
    if (!leaves(left)) return;
    for (const Mention& town : mentions_) {
      if (town.name->kind != "municipality" || !in_same_sentence(town, left)) continue;
      for (const Mention& now : mentions_)
        if (now.name->kind == "county" && in_same_sentence(now, left) && arrives(now) &&
            now.name->areas == town.name->areas)
          return reject(left, "is a county that the place has left");
    }
  }

  bool in_same_sentence(const Mention& a, const Mention& b) const { return first(a).sentence == first(b).sentence; }

  // A name that is a word too counts where its county is in the entry, or beside it in a list.
  void judge_by_company(std::size_t i) {
    Mention& m = mentions_[i];
    if (m.counts || m.field == Field::publisher || !m.why_not.starts_with(doubtful)) return;
    const auto shares = [&](const std::vector<std::string>& areas) {
      return std::any_of(areas.begin(), areas.end(), [&](const auto& area) { return is_in(m.name->areas, area); });
    };
    bool found = shares(home_);
    for (const Mention& other : mentions_) found = found || (other.counts && shares(other.name->areas));
    found = found || (!is_person(m) && in_list(i));
    if (!found) return;
    m.counts = true;
    m.why_not.clear();
  }

  bool in_list(std::size_t i) const {
    const auto joined = [&](const Mention& a, const Mention& b) {
      const std::size_t between = b.span.first - a.span.last;
      if (a.field != b.field || !(a.counts || b.counts)) return false;
      if (between == 1) return text_.gap_after(a.span.last) == ", ";
      return between == 2 && is_in(conjunctions, text::lower(words_[a.span.last + 1].token.surface));
    };
    return (i > 0 && joined(mentions_[i - 1], mentions_[i])) ||
           (i + 1 < mentions_.size() && joined(mentions_[i], mentions_[i + 1]));
  }

  const EntryText& text_;
  const std::vector<Word>& words_;
  const Marks& marks_;
  const std::vector<std::string>& home_;
  bool at_home_;
  std::vector<Mention>& mentions_;
};

}  // namespace

std::vector<Mention> find_names(const EntryText& text, const Gazetteer& gazetteer) {
  return Finder(text, gazetteer).run();
}

void judge_names(const EntryText& text, const Marks& marks, const std::vector<std::string>& home, bool at_home,
                 std::vector<Mention>& mentions) {
  Judge(text, marks, home, at_home, mentions).run();
}

}  // namespace sotevahti::tag
