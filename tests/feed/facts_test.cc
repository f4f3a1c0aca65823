#include "feed/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feed/numeric_date.h"

namespace sotevahti::feed {
namespace {

using testing::ElementsAre;

TEST(Facts, DatesInEveryForm) {
  EXPECT_THAT(facts_of("Kokous on 9.2.2026"), ElementsAre("date 2026-02-09"));
  EXPECT_THAT(facts_of("09.02.2026."), ElementsAre("date 2026-02-09"));
  EXPECT_THAT(facts_of("9. helmikuuta 2026"), ElementsAre("date 2026-02-09"));
  EXPECT_THAT(facts_of("den 9 februari 2026"), ElementsAre("date 2026-02-09"));
  EXPECT_THAT(facts_of("2026-02-09"), ElementsAre("date 2026-02-09"));
  EXPECT_THAT(facts_of("14.11.–5.12."), ElementsAre("date --11-14", "date --12-05"));
  EXPECT_THAT(facts_of("18.8.-18.9.2025"), ElementsAre("date --08-18", "date 2025-09-18"));
  EXPECT_THAT(facts_of("7. tammikuuta"), ElementsAre("date --01-07"));
}

TEST(Facts, Times) {
  EXPECT_THAT(facts_of("klo 15.45"), ElementsAre("time 15:45"));
  EXPECT_THAT(facts_of("kello 12 mennessä"), ElementsAre("time 12:00"));
  EXPECT_THAT(facts_of("kl. 16.00"), ElementsAre("time 16:00"));
  EXPECT_THAT(facts_of("15:45"), ElementsAre("time 15:45"));
  EXPECT_THAT(facts_of("15.45"), ElementsAre("number 15.45"));
  EXPECT_THAT(facts_of("klo 23.59"), ElementsAre("time 23:59"));
  for (const std::string_view text : {"klo 12.60", "12:60", "klo 25", "klo 25.10", "12:5"})
    for (const std::string& fact : facts_of(text)) EXPECT_FALSE(fact.starts_with("time")) << text << ": " << fact;
}

TEST(Facts, SumsAreOneNumberHoweverWritten) {
  for (const std::string_view text : {"2,4 miljoonaa euroa", "2,4 milj. euroa", "2,4 miljoner euro", "2 400 000 euroa",
                                      "2 400 000 €", "2.4 million euros", "2400000 eur", "2,40 milj. €"}) {
    EXPECT_THAT(facts_of(text), ElementsAre("sum 2400000 eur")) << text;
  }
  EXPECT_THAT(facts_of("1,25 miljardia euroa"), ElementsAre("sum 1250000000 eur"));
  EXPECT_THAT(facts_of("12,50 e"), ElementsAre("sum 12.5 eur"));
}

TEST(Facts, SharesAndNumbers) {
  EXPECT_THAT(facts_of("5,5 prosenttia"), ElementsAre("share 5.5 %"));
  EXPECT_THAT(facts_of("5,5 %"), ElementsAre("share 5.5 %"));
  EXPECT_THAT(facts_of("14 kuntaa"), ElementsAre("number 14"));
  EXPECT_THAT(facts_of("vuosille 2026–2029"), ElementsAre("number 2026", "number 2029"));
  EXPECT_THAT(facts_of("Dnro 5146/01.04.00/2023"), ElementsAre("number 5146/01.04.00/2023"));
  EXPECT_THAT(facts_of("viikolla 4/2026"), ElementsAre("number 4/2026"));
  EXPECT_THAT(facts_of("007"), ElementsAre("number 7"));
}

TEST(Facts, AreSortedOnceAndBounded) {
  EXPECT_THAT(facts_of("3 ja 2 ja 3"), ElementsAre("number 2", "number 3"));
  EXPECT_TRUE(facts_of("").empty());
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += std::to_string(i) + " x ";
  EXPECT_LE(facts_of(many).size(), 400U);
}

TEST(ContentHash, TypographyMakesNoDifference) {
  const auto plain = content_hash("\"Sote\" - uudistus", "A ja B.");
  EXPECT_EQ(content_hash("”Sote” – uudistus", "A  ja\u00A0B"), plain);
  EXPECT_EQ(content_hash("Sote uudis\u00ADtus", "a ja b"), plain);
  EXPECT_NE(content_hash("Sote uudistus", "A ja C."), plain);
  EXPECT_NE(content_hash("Sote", "uudistus A ja B."), plain);
  EXPECT_NE(content_hash("1,5", ""), content_hash("15", ""));
}

TEST(NumericDates, AreWhole) {
  const auto date = numeric_date_at("x 29.2.2024 y", 2);
  ASSERT_TRUE(date);
  EXPECT_TRUE(date->whole());
  EXPECT_EQ(date->end, 11U);
  EXPECT_FALSE(numeric_date_at("29.2.2023", 0)->whole());
  EXPECT_FALSE(numeric_date_at("13.13.2023", 0));
  EXPECT_FALSE(numeric_date_at("1.2", 0));
  EXPECT_FALSE(numeric_date_at("1.2.3", 0));
}

}  // namespace
}  // namespace sotevahti::feed
