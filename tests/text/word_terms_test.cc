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
  const WordTerms terms("Valitusten", word({"valitus", "valittaa"}, {"valitus", "työ"}));
  EXPECT_EQ(terms.row(), "valitus|valittaa|työ");
  EXPECT_FALSE(terms.whole()) << "a part is left out";
}

TEST(WordTerms, AreReadBackAsTheyWere) {
  Analysis before = word({"järjestöavustus"}, {"järjestö", "avustus"});
  before.genitive = before.any_case = true;
  const WordTerms terms("järjestöavustuksen", before);
  ASSERT_TRUE(terms.whole());
  const Analysis after = terms.analysis(before);
  EXPECT_EQ(after.lemmas, before.lemmas);
  EXPECT_EQ(after.parts, before.parts);
  EXPECT_TRUE(after.genitive && after.any_case);
  EXPECT_FALSE(after.place_name || after.local_case || after.known);
}

TEST(WordTerms, OfNumbersAndOfNoWordsAreThemselves) {
  EXPECT_EQ(WordTerms("2026-Luku", word({"luku"})).row(), "2026-luku");
  const std::string endless = std::string(63, 'a') + "ä" + std::string(200, 'b');
  EXPECT_EQ(WordTerms(endless, word({endless})).row(), std::string(63, 'a')) << "no half letter";
  EXPECT_FALSE(WordTerms(endless, word({endless})).whole());
}

TEST(WordTerms, AreBounded) {
  std::vector<std::string> many;
  for (int i = 0; i < 100; ++i) many.push_back("lemma" + std::to_string(i));
  const WordTerms terms("sana", word(many, {"osa"}));
  EXPECT_EQ(static_cast<std::size_t>(std::count(terms.row().begin(), terms.row().end(), '|')) + 1, most_terms);
  EXPECT_FALSE(terms.whole());
  std::string row(terms.row());
  add_term(row, "viimeinen");
  EXPECT_EQ(row, terms.row());
  EXPECT_FALSE(WordTerms("sana", word({std::string(65, 'x')})).whole()) << "cut";
}

TEST(WordTerms, HaveACompoundsHead) {
  EXPECT_EQ(WordTerms("x", word({"terveydenhuolto"}, {"terveys", "huolto"})).head(), "huolto");
  EXPECT_EQ(WordTerms("x", word({"etäpalvelu", "etäpalvella"}, {"palvelu"})).head(), "");
  EXPECT_EQ(WordTerms("x", word({"huolto", "huoltaa", "huoltua"})).head(), "");
  EXPECT_EQ(WordTerms().head(), "");
  const WordTerms repeated("x", word({"huolto"}, {"terveys", "huolto"}));
  EXPECT_EQ(repeated.head(), "huolto") << "a lemma as well";
  EXPECT_EQ(repeated.row(), "huolto|terveys");
  const WordTerms number("24-tuntispalvelut", word({"24-tuntispalvelu"}, {"24", "tuntispalvelu"}));
  EXPECT_EQ(number.row(), "24-tuntispalvelut");
  EXPECT_EQ(number.head(), "tuntispalvelu") << "though it stands as it is";
  const WordTerms sixth("6-osa", word({"6-osa"}, {"6", "kuusiosa"}));
  EXPECT_EQ(sixth.row(), "6-osa");
  EXPECT_EQ(sixth.head(), "kuusiosa") << "where it is no term of the row";
}

TEST(WordTerms, AreAddedOnce) {
  std::string row;
  for (const char* term : {"sosiaali", "", "sosiaali", "sosiaalihuolto"}) add_term(row, term);
  EXPECT_EQ(row, "sosiaali|sosiaalihuolto");
}

}  // namespace
}  // namespace sotevahti::text
