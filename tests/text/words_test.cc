#include "text/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace sotevahti::text {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> surfaces(std::string_view text) {
  std::vector<std::string> words;
  for (const Token& token : tokenize(text)) words.emplace_back(token.surface);
  return words;
}

TEST(Tokenize, HyphenApostropheAndColonJoinInsideAWordOnly) {
  EXPECT_THAT(surfaces("Etelä-Pohjanmaalla, sosiaali- ja HUS:n klo 15:45 21:stä S:t vaa'an –tauko"),
              ElementsAre("Etelä-Pohjanmaalla", "sosiaali", "ja", "HUS:n", "klo", "15", "45", "21:stä", "S:t", "vaa'an",
                          "tauko"));
}

TEST(Tokenize, SoftHyphensAndCombiningMarksStayInsideTheWord) {
  EXPECT_THAT(surfaces("hyvin\u00ADvointi a\u0308iti"), ElementsAre("hyvin\u00ADvointi", "a\u0308iti"));
}

TEST(Tokenize, TellsCapitalsAndSentenceStarts) {
  const auto tokens = tokenize("Lahti puhui. Salossa HUS:n työ, HUSin");
  ASSERT_EQ(tokens.size(), 6U);
  EXPECT_TRUE(tokens[0].sentence_start);
  EXPECT_FALSE(tokens[1].sentence_start);
  EXPECT_TRUE(tokens[2].sentence_start && tokens[2].capital && !tokens[2].all_capitals);
  EXPECT_TRUE(tokens[3].all_capitals);
  EXPECT_FALSE(tokens[4].capital);
  EXPECT_FALSE(tokens[5].all_capitals);
  EXPECT_EQ(tokens[5].begin, std::string("Lahti puhui. Salossa HUS:n työ, ").size());
}

TEST(Tokenize, AnythingIsCutIntoTokensInsideTheText) {
  for (const std::string text :
       {"", "\xC3", "a\xFF\xFE b", "-", ":::", "a:", "-a-", "\xF0\x9F\x98\x80 hei\xF0\x9F\x98\x80", "\xE2\x80"}) {
    std::uint32_t last = 0;
    for (const Token& token : tokenize(text)) {
      EXPECT_LE(last, token.begin) << text;
      EXPECT_LT(token.begin, token.end) << text;
      EXPECT_LE(token.end, text.size()) << text;
      last = token.end;
    }
  }
}

TEST(Tokenize, IsLinear) {
  const std::string word(1 << 20, 'a');
  EXPECT_EQ(tokenize(word).size(), 1U);
  std::string joined;
  for (int i = 0; i < 300'000; ++i) joined += "a-:";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_GT(tokenize(joined).size(), 0U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST(Lower, KeepsTheLettersOfTheirOwn) { EXPECT_EQ(lower("ÄÖÅ HYVÄKSYI Šš ÉΩЖ 12"), "äöå hyväksyi šš éωж 12"); }

class Unfinished : public testing::Test {
 protected:
  std::vector<std::string> at(std::string_view text, std::size_t token, std::string_view lang = "fi") {
    return unfinished_compounds(text, tokenize(text), token, lang, *lexicon_);
  }
  std::unique_ptr<Lexicon> lexicon_ = std::move(Lexicon::open(1 << 20).value());
};

TEST_F(Unfinished, FirstWordTakesTheEndOfTheCompound) {
  EXPECT_THAT(at("sosiaali- ja terveydenhuollon palvelut", 0), ElementsAre("sosiaalihuolto"));
  EXPECT_THAT(at("vanhus- tai vammaispalvelulaki", 0), Contains("vanhuspalvelulaki"));
}

TEST_F(Unfinished, ListsAreFinishedByTheirLastWord) {
  EXPECT_THAT(at("lasten-, nuorten- ja perhepalvelut", 0), ElementsAre("lastenpalvelu"));
  EXPECT_THAT(at("lasten-, nuorten- ja perhepalvelut", 1), ElementsAre("nuortenpalvelu"));
}

TEST_F(Unfinished, LastWordTakesTheBeginning) {
  EXPECT_THAT(at("aluevaltuusto ja -hallitus", 2), ElementsAre("aluehallitus"));
}

TEST_F(Unfinished, SwedishTheSame) { EXPECT_THAT(at("social- och hälsovården", 0, "sv"), ElementsAre("socialvård")); }

TEST_F(Unfinished, NothingWhereNothingIsLeftOut) {
  EXPECT_THAT(at("sosiaali ja terveydenhuolto", 0), IsEmpty());
  EXPECT_THAT(at("sosiaali- on terveydenhuolto", 0), IsEmpty());
  EXPECT_THAT(at("Etelä- ja", 0), IsEmpty());
  EXPECT_THAT(at("ja -hallitus", 1), IsEmpty());
  EXPECT_THAT(at("sosiaali-", 0), IsEmpty());
}

}  // namespace
}  // namespace sotevahti::text
