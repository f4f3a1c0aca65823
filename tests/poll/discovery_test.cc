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
  const auto found =
      feed_candidates("<base href='https://cms.example/x/'><a href='rss.xml'>RSS</a>", "https://hva.example/");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].url, "https://cms.example/x/rss.xml");
}

TEST(FeedCandidates, WordsThatHoldTheLettersAreNoFeeds) {
  const auto found = feed_candidates("<a href='/feedback'>Palaute</a><a href='/anatomia'>A</a><a href='/harsso/'>B</a>",
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
  EXPECT_LE(found.size(), 16U);
  EXPECT_EQ(std::count(found.begin(), found.end(), "http://www.hva.example/rss?n=0"), 0);
}

TEST(FeedCandidates, TheSitesPlatformsAreKnownByTheirMarks) {
  const auto liferay = urls(feed_candidates(
      "<body><div "
      "id='p_p_id_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_Kh4WBNNjLkT0_'></div>"
      "<a href='/tiedotteet/-/asset_publisher/Kh4WBNNjLkT0/content/otsikko'>x</a></body>",
      "https://ministerio.example/tiedotteet?p_p_id=1"));
  EXPECT_EQ(liferay[0], "https://ministerio.example/tiedotteet/-/asset_publisher/Kh4WBNNjLkT0/rss");
  EXPECT_EQ(std::count(liferay.begin(), liferay.end(), liferay[0]), 1);

  const auto dynasty = urls(
      feed_candidates("<a href='/cgi/DREQUEST.PHP?page=meeting_frames'>Kokoukset</a>", "https://paatokset.example/"));
  EXPECT_EQ(dynasty[0], "https://paatokset.example/cgi/DREQUEST.PHP?page=rss/meetingitems&show=100");

  const auto press = urls(feed_candidates("<a href='https://www.sttinfo.fi/uutishuone/69818103/hva'>Uutishuone</a>",
                                          "https://hva.example/"));
  EXPECT_EQ(press[0], "https://www.sttinfo.fi/rss/releases/latest?publisherId=69818103");

  const auto blog = urls(
      feed_candidates("<link rel=stylesheet href='/wp-content/themes/x.css'>", "https://hva.example/ajankohtaista"));
  EXPECT_EQ(blog[0], "https://hva.example/ajankohtaista/feed/");
  EXPECT_EQ(blog[1], "https://hva.example/feed/");
}

}  // namespace
}  // namespace sotevahti::poll
