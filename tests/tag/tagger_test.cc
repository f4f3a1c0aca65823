#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>

#include "tagging.h"

namespace sotevahti::tag::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Tagger, ReleaseWithEverything) {
  const Tags tags = tagger().tag(subject_of(
      {"Järjestöavustusten haku avautuu Kymenlaaksossa", "Hakuaika päättyy 31.10.2025 klo 16.", "STT Info"}));
  EXPECT_EQ(tags.language, "fi");
  EXPECT_TRUE(tags.relevant);
  EXPECT_THAT(ids(tags.areas), ElementsAre("kymenlaakso"));
  EXPECT_THAT(ids(tags.topics), Contains("jarjestoavustukset"));
  ASSERT_EQ(tags.deadlines.size(), 1U);
  EXPECT_EQ(tags.deadlines[0].kind, DeadlineKind::grant);
  EXPECT_EQ(tags.deadlines[0].closes, std::chrono::year(2025) / 10 / 31);
}

TEST(Tagger, LanguageFollowsTheText) {
  EXPECT_EQ(tagger().tag(subject_of({"Hälsostationen i Ingå stängs", "Patienterna flyttas till Lojo."})).language,
            "sv");
  EXPECT_EQ(tagger().tag(subject_of({"Health centre to close in Inkoo", "Patients will be moved to Lohja."})).language,
            "en");
}

TEST(Tagger, SaysWhyNotATopic) {
  const Subject subject = subject_of({"Järjestöavustusten haku alkaa", "Hakuaika päättyy perjantaina.", "Varha"});
  EXPECT_THAT(tagger().why(subject, "topic:jarjestoavustukset"),
              Contains(HasSubstr("for, 1.60: \"Järjestöavustusten\"")));
  EXPECT_THAT(tagger().why(subject, "topic:jarjestot"), Contains(HasSubstr("which is left out")));
  EXPECT_THAT(tagger().why(subject, "topic:vaalit"), ElementsAre("none of the topic's rules is met"));
}

TEST(Tagger, SaysWhyNotAnArea) {
  const Subject subject = subject_of({"Ministeri Lahti: hoitotakuu etenee", "Helsingin yliopisto tutki asiaa."});
  EXPECT_THAT(tagger().why(subject, "area:paijat-hame"),
              Contains(HasSubstr("against: \"Lahti\" is a word or a surname too")));
  EXPECT_THAT(tagger().why(subject, "area:helsinki"),
              Contains(HasSubstr("is part of another name: Helsingin yliopisto")));
  EXPECT_THAT(tagger().why(subject, "area:lappi"), Contains(HasSubstr("no place of the area is named")));
  EXPECT_THAT(tagger().why(subject, "area:koko-maa"), Contains(HasSubstr("for: ")));
}

TEST(Tagger, SaysThatAnEntryIsNotOfTheField) {
  const Subject subject = subject_of({"Festivaali alkaa Joensuussa", "Liput loppuivat.", "Karjalainen"});
  EXPECT_THAT(tagger().why(subject, "area:pohjois-karjala").at(0), HasSubstr("not of the field"));
  EXPECT_THAT(tagger().why(subject, "colour:red"), ElementsAre("ask for topic:ID or area:ID"));
}

// Its sentence speaks of applying alone; the entry of money for associations.
TEST(Tagger, AnApplicationForAGrantIsAGrants) {
  const auto kind_in = [](const Entry& entry) {
    const Tags tags = tagger().tag(subject_of(entry));
    return tags.deadlines.size() == 1 ? to_string(tags.deadlines[0].kind) : "";
  };
  EXPECT_EQ(tagger()
                .tag(subject_of({"Yhdistysten hakuaika alkaa", "Haku on auki 31.10.2025 asti.", "Varha"}))
                .deadlines.at(0)
                .evidence.rule,
            "deadline: grant, by the topic jarjestoavustukset");
  EXPECT_EQ(kind_in({"Yhdistysten hakuaika alkaa", "Haku on auki 31.10.2025 asti.", "Varha"}), "grant");
  EXPECT_EQ(kind_in({"Sosiaaliohjaajan virka avoinna", "Haku on auki 31.10.2025 asti.", "Varha"}), "application");
}

TEST(Tagger, KindsOfDeadlinesAndTheirNames) {
  for (const DeadlineKind kind : {DeadlineKind::grant, DeadlineKind::consultation, DeadlineKind::registration,
                                  DeadlineKind::application, DeadlineKind::event})
    EXPECT_EQ(deadline_kind(to_string(kind)), kind);
  EXPECT_EQ(to_string(DeadlineKind::consultation), "consultation");
  EXPECT_EQ(deadline_kind(""), std::nullopt);
  EXPECT_EQ(deadline_kind("grants"), std::nullopt);
}

TEST(Tagger, VersionFollowsTheRules) {
  config::Taxonomy other = taxonomy();
  other.version = "changed";
  EXPECT_NE(tagger_version(other), tagger_version(taxonomy()));
  EXPECT_EQ(tagger_version(taxonomy()), tagger_version(taxonomy()));
}

TEST(Tagger, TagsTheSameTwice) {
  const Entry entry{"Kotihoito ja omaishoito Salossa",
                    "Varsinais-Suomen hyvinvointialue supistaa palveluja Salossa ja Turussa."};
  const Tags once = tagger().tag(subject_of(entry));
  for (int i = 0; i < 50; ++i) tagger().tag(subject_of({"Muu asia " + std::to_string(i), "Sanoja eri sanoja."}));
  const Tags twice = tagger().tag(subject_of(entry));
  EXPECT_EQ(ids(once.areas), ids(twice.areas));
  EXPECT_EQ(ids(once.topics), ids(twice.topics));
}

TEST(Tagger, EmptyEntry) {
  const Tags tags = tagger().tag(subject_of({"", "", ""}));
  EXPECT_FALSE(tags.relevant);
  EXPECT_TRUE(tags.topics.empty());
}

// Bounded time, whatever is sent: in seconds of the processor, and wide, for sanitizers.
class Hostile : public ::testing::TestWithParam<std::pair<const char*, std::string>> {};

TEST_P(Hostile, TakesBoundedTime) {
  const std::string& text = GetParam().second;
  const std::clock_t start = std::clock();
  tagger().tag(subject_of({text, text, text}));
  tagger().tag(subject_of({"Terveysasema", text}));
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 10.0);
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Tagger, Hostile,
    ::testing::Values(std::pair{"OneWord", std::string(1 << 20, 'a')},
                      std::pair{"ManyWords", repeated("terveysasema sulkea ", 100000)},
                      std::pair{"OneSentenceOfPlaces", repeated("Lapista Kainuuseen Kolarissa ", 100000)},
                      std::pair{"SharedEndings", repeated("Etelä- ja ", 100000)},
                      std::pair{"BrokenBytes", repeated("\xff\xc3 hoito \xe2\x82", 100000)},
                      std::pair{"Emoji", repeated("\xf0\x9f\x9a\x91 ambulanssi ", 50000)},
                      std::pair{"Scripts", repeated("больница 病院 مستشفى sairaala ", 30000)},
                      std::pair{"Hyphens", repeated("a-", 500000)}, std::pair{"Colons", repeated("HUS:", 250000)},
                      std::pair{"Dates", repeated("31.12.2025 mennessä ", 50000)}),
    [](const auto& each) { return each.param.first; });

}  // namespace
}  // namespace sotevahti::tag::testing
