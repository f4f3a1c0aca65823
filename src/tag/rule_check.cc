#include "tag/rule_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "tag/rule_pattern.h"

namespace sotevahti::tag {
namespace {

class Checker {
 public:
  Checker(const config::Taxonomy& taxonomy, text::Lexicon& lexicon) : taxonomy_(taxonomy), lexicon_(lexicon) {}

  std::vector<std::string> run() {
    for (const auto* topics : {&taxonomy_.topics, &taxonomy_.relevance})
      for (const config::Topic& topic : *topics)
        for (const config::TopicRules& rules : topic.rules) check(topic, rules);
    for (const config::WordSet& set : taxonomy_.sets) check(set);
    return std::move(complaints_);
  }

 private:
  void check(const config::Topic& topic, const config::TopicRules& rules) {
    where_ = fmt::format("{}:{}", topic.file.string(), rules.line);
    lang_ = rules.lang;
    for (const auto* terms : {&rules.strong, &rules.title, &rules.weak, &rules.except})
      for (const std::string& term : *terms) check_term(topic.id, term);
    for (const auto& [term, other] : rules.with) {
      check_term(topic.id, term);
      check_term(topic.id, other);
    }
  }

  // Of a set that says its language in its name: venue_fi.
  void check(const config::WordSet& set) {
    const std::size_t underscore = set.name.rfind('_');
    lang_ = underscore == std::string::npos ? "" : set.name.substr(underscore + 1);
    if (lang_ != "fi" && lang_ != "sv") return;
    where_ = fmt::format("{}:{}", set.file.string(), set.line);
    for (const std::string& term : set.words) check_term("set " + set.name, term);
  }

  void check_term(const std::string& owner, const std::string& term) {
    const auto pattern = parse_pattern(term, taxonomy_.sets);
    if (!pattern) return complain(owner, pattern.error().message);
    for (const RuleSegment& segment : pattern->segments)
      for (const RulePhrase& phrase : segment)
        for (const RuleSlot& slot : phrase)
          for (const RuleWord& word : slot) check_word(owner, term, word);
  }

  // A lemma that is another word's form would never be met.
  void check_word(const std::string& owner, const std::string& term, const RuleWord& word) {
    if (word.kind != RuleWord::Kind::lemma || lang_ == "en") return;
    if (text::tokenize(word.text).size() != 1)
      return complain(owner, fmt::format("\"{}\" in \"{}\" is never one word of a text", word.text, term));
    const text::Analysis& analysis = lexicon_.analyze(word.text, lang_);
    if (!analysis.known || is_in(analysis.lemmas, word.text) || is_in(analysis.parts, word.text)) return;
    complain(owner, fmt::format("\"{}\" in \"{}\" is no dictionary form and can never match: write \"{}\" or \"={}\"",
                                word.text, term, analysis.lemmas.front(), word.text));
  }

  static bool is_in(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }

  void complain(const std::string& owner, const std::string& what) {
    complaints_.push_back(fmt::format("{}: {}: {}", where_, owner, what));
  }

  const config::Taxonomy& taxonomy_;
  text::Lexicon& lexicon_;
  std::string where_, lang_;
  std::vector<std::string> complaints_;
};

}  // namespace

std::vector<std::string> check_rules(const config::Taxonomy& taxonomy, text::Lexicon& lexicon) {
  return Checker(taxonomy, lexicon).run();
}

}  // namespace sotevahti::tag
