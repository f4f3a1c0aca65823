#include "tag/rule_pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sotevahti::tag {
namespace {

using Kind = RuleWord::Kind;
const std::vector<config::WordSet> sets = {{"closing", {"sulkea", "lakkauttaa", "lägga ner"}, "topics.toml", 1}};

RulePattern parsed(std::string_view term) { return parse_pattern(term, sets).value(); }
std::string refused(std::string_view term) {
  const auto pattern = parse_pattern(term, sets);
  return pattern ? "" : pattern.error().message;
}

TEST(RulePattern, OneWord) {
  const RulePattern pattern = parsed("avustus");
  ASSERT_EQ(pattern.segments.size(), 1U);
  ASSERT_EQ(pattern.segments[0].size(), 1U);
  EXPECT_EQ(pattern.segments[0][0], (RulePhrase{{{Kind::lemma, "avustus", false}}}));
}

TEST(RulePattern, KindsOfWords) {
  const auto word = [](std::string_view term) { return parsed(term).segments[0][0][0][0]; };
  EXPECT_EQ(word("=ruotsiksi"), (RuleWord{Kind::exact, "ruotsiksi", false}));
  EXPECT_EQ(word("=HUS"), (RuleWord{Kind::exact_case, "HUS", false}));
  EXPECT_EQ(word("barnskydd*"), (RuleWord{Kind::prefix, "barnskydd", false}));
  EXPECT_EQ(word("*vård"), (RuleWord{Kind::suffix, "vård", false}));
  EXPECT_EQ(word("#").kind, Kind::number);
  EXPECT_EQ(word("{place}").kind, Kind::place);
  EXPECT_EQ(word("Kansa"), (RuleWord{Kind::lemma, "kansa", true}));
}

TEST(RulePattern, PhrasesAlternativesAndParts) {
  const RulePattern pattern = parsed("avustus haku|hakea ... yhdistys");
  ASSERT_EQ(pattern.segments.size(), 2U);
  EXPECT_EQ(pattern.segments[0][0].size(), 2U);
  EXPECT_EQ(pattern.segments[0][0][1].size(), 2U);
  EXPECT_EQ(pattern.segments[1][0][0][0].text, "yhdistys");
}

TEST(RulePattern, ASetStandsForItsWordsAndItsPhrases) {
  const RuleSegment segment = parsed("@closing").segments[0];
  ASSERT_EQ(segment.size(), 2U);
  EXPECT_EQ(segment[0].size(), 2U) << "lägga ner";
  EXPECT_EQ(segment[1][0].size(), 2U) << "sulkea, lakkauttaa";
  EXPECT_EQ(parsed("asema ...  @closing ").segments[1], segment) << "spaces to spare";
}

TEST(RulePattern, RefusesWhatCannotMatch) {
  EXPECT_THAT(refused(""), testing::HasSubstr("no word"));
  EXPECT_THAT(refused("avustus ... "), testing::Not(testing::HasSubstr("segfault")));
  EXPECT_THAT(refused("@opening"), testing::HasSubstr("no set is named \"opening\""));
  EXPECT_THAT(refused("asema|@closing"), testing::HasSubstr("it can only stand alone"));
  EXPECT_THAT(refused("a ... b ... c ... d"), testing::HasSubstr("more than 3 parts"));
  EXPECT_THAT(refused("ab*"), testing::HasSubstr("meets too much"));
  EXPECT_THAT(refused("="), testing::HasSubstr("meets too much"));
}

}  // namespace
}  // namespace sotevahti::tag
