#include "poll/robots.h"

#include <gtest/gtest.h>

#include <string>

namespace sotevahti::poll {
namespace {

TEST(Robots, TheLongestRuleDecides) {
  const char* robots =
      "User-agent: *\nDisallow: /cgi/\nAllow: /cgi/rss\nDisallow: /*.pdf$\n\n"
      "User-agent: badbot\nDisallow: /\n";
  EXPECT_TRUE(robots_allow(robots, "sotevahti/1", "https://a.example/"));
  EXPECT_FALSE(robots_allow(robots, "sotevahti/1", "https://a.example/cgi/x"));
  EXPECT_TRUE(robots_allow(robots, "sotevahti/1", "https://a.example/cgi/rss?x"));
  EXPECT_FALSE(robots_allow(robots, "sotevahti/1", "https://a.example/a/b.pdf"));
  EXPECT_TRUE(robots_allow(robots, "sotevahti/1", "https://a.example/a/b.pdfx"));
}

TEST(Robots, OurOwnGroupReplacesEverybodys) {
  const char* robots = "User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: SoteVahti\nDisallow: /private\n";
  EXPECT_TRUE(robots_allow(robots, "sotevahti/1 (+x)", "https://a.example/uutiset"));
  EXPECT_FALSE(robots_allow(robots, "sotevahti/1 (+x)", "https://a.example/private/x"));
  EXPECT_FALSE(robots_allow(robots, "another/1", "https://a.example/uutiset"));
}

TEST(Robots, AnEmptyDisallowAllowsAndRubbishIsPassedOver) {
  EXPECT_TRUE(robots_allow("User-agent: *\nDisallow:\n", "sotevahti/1", "https://a.example/x"));
  EXPECT_TRUE(robots_allow("<html>not robots</html>", "sotevahti/1", "https://a.example/x"));
  EXPECT_TRUE(robots_allow("", "sotevahti/1", "https://a.example/x"));
}

TEST(Robots, ManyStarsTakeNoLongTime) {
  std::string rule = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 200; ++i) rule += "*a";
  EXPECT_TRUE(robots_allow(rule + "$\n", "sotevahti/1", "https://a.example/" + std::string(5000, 'b')));
}

}  // namespace
}  // namespace sotevahti::poll
