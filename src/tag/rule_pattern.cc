#include "tag/rule_pattern.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/trim.h"
#include "text/utf8.h"
#include "text/words.h"

namespace sotevahti::tag {
namespace {

// Calls `use` with each piece that is not empty.
template <class Use>
void split(std::string_view text, std::string_view by, Use use) {
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(by), text.size());
    if (at != 0) use(text.substr(0, at));
    text.remove_prefix(std::min(at + by.size(), text.size()));
  }
}

bool begins_with_capital(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && text::is_upper(text::next_code_point(word, at));
}

RuleWord parse_word(std::string_view word) {
  using Kind = RuleWord::Kind;
  if (word == "#") return {Kind::number, "#", false};
  if (word == "{place}") return {Kind::place, "{place}", false};
  if (word.starts_with('=')) {
    word.remove_prefix(1);
    const bool has_capitals = text::lower(word) != word;
    return {has_capitals ? Kind::exact_case : Kind::exact, std::string(word), false};
  }
  const bool capital = begins_with_capital(word);
  if (word.ends_with('*')) return {Kind::prefix, text::lower(word.substr(0, word.size() - 1)), capital};
  if (word.starts_with('*')) return {Kind::suffix, text::lower(word.substr(1)), false};
  return {Kind::lemma, text::lower(word), capital};
}

class Parser {
 public:
  explicit Parser(const std::vector<config::WordSet>& sets) : sets_(sets) {}

  base::Result<RulePattern> parse(std::string_view term) {
    RulePattern pattern;
    split(term, " ... ", [&](std::string_view piece) { read_segment(piece, pattern.segments.emplace_back()); });
    if (!failure_.empty()) return base::fail(fmt::format("\"{}\": {}", term, failure_));
    if (pattern.segments.empty()) return base::fail(fmt::format("\"{}\" has no word", term));
    if (pattern.segments.size() > most_segments)
      return base::fail(fmt::format("\"{}\" has more than {} parts", term, most_segments));
    return pattern;
  }

 private:
  // Each fills what stands in its place already: patterns of one word are not moved from level to level.
  void read_segment(std::string_view piece, RuleSegment& segment) {
    piece = base::without_spaces_around(piece);
    if (piece.starts_with('@') && piece.find(' ') == std::string_view::npos) return read_set(piece.substr(1), segment);
    RulePhrase& phrase = segment.emplace_back();
    read_phrase(piece, phrase);
    if (phrase.empty()) fail("a part without a word");
  }

  void read_phrase(std::string_view words, RulePhrase& phrase) {
    split(words, " ", [&](std::string_view word) { read_slot(word, phrase.emplace_back()); });
  }

  void read_slot(std::string_view alternatives, RuleSlot& slot) {
    split(alternatives, "|", [&](std::string_view word) {
      if (word.starts_with('@')) add_single_words(word.substr(1), slot);
      else slot.push_back(parse_word(word));
      if (!slot.empty() && too_short(slot.back())) fail(fmt::format("\"{}\" meets too much", word));
    });
    if (slot.empty()) fail("a part without a word");
  }

  static bool too_short(const RuleWord& word) {
    const bool open = word.kind == RuleWord::Kind::prefix || word.kind == RuleWord::Kind::suffix;
    return word.text.empty() || (open && word.text.size() < 3);
  }

  // The set's single words in one slot, each of its phrases an alternative of its own.
  void read_set(std::string_view name, RuleSegment& segment) {
    RuleSlot single;
    for (const std::string& entry : words_of(name)) {
      if (entry.find(' ') == std::string::npos) read_slot(entry, single);
      else read_phrase(entry, segment.emplace_back());
    }
    if (!single.empty()) segment.emplace_back().push_back(std::move(single));
  }

  void add_single_words(std::string_view name, RuleSlot& slot) {
    for (const std::string& entry : words_of(name)) {
      if (entry.find(' ') == std::string::npos) slot.push_back(parse_word(entry));
      else fail(fmt::format("set \"{}\" holds a phrase, \"{}\": it can only stand alone", name, entry));
    }
  }

  const std::vector<std::string>& words_of(std::string_view name) {
    static const std::vector<std::string> none;
    const auto found = std::find_if(sets_.begin(), sets_.end(), [&](const auto& s) { return s.name == name; });
    if (found != sets_.end()) return found->words;
    fail(fmt::format("no set is named \"{}\"", name));
    return none;
  }

  // The first says most: what follows may come of it.
  void fail(std::string why) {
    if (failure_.empty()) failure_ = std::move(why);
  }

  const std::vector<config::WordSet>& sets_;
  std::string failure_;
};

}  // namespace

base::Result<RulePattern> parse_pattern(std::string_view term, const std::vector<config::WordSet>& sets) {
  return Parser(sets).parse(term);
}

}  // namespace sotevahti::tag
