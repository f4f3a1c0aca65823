#include "cli/prose.h"

#include <gtest/gtest.h>

#include <string>

namespace sotevahti::cli {
namespace {

// Hits are not bold without colour (plain_output.cc), and their marks are gone.

TEST(Prose, BreaksBetweenWords) {
  EXPECT_EQ(prose("aluehallitus päättää säästöistä", 22), "aluehallitus päättää\nsäästöistä\n");
  EXPECT_EQ(prose("yksi kaksi", 10), "yksi kaksi\n");
  EXPECT_EQ(prose("yksi kaksi", 9), "yksi\nkaksi\n");
}

TEST(Prose, IndentIsPartOfTheColumns) { EXPECT_EQ(prose("yksi kaksi", 12, "   "), "   yksi\n   kaksi\n"); }

TEST(Prose, LongWordsStandAlone) {
  EXPECT_EQ(prose("on hyvinvointialueuudistus nyt", 8), "on\nhyvinvointialueuudistus\nnyt\n");
  EXPECT_EQ(prose("sana", 1, "    "), "    sana\n") << "an indent as wide as the line";
}

TEST(Prose, ParagraphsStay) {
  EXPECT_EQ(prose("yksi\n\nkaksi", 20), "yksi\n\nkaksi\n");
  EXPECT_EQ(prose("", 20), "");
}

TEST(Prose, MarksOfHitsTakeNoRoom) {
  const std::string marked = std::string(hit_begins) + "koti" + std::string(hit_ends) + "hoito on";
  EXPECT_EQ(prose(marked, 12), "kotihoito on\n");
}

TEST(Prose, NothingOfAStrangerReachesTheTerminal) {
  const std::string shown = prose("a\x1b[2Jb \x07 c\r\x9b d", 80);
  for (const char c : shown) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << shown;
}

}  // namespace
}  // namespace sotevahti::cli
