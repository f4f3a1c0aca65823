#include "archive/terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sotevahti::archive {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

class TermsTest : public testing::Test {
 protected:
  // Terms by place, and what stands there.
  struct PlaceTerms {
    std::string words;
    std::vector<std::string> terms;
  };
  std::vector<PlaceTerms> terms(const std::string& text, const std::string& lang = "fi") {
    std::vector<PlaceTerms> places;
    each_term(text, lang, *lexicon_, [&](const Term& term) {
      if (!term.same_place) places.push_back({text.substr(term.begin, term.end - term.begin), {}});
      EXPECT_EQ(places.back().words, text.substr(term.begin, term.end - term.begin));
      places.back().terms.emplace_back(term.term);
      return true;
    });
    return places;
  }

  std::unique_ptr<text::Lexicon> lexicon_ = std::move(*text::Lexicon::open(std::size_t{4} << 20));
};

TEST_F(TermsTest, AWordStandsUnderItsLemmaAndItsParts) {
  const auto places = terms("Järjestöavustusten haku");
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].words, "Järjestöavustusten");
  EXPECT_THAT(places[0].terms, AllOf(Contains("järjestöavustus"), Contains("avustus"), Contains("järjestö")));
  EXPECT_EQ(places[0].terms.front(), "järjestöavustus") << "the lemma first";
  EXPECT_THAT(places[1].terms, Contains("haku"));
}

TEST_F(TermsTest, LettersAreNeverFolded) {
  EXPECT_THAT(terms("Hämeen häät")[1].terms, AllOf(Contains("hää"), Not(Contains("haat")), Not(Contains("haa"))));
  EXPECT_THAT(terms("sjukhuset på Åland", "sv")[2].terms, Not(Contains("aland")));
}

TEST_F(TermsTest, AHangingHyphenTakesTheHeadOfTheNextCompound) {
  EXPECT_THAT(terms("sosiaali- ja terveydenhuolto")[0].terms, Contains("sosiaalihuolto"));
  EXPECT_THAT(terms("sosiaali-, terveys- ja pelastuspalvelut")[0].terms, Contains("sosiaalipalvelu"));
  EXPECT_THAT(terms("sosiaali ja terveydenhuolto")[0].terms, Not(Contains("sosiaalihuolto")));
  EXPECT_THAT(terms("ilta- ja 24/7-palvelut")[0].terms, Contains("iltapalvelu"));
}

TEST_F(TermsTest, NumbersAndUnknownWordsStandAsTheyAre) {
  EXPECT_THAT(terms("2026")[0].terms, ElementsAre("2026"));
  EXPECT_THAT(terms("Xyzzyq")[0].terms, Contains("xyzzyq"));
}

TEST_F(TermsTest, HostileTextIsBounded) {
  const std::string word(1 << 20, 'a');
  for (const auto& place : terms(word)) {
    for (const std::string& term : place.terms) EXPECT_LE(term.size(), 64U);
  }
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "sana ";
  EXPECT_EQ(terms(many).size(), 100000U);
}

TEST_F(TermsTest, WrittenTermsReadBackAsTheyWere) {
  const std::string text = "Sosiaali- ja terveydenhuollon järjestämislaki 2021, HUS:n osalta.";
  std::vector<std::pair<std::string, bool>> direct, back;
  each_term(text, "fi", *lexicon_, [&](const Term& term) {
    direct.emplace_back(term.term, term.same_place);
    return true;
  });
  each_written_term(write_terms(text, "fi", *lexicon_), [&](const Term& term) {
    back.emplace_back(term.term, term.same_place);
    return true;
  });
  EXPECT_EQ(back, direct);
  EXPECT_GT(back.size(), 8U);
}

TEST_F(TermsTest, AQuestionAsksForLemmasInEveryLanguage) {
  const std::string terms = question_terms("avustuksia", "", *lexicon_);
  EXPECT_THAT(terms, testing::HasSubstr("avustus"));
  EXPECT_THAT(question_terms("bidraget", "sv", *lexicon_), testing::HasSubstr("bidrag"));
}

TEST_F(TermsTest, AStemBeginsTheLemmasOfItsInflections) {
  EXPECT_THAT(lemmas_of_stem("avustuks", *lexicon_), Contains("avustus"));
  EXPECT_THAT(lemmas_of_stem("avustu", *lexicon_), Not(Contains("avustus"))) << "its lemma begins with it";
}

TEST_F(TermsTest, PlacesAreNumberedAsThoseOfTerms) {
  const std::string text = "Sosiaali- ja terveydenhuollon järjestöavustukset 2026: HUS:n 1 200 €. " +
                           std::string(90, 'x') + " L'Aquila, vård-\nområdet; 12/2026 – ääneen!";
  std::vector<std::pair<std::uint32_t, std::uint32_t>> of_terms, of_places;
  for (const char* lang : {"fi", "sv", "en"}) {
    of_terms.clear();
    of_places.clear();
    each_term(text, lang, *lexicon_, [&](const Term& term) {
      if (!term.same_place) of_terms.emplace_back(term.begin, term.end);
      return true;
    });
    each_place(text, [&](const Term& term) {
      of_places.emplace_back(term.begin, term.end);
      return true;
    });
    EXPECT_GT(of_places.size(), 10U);
    EXPECT_EQ(of_places, of_terms) << lang;
  }
}

TEST_F(TermsTest, FormsAreComparedAsWords) {
  EXPECT_TRUE(says_form("Uusi Avustus jaettiin.", "avustus"));
  EXPECT_FALSE(says_form("Uusi avustuslaki.", "avustus"));
  EXPECT_TRUE(says_form("HUS:n talous", "hus:n"));
  EXPECT_FALSE(says_form("", "avustus"));
}

TEST_F(TermsTest, MarksNameWhatTheEntryIs) {
  std::vector<std::string> marks;
  each_written_term(std::string_view(marks_column(7, "sv", "lappi hus", "hyte", true)).substr(1),
                    [&](const Term& term) {
                      marks.emplace_back(term.term);
                      return true;
                    });
  EXPECT_THAT(marks,
              ElementsAre("@all", "@feed:7", "@lang:sv", "@area:lappi", "@area:hus", "@topic:hyte", "@has:deadline"));
}

}  // namespace
}  // namespace sotevahti::archive
