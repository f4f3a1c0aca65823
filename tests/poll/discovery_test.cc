#include "poll/discovery.h"

#include <gtest/gtest.h>

namespace sotevahti::poll {
namespace {

std::vector<std::string> urls(const std::vector<Candidate>& candidates) {
  std::vector<std::string> all;
  for (const auto& candidate : candidates) all.push_back(candidate.url);
  return all;
}

TEST(FeedCandidates, TheHeadsLinksComeFirstAndCommentFeedsLast) {
  const auto found = feed_candidates(
      "<html><head><title>Uutiset</title>"
      "<link rel='alternate' type='application/rss+xml' title='Comments Feed' href='/comments/feed/'>"
      "<link rel=\"ALTERNATE\" type=\"application/rss+xml; charset=utf-8\" href='/feed/'>"
      "<link rel=stylesheet type=text/css href=/rss.css>"
      "</head><body><a href='uutiset/rss?x=1&amp;y=2'>Tilaa <b>RSS</b></a></body></html>",
      "https://hva.example/ajankohtaista/");
  ASSERT_GE(found.size(), 3U);
  EXPECT_EQ(found[0].url, "https://hva.example/feed/");
  EXPECT_EQ(found[0].reason, "link rel=alternate");
  EXPECT_EQ(found[1].url, "https://hva.example/comments/feed/");
  EXPECT_EQ(found[2].url, "https://hva.example/ajankohtaista/uutiset/rss?x=1&y=2");
  EXPECT_EQ(found[2].title, "Tilaa RSS");
}

TEST(FeedCandidates, BaseHrefCounts) {
  const auto found = feed_candidates("<base href='https://cms.example/x/'><a href='rss.xml'>RSS</a>",
                                     "https://hva.example/");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].url, "https://cms.example/x/rss.xml");
}

TEST(FeedCandidates, WordsThatHoldTheLettersAreNoFeeds) {
  const auto found =
      feed_candidates("<a href='/feedback'>Palaute</a><a href='/anatomia'>A</a><a href='/harsso/'>B</a>",
                      "https://hva.example/");
  for (const auto& candidate : found) EXPECT_EQ(candidate.reason, "well-known path") << candidate.url;
}

TEST(FeedCandidates, ScriptsAndForeignSchemesAreLeftOut) {
  const auto found = feed_candidates(
      "<script>var a=\"<a href='/rss'>\";</script><a href='javascript:rss()'>x</a><a href='feed:rss'>y</a>",
      "https://hva.example/");
  for (const auto& candidate : found) EXPECT_EQ(candidate.reason, "well-known path") << candidate.url;
}

TEST(FeedCandidates, BoundedAndWithoutRepeats) {
  std::string page;
  for (int i = 0; i < 5000; ++i)
    page += "<a href='/rss?n=" + std::to_string(i) + "'>x</a><a href='http://www.hva.example/rss?n=0'>";
  const auto found = urls(feed_candidates(page, "https://hva.example/"));
  EXPECT_LE(found.size(), 12U);
  EXPECT_EQ(std::count(found.begin(), found.end(), "http://www.hva.example/rss?n=0"), 0);
}

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
  const char* robots =
      "User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: SoteVahti\nDisallow: /private\n";
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
