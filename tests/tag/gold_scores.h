// A gold file of labelled entries, tagged and scored. The measures are those of the
// evaluation set's own scorer: labels that are "maybe" are neither asked for nor wrong, and
// an entry that neither side holds relevant is left out.
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "tag/tagger.h"

namespace sotevahti::tag::testing {

struct Counts {
  int right = 0;
  int wrong = 0;  // told, but not in the gold
  int missed = 0;

  double precision() const { return right + wrong == 0 ? 1 : static_cast<double>(right) / (right + wrong); }
  double recall() const { return right + missed == 0 ? 1 : static_cast<double>(right) / (right + missed); }
  double f1() const {
    const double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }
};

struct Scores {
  int entries = 0;
  int relevant = 0;
  Counts areas, topics, relevance, deadlines, stories;
  std::map<std::string, Counts> by_topic;
  int languages_right = 0;

  // Over the topics that the gold has.
  double topics_macro_f1() const;
  double language_accuracy() const { return entries == 0 ? 1 : static_cast<double>(languages_right) / entries; }
  // A line for each measure.
  std::string table() const;
};

Scores score(const std::filesystem::path& gold, Tagger& tagger);

}  // namespace sotevahti::tag::testing
