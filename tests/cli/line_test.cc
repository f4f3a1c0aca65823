#include "cli/line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sotevahti::cli {
namespace {

using testing::ElementsAre;
using Words = std::vector<std::string>;

const std::vector<std::string_view> commands = {"run",    "feeds list",         "feeds check",
                                                "search", "subscriptions list", "subscriptions end"};

Takes takes(std::string_view option) {
  if (option == "--limit" || option == "--config") return Takes::value;
  if (option == "--json" || option == "-h" || option == "--help") return Takes::nothing;
  return Takes::unknown;
}

Words ordered(Words line) { return options_first(line, 1, takes); }

TEST(OptionsFirst, AWordOfAFilterThatBeginsWithAHyphenIsNoOption) {
  EXPECT_THAT(ordered({"search", "-vaalit"}), ElementsAre("search", "--", "-vaalit"));
  EXPECT_THAT(ordered({"search", "avustus", "-helsinki", "--json"}),
              ElementsAre("search", "--json", "--", "avustus", "-helsinki"));
  EXPECT_THAT(ordered({"search", "-\"tarkka sanamuoto\"", "-(a OR b)", "-kind:media x", "-"}),
              ElementsAre("search", "--", "-\"tarkka sanamuoto\"", "-(a OR b)", "-kind:media x", "-"));
}

TEST(OptionsFirst, WhatIsAnOptionStaysOneAndKeepsItsValue) {
  EXPECT_THAT(ordered({"search", "-h"}), ElementsAre("search", "-h"));
  EXPECT_THAT(ordered({"search", "a", "--limit", "5", "b"}), ElementsAre("search", "--limit", "5", "--", "a", "b"));
  EXPECT_THAT(ordered({"search", "a", "--limit=5", "b"}), ElementsAre("search", "--limit=5", "--", "a", "b"));
  EXPECT_THAT(ordered({"search", "a", "--limit=", "5"}), ElementsAre("search", "--limit=", "5", "--", "a"));
  EXPECT_THAT(ordered({"search", "--limit", "-vaalit"}), ElementsAre("search", "--limit", "-vaalit"));
  EXPECT_THAT(ordered({"search", "a", "--unknown"}), ElementsAre("search", "--unknown", "--", "a"));
}

TEST(OptionsFirst, AfterTwoHyphensAloneNothingIsAnOption) {
  EXPECT_THAT(ordered({"search", "a", "--", "--json", "--", "-h"}),
              ElementsAre("search", "--", "a", "--json", "--", "-h"));
}

TEST(OptionsFirst, ALineWhoseOptionLacksItsValueStaysAsItIs) {
  EXPECT_THAT(ordered({"search", "a", "--limit"}), ElementsAre("search", "a", "--limit"));
}

TEST(OpeningOf, FindsTheCommandAndWhatFollowsIt) {
  const Opening one = opening_of({"--config", "run", "search", "feeds"}, commands);
  EXPECT_EQ(one.command, "search");
  EXPECT_EQ(one.end, 3U);
  const Opening two = opening_of({"feeds", "--config=x", "list", "--json"}, commands);
  EXPECT_EQ(two.command, "feeds list");
  EXPECT_EQ(two.end, 3U);
}

TEST(OpeningOf, NamesTheWrongWordAndTheNearestCommand) {
  EXPECT_EQ(opening_of({"serch", "x"}, commands).complaint, "there is no command \"serch\"; did you mean \"search\"?");
  EXPECT_EQ(opening_of({"feeds", "lst", "--help"}, commands).complaint,
            "there is no command \"feeds lst\"; did you mean \"feeds list\"?");
  EXPECT_EQ(opening_of({"qqqqqqqq"}, commands).complaint, "there is no command \"qqqqqqqq\" (see sotevahti --help)");
  EXPECT_EQ(opening_of({"feeds", "qqqqqqqq"}, commands).complaint,
            "there is no command \"feeds qqqqqqqq\" (see sotevahti feeds --help)");
}

TEST(OpeningOf, LeavesALineThatNamesNoneToItsReader) {
  for (const Words& line : {Words{}, Words{"--help"}, Words{"feeds"}, Words{"feeds", "--help"}, Words{"--config"},
                            Words{"--nonsense", "5", "search"}, Words{"--version"}}) {
    const Opening opening = opening_of(line, commands);
    EXPECT_EQ(opening.command + opening.complaint, "") << testing::PrintToString(line);
  }
}

}  // namespace
}  // namespace sotevahti::cli
