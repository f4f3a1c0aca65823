#include "tag/deadline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <set>
#include <sstream>

#include "base/zone.h"

namespace sotevahti::tag {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

std::chrono::year_month_day day(std::string_view iso) { return base::parse_iso_date(iso).value(); }

std::string name_of(DeadlineKind kind) {
  constexpr const char* names[] = {"grant", "consultation", "registration", "application", "event"};
  return names[static_cast<int>(kind)];
}

// "2025-11-28:grant", by date.
std::vector<std::string> found(std::string_view title, std::string_view text, std::string_view lang,
                               std::string_view published) {
  std::vector<std::string> all;
  for (const Deadline& deadline : find_deadlines(title, text, lang, day(published)))
    all.push_back(base::to_iso_date(deadline.closes) + ":" + name_of(deadline.kind));
  return all;
}

TEST(Deadlines, PlainHyphenYearChangeMonthNameAndNoon) {
  const auto deadlines = find_deadlines("Avustushaku",
                                        "Haku avataan uudelleen 30.12.2025-7.1.2026. Hakemusten on oltava perillä "
                                        "7. tammikuuta kello 12 mennessä.",
                                        "fi", day("2025-12-29"));
  ASSERT_EQ(deadlines.size(), 1U);
  EXPECT_EQ(deadlines[0].closes, day("2026-01-07"));
  EXPECT_EQ(deadlines[0].opens, day("2025-12-30"));
  EXPECT_EQ(deadlines[0].time_of_day, 12h);
  EXPECT_EQ(deadlines[0].kind, DeadlineKind::grant);
}

TEST(Deadlines, YearComesFromThePublication) {
  EXPECT_THAT(
      found("Kohdeavustukset", "Haku avautuu 17. marraskuuta. Haku jatkuu 14. joulukuuta asti.", "fi", "2025-11-14"),
      ElementsAre("2025-12-14:grant"));
  EXPECT_THAT(found("Kohdeavustukset", "Avustusta voi hakea 14.11.–5.12.", "fi", "2025-11-01"),
              ElementsAre("2025-12-05:grant"));
  EXPECT_THAT(found("Kohdeavustukset", "Avustusta voi hakea 14.12.–5.1.", "fi", "2025-12-01"),
              ElementsAre("2026-01-05:grant"));
}

// A reminder on the last day is the one that matters most.
TEST(Deadlines, WhatClosesOnTheDayOfItsNewsIsAhead) {
  EXPECT_THAT(found("Avustushaku", "Avustusten haku päättyy 14.11.2025 klo 16.", "fi", "2025-11-14"),
              ElementsAre("2025-11-14:grant"));
  EXPECT_THAT(found("Avustushaku", "Avustusten haku päättyi 13.11.2025 klo 16.", "fi", "2025-11-14"), IsEmpty());
}

// What is said before one date is not said of the next one in the sentence.
TEST(Deadlines, WordsBeforeADateStayWithIt) {
  EXPECT_THAT(found("Avustushaku", "Hakuaika päättyy 28.11.2025, ja rahat ovat tilillä 15.1.2026.", "fi", "2025-11-03"),
              ElementsAre("2025-11-28:grant"));
  EXPECT_THAT(
      found("Järjestöpäivä", "Ilmoittaudu viimeistään 29.9.2025, ja laskut tulevat 15.10.2025.", "fi", "2025-09-10"),
      ElementsAre("2025-09-29:registration"));
  EXPECT_THAT(found("Bidrag", "Sista ansökningsdag är den 28 november 2025 och pengarna betalas den 15 januari 2026.",
                    "sv", "2025-11-03"),
              ElementsAre("2025-11-28:grant"));
}

TEST(Deadlines, ColonAndDotClocksInOneText) {
  const auto deadlines = find_deadlines("Järjestöavustukset",
                                        "Haku on avoinna 9.10.2023 – 3.11.2023 klo 15:45 saakka, ja liitteet "
                                        "toimitetaan viimeistään 3.11.2023 klo 15.45.",
                                        "fi", day("2023-10-02"));
  ASSERT_EQ(deadlines.size(), 1U);
  EXPECT_EQ(deadlines[0].time_of_day, 15h + 45min);
}

TEST(Deadlines, FigureDashAndASecondDeadline) {
  EXPECT_THAT(found("Avustushaku 2026",
                    "Haku on avoinna 1.8.‒1.9.2025 kello 12.00 asti, täydennysten takaraja 22.9.2025 klo 12.", "fi",
                    "2025-07-25"),
              ElementsAre("2025-09-01:grant", "2025-09-22:grant"));
}

TEST(Deadlines, SpansThatEndTheYear) {
  EXPECT_THAT(found("", "Avustuksia haetaan sähköisesti 20.10.–17.11.2025 välisenä aikana.", "fi", "2025-10-10"),
              ElementsAre("2025-11-17:grant"));
  EXPECT_THAT(
      found("Strategia", "Asukkaat voivat kommentoida luonnosta 18.8.-18.9.2025 välisenä aikana.", "fi", "2025-08-18"),
      ElementsAre("2025-09-18:consultation"));
}

TEST(Deadlines, MonthsThatEndInSwedish) {
  EXPECT_THAT(found("Servicesedel", "Företagen lämnar in sin ansökan före januari månads utgång.", "sv", "2026-01-07"),
              ElementsAre("2026-01-31:application"));
  EXPECT_THAT(found("Verksamhetspengar", "Föreningar kan anhålla om pengar fram till utgången av november.", "sv",
                    "2025-10-13"),
              ElementsAre("2025-11-30:application"));
}

TEST(Deadlines, AMonthsEndHasItsYear) {
  EXPECT_THAT(found("Understöd", "Ansökan lämnas in före december månads utgång 2025.", "sv", "2026-01-07"), IsEmpty());
  EXPECT_THAT(found("Understöd", "Ansökan lämnas in före mars månads utgång 2026.", "sv", "2026-01-07"),
              ElementsAre("2026-03-31:grant"));
}

TEST(Deadlines, PastTenseIsNoOpenDeadline) {
  EXPECT_THAT(found("Lausunnot", "Lausuntoaika päättyi 5.11.", "fi", "2025-11-05"), IsEmpty());
  EXPECT_THAT(found("Yttranden", "Remisstiden gick ut den 5 november.", "sv", "2025-11-05"), IsEmpty());
}

TEST(Deadlines, BudgetYearsDiaryNumbersAndNegotiationsAreNone) {
  EXPECT_THAT(found("Järjestöavustukset vuosille 2026–2029", "Asia 5146/01.04.00/2023.", "fi", "2025-11-05"),
              IsEmpty());
  EXPECT_THAT(found("Muutosneuvottelut", "Neuvottelut käydään 23.10.2023 - 3.12.2023.", "fi", "2023-10-16"), IsEmpty());
}

TEST(Deadlines, AMovedDeadlineIsMarkedSo) {
  const auto deadlines = find_deadlines("Järjestöavustusten hakuaikaa jatketaan", "Hakuaikaa jatketaan 7.1.2026 asti.",
                                        "fi", day("2025-12-10"));
  ASSERT_EQ(deadlines.size(), 1U);
  EXPECT_TRUE(deadlines[0].extended);
  EXPECT_FALSE(find_deadlines("Avustushaku", "Haku päättyy 7.1.2026.", "fi", day("2025-12-10")).at(0).extended);
}

TEST(Deadlines, QuoteAndEvidencePointIntoTheText) {
  const std::string text = "Rahaa on vähän. Hakuaika päättyy perjantaina 28.11.2025 klo 16. Lisätietoja saa.";
  const auto deadlines = find_deadlines("Avustukset haussa", text, "fi", day("2025-11-03"));
  ASSERT_EQ(deadlines.size(), 1U);
  EXPECT_EQ(deadlines[0].quote, "Hakuaika päättyy perjantaina 28.11.2025 klo 16.");
  EXPECT_EQ(deadlines[0].evidence.words, "28.11.2025 klo 16");
  EXPECT_EQ(text.substr(deadlines[0].evidence.begin, deadlines[0].evidence.words.size()), "28.11.2025 klo 16");
  EXPECT_EQ(deadlines[0].evidence.field, Field::text);
}

TEST(Deadlines, ImpossibleDatesAreNone) {
  EXPECT_THAT(found("Haku", "Haku päättyy 31.2.2026. Haku päättyy 45.1. Haku päättyy 0.0.0000.", "fi", "2026-01-01"),
              IsEmpty());
  EXPECT_THAT(find_deadlines("Haku päättyy 3.3.", "", "fi", std::chrono::year_month_day{}), IsEmpty());
}

struct Counts {
  int right = 0;
  int wrong = 0;
  int missed = 0;
};

std::set<std::string> split(const std::string& list) {
  std::set<std::string> all;
  std::istringstream in(list);
  for (std::string each; std::getline(in, each, ',');) all.insert(each);
  return all;
}

// Phrasings of our own, a third of them traps.
TEST(Deadlines, GoldList) {
  std::ifstream in(SOTEVAHTI_TEST_DATA "/deadlines.tsv");
  Counts counts;
  int rows = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> columns;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) columns.push_back(cell);
    columns.resize(6);
    ++rows;
    const auto wanted = split(columns[4]);
    const auto acceptable = split(columns[5]);
    std::set<std::string> got;
    for (const std::string& each : found(columns[2], columns[3], columns[0], columns[1])) got.insert(each);
    const auto before = counts;
    for (const auto& each : got) {
      if (wanted.contains(each)) ++counts.right;
      else if (!acceptable.contains(each)) ++counts.wrong;
    }
    for (const auto& each : wanted) counts.missed += got.contains(each) ? 0 : 1;
    if (counts.wrong != before.wrong || counts.missed != before.missed)
      std::cout << "differs: " << columns[2] << ": " << testing::PrintToString(got) << '\n';
  }
  const double precision = static_cast<double>(counts.right) / (counts.right + counts.wrong);
  const double recall = static_cast<double>(counts.right) / (counts.right + counts.missed);
  std::cout << rows << " texts: precision " << precision << ", recall " << recall << '\n';
  EXPECT_GE(rows, 600);
  EXPECT_GE(precision, 0.995);
  EXPECT_GE(recall, 0.99);
}

TEST(Deadlines, EndlessAndBrokenTextTakesBoundedTime) {
  std::string dates;
  for (int i = 0; i < 100'000; ++i) dates += "haku 3.12. mennessä ";
  std::string numbers;
  for (int i = 0; i < 200'000; ++i) numbers += "1.";
  std::string word(1 << 20, 'a');
  std::string bytes(1 << 18, '\xC3');
  const auto start = std::chrono::steady_clock::now();
  for (std::string* text : {&dates, &numbers, &word, &bytes}) find_deadlines(*text, *text, "fi", day("2025-11-03"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  for (const auto* text :
       {"", ".", "3.", "3.1", "–3.1.", "klo", "klo 3.", "\xF0\x9F\x98\x80 3.12. asti", "ja 3.12.", "loppuun"})
    EXPECT_LE(find_deadlines(text, text, "fi", day("2025-11-03")).size(), 1U) << text;
}

}  // namespace
}  // namespace sotevahti::tag
