// The language in which the rules of tags.d are written, taken apart:
// "avustus ... haku|hakea" is two segments, each of alternatives, that stand in one
// sentence in any order. Pure; any thread.
#pragma once
#include <boost/container/small_vector.hpp>
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

// Most patterns are one word, and thousands are taken apart at each start.
template <class T>
using MostlyOne = boost::container::small_vector<T, 1>;

using RuleSlot = MostlyOne<RuleWord>;       // any of them
using RulePhrase = MostlyOne<RuleSlot>;     // one after the other
using RuleSegment = MostlyOne<RulePhrase>;  // any of them

struct RulePattern {
  MostlyOne<RuleSegment> segments;  // all in one sentence
};

constexpr std::size_t most_segments = 3;

// "@name" stands for the words of that set.
base::Result<RulePattern> parse_pattern(std::string_view term, const std::vector<config::WordSet>& sets);

}  // namespace sotevahti::tag
