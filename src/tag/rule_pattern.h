// The language in which the rules of tags.d are written, taken apart:
// "avustus ... haku|hakea" is two segments, each of alternatives, that stand in one
// sentence in any order. Pure; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/taxonomy.h"

namespace sotevahti::tag {

// One word of a rule.
struct RuleWord {
  enum class Kind {
    lemma,       // avustus: any inflection, and compounds of which it is a part
    exact,       // =ruotsiksi: the form, in whatever case
    exact_case,  // =HUS: the form with its capitals
    prefix,      // barnskydd*
    suffix,      // *vård
    number,      // #
    place,       // {place}: any name of the gazetteer
  };
  Kind kind = Kind::lemma;
  std::string text;
  bool capital = false;  // written with a capital: the word must have one too

  friend auto operator<=>(const RuleWord&, const RuleWord&) = default;
};

using RuleSlot = std::vector<RuleWord>;       // any of them
using RulePhrase = std::vector<RuleSlot>;     // one after the other
using RuleSegment = std::vector<RulePhrase>;  // any of them

struct RulePattern {
  std::vector<RuleSegment> segments;  // all in one sentence
};

constexpr std::size_t most_segments = 3;

// "@name" stands for the words of that set.
base::Result<RulePattern> parse_pattern(std::string_view term, const std::vector<config::WordSet>& sets);

}  // namespace sotevahti::tag
