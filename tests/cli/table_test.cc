#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "cli/table.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

TEST(Fit, CutsByColumnsNotBytes) {
  EXPECT_EQ(fit("Päijät-Häme", 11), "Päijät-Häme");
  EXPECT_EQ(fit("Päijät-Häme", 7), "Päijät…");
  EXPECT_EQ(fit("äää", 1), "…");
  EXPECT_EQ(fit("ä", 0), "");
  EXPECT_EQ(fit("", 0), "");
}

TEST(Fit, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(fit("日本語", 6), "日本語");
  EXPECT_EQ(fit("日本語", 5), "日本…");
  EXPECT_EQ(fit("日本語", 4), "日…");
}

TEST(TablePrint, ColumnsStandUnderEachOther) {
  Table table({{"source"}, {"entries", true}});
  table.row({"lääkäri", "7"});
  table.row({"stm", "1200"});
  EXPECT_EQ(table.print(80), "source   entries\nlääkäri        7\nstm         1200\n");
}

TEST(TablePrint, TheWidestFlexibleColumnGivesWay) {
  Table table({{"id"}, {"title", false, true}});
  table.row({"longest-id", "Aluehallitus päättää säästöistä"});
  EXPECT_EQ(table.print(24), "id          title\nlongest-id  Aluehallitu…\n");
}

TEST(TablePrint, WhatIsNotFlexibleStaysWhole) {
  Table table({{"id"}, {"n", true}});
  table.row({"a-long-identifier", "123456"});
  EXPECT_EQ(table.print(10), "id                      n\na-long-identifier  123456\n");
}

TEST(TablePrint, OnANarrowTerminalARowStandsBelowItself) {
  Table table({{"feed"}, {"entries", true}, {"read"}, {"what is wrong", false, true}});
  table.row({"pirkanmaan-hyvinvointialue", "40", "2026-02-20", "No answer for three days: connection refused"});
  table.row({"stm", "7", "2026-02-21", ""});
  EXPECT_EQ(table.print_for_person(30),
            "feed\n"
            "  entries · read · what is\n"
            "  wrong\n"
            "pirkanmaan-hyvinvointialue\n"
            "  40 · 2026-02-20 · No answer\n"
            "  for three days: connection\n"
            "  refused\n"
            "stm\n"
            "  7 · 2026-02-21\n");
  EXPECT_EQ(table.print_for_person(80), table.print(80)) << "there is room for columns";
}

TEST(TablePrint, AWordThatIsTooLongForANarrowTerminalIsCut) {
  Table table({{"to", false, true}, {"n", true}, {"a title that is long", true}});
  table.row({"anna.aleksandra@hyvinvointialue.example", "1", "https://receiver.example/hook/1"});
  EXPECT_EQ(table.print_for_person(20),
            "to\n  n · a title that\n  is long\nanna.aleksandra@hyv…\n  1 ·\n  https://receiver.…\n");
}

TEST(TablePrint, ACellIsOneLineAndMissingOnesAreEmpty) {
  Table table({{"a"}, {"b"}});
  table.row({"x\ny\x1b[31m"});
  const std::string printed = table.print(80);
  EXPECT_EQ(std::count(printed.begin(), printed.end(), '\n'), 2) << printed;
  EXPECT_EQ(printed.find('\x1b'), std::string::npos);
}

TEST(Linked, IsTheTextAloneWhereNothingIsWanted) {
  EXPECT_EQ(linked("Uutinen", "https://example.org/"), "Uutinen");
  EXPECT_EQ(styled("Uutinen", Style::red), "Uutinen");
}

}  // namespace
}  // namespace sotevahti::cli
