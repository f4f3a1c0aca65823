// The tagger against labelled entries: our own set, and the evaluation set where it is there.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>

#include "gold_scores.h"
#include "tagging.h"

namespace sotevahti::tag::testing {
namespace {

TEST(Gold, OwnSet) {
  const Scores scores = score(SOTEVAHTI_TEST_DATA "/gold.jsonl", tagger());
  std::cout << scores.table();
  EXPECT_GE(scores.entries, 250);
  EXPECT_GE(scores.entries - scores.relevant, 60) << "hard negatives";
  EXPECT_GE(scores.areas.f1(), 0.97);
  EXPECT_GE(scores.topics.f1(), 0.92);
  EXPECT_GE(scores.topics_macro_f1(), 0.90);
  EXPECT_GE(scores.relevance.f1(), 0.98);
  EXPECT_GE(scores.language_accuracy(), 0.99);
  EXPECT_GE(scores.deadlines.precision(), 0.95);
  EXPECT_GE(scores.deadlines.recall(), 0.90);
  EXPECT_GE(scores.stories.precision(), 0.97);
  EXPECT_GE(scores.stories.recall(), 0.80);
}

// Written without a look at the rules; before these were widened by what it showed, topics came to
// 0.87, 0.84, 0.93, 0.89, 0.88, 0.81, 0.83 and 0.92 in its eight parts.
TEST(Gold, SecondSet) {
  const Scores scores = score(SOTEVAHTI_TEST_DATA "/gold_2.jsonl", tagger());
  std::cout << scores.table();
  EXPECT_GE(scores.entries, 250);
  EXPECT_GE(scores.areas.f1(), 0.96);
  EXPECT_GE(scores.topics.f1(), 0.92);
  EXPECT_GE(scores.topics_macro_f1(), 0.92);
  EXPECT_GE(scores.relevance.f1(), 0.98);
  EXPECT_GE(scores.language_accuracy(), 0.99);
  EXPECT_GE(scores.deadlines.precision(), 0.95);
  EXPECT_GE(scores.deadlines.recall(), 0.90);
}

TEST(Gold, EvaluationSet) {
  const std::filesystem::path file = SOTEVAHTI_SOURCE_DIR "/../shared/eval/dev.jsonl";
  if (!std::filesystem::exists(file)) {
    std::cout << "no ../shared here\n";
    GTEST_SKIP();
  }
  const Scores scores = score(file, tagger());
  std::cout << scores.table();
  EXPECT_GE(scores.areas.f1(), 0.96);
  EXPECT_GE(scores.topics.f1(), 0.88);
  EXPECT_GE(scores.topics_macro_f1(), 0.85);
  EXPECT_GE(scores.relevance.f1(), 0.97);
  EXPECT_GE(scores.language_accuracy(), 0.99);
}

}  // namespace
}  // namespace sotevahti::tag::testing
