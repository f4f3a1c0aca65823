#include "cli/roff.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace sotevahti::cli {
namespace {

std::vector<std::string> lines_of(const Roff& page) {
  std::istringstream in(page.text());
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(RoffPage, BeginsWithItsNameAndSection) {
  const auto lines = lines_of(Roff("sotevahti.toml", 5, "settings"));
  ASSERT_GE(lines.size(), 4U);
  EXPECT_EQ(lines[1].rfind(".TH \"sotevahti.toml\" 5 ", 0), 0U) << lines[1];
  EXPECT_EQ(lines[3], "sotevahti.toml \\- settings");
}

TEST(RoffPage, NoTextIsTakenForAMacro) {
  for (const char* text : {".SH \"forged\"", "'br", "..", ".", "'"}) {
    Roff page("a", 1, "b");
    page.paragraph(text);
    EXPECT_EQ(lines_of(page).back(), std::string("\\&") + text);
    page.literal(std::string("x\n") + text);
    EXPECT_EQ(lines_of(page).end()[-3], std::string("\\&") + text);
  }
}

TEST(RoffPage, WhatIsCopiedFromItIsAsItWasWritten) {
  Roff page("a", 1, "b");
  page.tagged("--json", "a path: C:\\temp");
  const auto lines = lines_of(page);
  EXPECT_EQ(lines.end()[-2], "\\fB\\-\\-json\\fR");
  EXPECT_EQ(lines.back(), "a path: C:\\etemp");
}

TEST(RoffPage, LiteralKeepsItsLines) {
  Roff page("a", 1, "b");
  page.literal("one\n\n  two\n");
  const std::string& text = page.text();
  EXPECT_NE(text.find(".nf\n.RS 4\none\n\n  two\n.RE\n.fi\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace sotevahti::cli
