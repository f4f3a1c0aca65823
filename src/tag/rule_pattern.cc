#include "tag/rule_pattern.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/utf8.h"
#include "text/words.h"

namespace sotevahti::tag {
namespace {

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t at = text.find(by);
    if (at != 0 && !text.empty()) pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + by.size());
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
    for (const std::string_view piece : split(term, " ... ")) {
      RuleSegment segment = parse_segment(piece);
      if (!failure_.empty()) return base::fail(fmt::format("\"{}\": {}", term, failure_));
      pattern.segments.push_back(std::move(segment));
    }
    if (pattern.segments.empty()) return base::fail(fmt::format("\"{}\" has no word", term));
    if (pattern.segments.size() > most_segments)
      return base::fail(fmt::format("\"{}\" has more than {} parts", term, most_segments));
    return pattern;
  }

 private:
  RuleSegment parse_segment(std::string_view piece) {
    const auto words = split(piece, " ");
    if (words.size() == 1 && words.front().starts_with('@')) return parse_set(words.front().substr(1));
    RulePhrase phrase;
    for (const std::string_view word : words) phrase.push_back(parse_slot(word));
    if (phrase.empty()) failure_ = "a part without a word";
    return {phrase};
  }

  RuleSlot parse_slot(std::string_view alternatives) {
    RuleSlot slot;
    for (const std::string_view word : split(alternatives, "|")) {
      if (word.starts_with('@')) add_single_words(word.substr(1), slot);
      else slot.push_back(parse_word(word));
      if (!slot.empty() && too_short(slot.back())) failure_ = fmt::format("\"{}\" meets too much", word);
    }
    if (slot.empty()) failure_ = "a part without a word";
    return slot;
  }

  static bool too_short(const RuleWord& word) {
    const bool open = word.kind == RuleWord::Kind::prefix || word.kind == RuleWord::Kind::suffix;
    return word.text.empty() || (open && word.text.size() < 3);
  }

  // The set's single words in one slot, each of its phrases an alternative of its own.
  RuleSegment parse_set(std::string_view name) {
    RuleSegment segment;
    RuleSlot single;
    for (const std::string& entry : words_of(name)) {
      if (entry.find(' ') == std::string::npos) {
        const RuleSlot slot = parse_slot(entry);
        single.insert(single.end(), slot.begin(), slot.end());
        continue;
      }
      RulePhrase phrase;
      for (const std::string_view word : split(entry, " ")) phrase.push_back(parse_slot(word));
      segment.push_back(std::move(phrase));
    }
    if (!single.empty()) segment.push_back({single});
    return segment;
  }

  void add_single_words(std::string_view name, RuleSlot& slot) {
    for (const std::string& entry : words_of(name)) {
      if (entry.find(' ') == std::string::npos) slot.push_back(parse_word(entry));
      else failure_ = fmt::format("set \"{}\" holds a phrase, \"{}\": it can only stand alone", name, entry);
    }
  }

  const std::vector<std::string>& words_of(std::string_view name) {
    static const std::vector<std::string> none;
    const auto found = std::find_if(sets_.begin(), sets_.end(), [&](const auto& s) { return s.name == name; });
    if (found != sets_.end()) return found->words;
    failure_ = fmt::format("no set is named \"{}\"", name);
    return none;
  }

  const std::vector<config::WordSet>& sets_;
  std::string failure_;
};

}  // namespace

base::Result<RulePattern> parse_pattern(std::string_view term, const std::vector<config::WordSet>& sets) {
  return Parser(sets).parse(term);
}

}  // namespace sotevahti::tag
