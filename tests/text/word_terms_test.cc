#include "text/word_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace sotevahti::text {
namespace {

using testing::ElementsAre;

Analysis word(std::vector<std::string> lemmas, std::vector<std::string> parts = {}) {
  Analysis analysis;
  analysis.lemmas = std::move(lemmas);
  analysis.parts = std::move(parts);
  return analysis;
}

TEST(WordTerms, AreLemmasThenPartsEachOnce) {
  const WordTerms terms = word_terms("Valitusten", word({"valitus", "valittaa"}, {"valitus", "työ"}));
  EXPECT_EQ(terms.row, "valitus|valittaa|työ");
  EXPECT_EQ(terms.lemmas, 2);
  EXPECT_FALSE(terms.whole) << "a part is left out";
}

TEST(WordTerms, AreReadBackAsTheyWere) {
  Analysis before = word({"järjestöavustus"}, {"järjestö", "avustus"});
  before.genitive = before.any_case = true;
  const WordTerms terms = word_terms("järjestöavustuksen", before);
  ASSERT_TRUE(terms.whole);
  const Analysis after = analysis_of(terms, before);
  EXPECT_EQ(after.lemmas, before.lemmas);
  EXPECT_EQ(after.parts, before.parts);
  EXPECT_TRUE(after.genitive && after.any_case);
  EXPECT_FALSE(after.place_name || after.local_case || after.known);
}

TEST(WordTerms, OfNumbersAndOfNoWordsAreThemselves) {
  EXPECT_EQ(word_terms("2026-Luku", word({"luku"})).row, "2026-luku");
  const std::string endless = std::string(63, 'a') + "ä" + std::string(200, 'b');
  EXPECT_EQ(word_terms(endless, word({endless})).row, std::string(63, 'a')) << "no half letter";
  EXPECT_FALSE(word_terms(endless, word({endless})).whole);
}

TEST(WordTerms, AreBounded) {
  std::vector<std::string> many;
  for (int i = 0; i < 100; ++i) many.push_back("lemma" + std::to_string(i));
  const WordTerms terms = word_terms("sana", word(many, {"osa"}));
  EXPECT_EQ(static_cast<std::size_t>(std::count(terms.row.begin(), terms.row.end(), '|')) + 1, most_terms);
  EXPECT_FALSE(terms.whole);
  std::string row = terms.row;
  add_term(row, "viimeinen");
  EXPECT_EQ(row, terms.row);
  EXPECT_FALSE(word_terms("sana", word({std::string(65, 'x')})).whole) << "cut";
}

TEST(WordTerms, TheLastPartIsACompoundsHead) {
  EXPECT_EQ(last_part(word_terms("x", word({"terveydenhuolto"}, {"terveys", "huolto"}))), "huolto");
  EXPECT_EQ(last_part(word_terms("x", word({"etäpalvelu", "etäpalvella"}, {"palvelu"}))), "");
  EXPECT_EQ(last_part(word_terms("x", word({"huolto", "huoltaa", "huoltua"}))), "");
  EXPECT_EQ(last_part(WordTerms()), "");
}

TEST(WordTerms, AreAddedOnce) {
  std::string row;
  for (const char* term : {"sosiaali", "", "sosiaali", "sosiaalihuolto"}) add_term(row, term);
  EXPECT_EQ(row, "sosiaali|sosiaalihuolto");
}

}  // namespace
}  // namespace sotevahti::text
