// What is no feed is named, with the page's title; limits are named too.
#include <gtest/gtest.h>

#include "feeds.h"

namespace sotevahti::feed {
namespace {

struct Case {
  std::string_view body;
  NotAFeed why;
  std::string_view said;  // in the error
};

class NotFeeds : public testing::TestWithParam<Case> {};

TEST_P(NotFeeds, AreNamed) {
  const Document document = parsed(GetParam().body);
  EXPECT_EQ(document.not_a_feed, GetParam().why) << to_string(document.not_a_feed) << ": " << document.error;
  EXPECT_NE(document.error.find(GetParam().said), std::string::npos) << document.error;
  EXPECT_FALSE(document.is_feed());
  EXPECT_TRUE(document.entries.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, NotFeeds,
    testing::Values(
        Case{"", NotAFeed::empty, "empty"}, Case{" \r\n\t", NotAFeed::empty, "empty"},
        Case{"\xEF\xBB\xBF", NotAFeed::empty, "empty"},
        Case{"<!DOCTYPE html><html><head><title>Sivua ei l&ouml;ydy</title></head></html>", NotAFeed::html,
             "\"Sivua ei löydy\""},
        Case{"\n<html lang=fi><body>x</body></html>", NotAFeed::html, "HTML"},
        Case{"<!-- x --><HTML><TITLE>\n A \n B</TITLE>", NotAFeed::html, "\"A B\""},
        Case{"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>"
             "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>X</title></head></html>",
             NotAFeed::html, "\"X\""},
        Case{"<div>hetki vain</div>", NotAFeed::html, "HTML"},
        Case{"<!doctype html><title>Just a moment...</title><script "
             "src='/cdn-cgi/challenge-platform/x.js'></script>",
             NotAFeed::challenge_page, "\"Just a moment...\""},
        Case{"<html><head><title>Eduskunta</title></head><body><div id='captcha'>Varmista</div></body></html>",
             NotAFeed::challenge_page, "challenge page"},
        Case{"%PDF-1.7\n%\xE2\xE3", NotAFeed::pdf, "PDF"}, Case{"{\"error\": \"no\"}", NotAFeed::other_json, "JSON"},
        Case{"[1, 2]", NotAFeed::other_json, "JSON"},
        Case{"{\"version\": \"https://json", NotAFeed::unreadable, "JSON"},
        Case{"<opml version='2.0'><body/></opml>", NotAFeed::other_xml, "<opml>"},
        Case{"<?xml version='1.0'?><urlset><url/></urlset>", NotAFeed::other_xml, "<urlset>"},
        Case{"Palvelu on poissa käytöstä", NotAFeed::unreadable, "plain text"},
        Case{"<", NotAFeed::unreadable, "broken XML"}, Case{"<<<>>>&&&", NotAFeed::unreadable, "broken XML"},
        Case{"\x1f\x8b\x08", NotAFeed::unreadable, "compressed"}, Case{"PK\x03\x04", NotAFeed::unreadable, "ZIP"}));

TEST(NotFeeds, ALongPageThatSpeaksOfCaptchasIsNoChallenge) {
  std::string page = "<html><head><title>Yhteys</title></head><body>";
  page.append(100'000, 'x').append("<div class='g-recaptcha'></div></body></html>");
  EXPECT_EQ(parsed(page).not_a_feed, NotAFeed::html);
}

TEST(NotFeeds, NamesOfTheReasons) {
  EXPECT_EQ(to_string(NotAFeed::challenge_page), "challenge-page");
  EXPECT_EQ(to_string(NotAFeed::other_json), "other-json");
  EXPECT_EQ(to_string(NotAFeed::none), "none");
}

TEST(NotFeeds, AnEmptyFeedIsAFeed) {
  const Document document = parsed("<rss version='2.0'><channel><title>T</title></channel></rss>");
  EXPECT_TRUE(document.is_feed());
  EXPECT_FALSE(document.recovered);
  EXPECT_TRUE(document.entries.empty());
}

TEST(Limits, TooManyBytes) {
  ParseOptions options;
  options.max_bytes = 1000;
  const Document document = parse(std::string(1001, 'x'), options);
  EXPECT_EQ(document.not_a_feed, NotAFeed::over_limit);
  EXPECT_NE(document.error.find("1000 bytes"), std::string::npos);
}

TEST(Limits, OfTooManyEntriesTheFirstAreRead) {
  ParseOptions options;
  options.max_entries = 3;
  std::string items, json;
  for (int i = 1; i <= 5; ++i) {
    items += numbered_item(i);
    json += fmt::format("{}{{\"id\": {}}}", i > 1 ? "," : "", i);
  }
  for (const std::string& text :
       {rss(items), "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [" + json + "]}"}) {
    const Document document = parse(text, options);
    EXPECT_TRUE(document.is_feed());
    EXPECT_FALSE(document.recovered);
    EXPECT_EQ(document.entries.size(), 3U);
    EXPECT_NE(document.error.find("limit of 3 entries"), std::string::npos);
  }
}

TEST(Hostile, DepthAndVolumeAreBorne) {
  const auto repeated = [](std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };
  const std::string deep = repeated("<a>", 200'000) + repeated("</a>", 200'000);
  EXPECT_TRUE(parsed(rss_item("<title>x</title>" + deep)).is_feed());
  EXPECT_TRUE(parsed(rss_item("<title>x" + deep + "</title>")).is_feed());
  EXPECT_TRUE(parsed(rss_item("<title>x</title>" + repeated("<media:group><media:content>", 50'000))).is_feed());
  EXPECT_TRUE(parsed(rss_item(repeated("<itunes:category text='a'>", 50'000))).is_feed());
  EXPECT_TRUE(parsed(rss_item(repeated("<category>a</category>", 50'000))).is_feed());
  std::string attributes, prefixes;
  for (int i = 0; i < 50'000; ++i) {
    attributes += fmt::format(" a{}=''", i);
    prefixes += fmt::format(" xmlns:p{}='urn:{}'", i, i);
  }
  EXPECT_TRUE(parsed(rss_item("<title" + attributes + prefixes + ">x</title>")).is_feed());
  EXPECT_TRUE(parsed(rss("<item" + prefixes + ">" + repeated("<q:a/>", 50'000) + "</item>")).is_feed());
  EXPECT_FALSE(parsed("{\"version\": " + repeated("[", 500'000)).is_feed());
  EXPECT_TRUE(
      parsed("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [" + repeated("{},", 300'000) + "{}]}")
          .is_feed());
  EXPECT_TRUE(parsed("{\"version\": \"https://jsonfeed.org/version/1\", \"x\": " + repeated("[", 1000) +
                     repeated("]", 1000) + "}")
                  .is_feed());
}

TEST(Hostile, ItemsAreMadeInLinearTime) {
  std::string authors, categories, links, numbers;
  for (int i = 0; i < 200'000; ++i) {
    authors += fmt::format("<author>n{}</author>", i);
    categories += fmt::format("<category>c{}</category>", i);
    links += fmt::format("<link>https://x.fi/{}</link>", i);
    numbers += "1.1.1.1 ";
  }
  for (const std::string& elements : {authors, categories, links, "<description>" + numbers + "</description>"}) {
    const Document document = parsed(rss_item("<title>x</title>" + elements));
    EXPECT_EQ(to_items(document, {}).size(), 1U);
  }
  std::string hyphens;
  for (int i = 0; i < 500'000; ++i) hyphens += "a\u00AD";
  const Item invisible = to_items(parsed(rss_item("<title>" + hyphens + "</title>")), {}).at(0);
  EXPECT_EQ(invisible.text.view().find_first_not_of('a'), 500'000U);  // whole in the text, cut in the title
  std::string items;
  for (int i = 0; i < 20'000; ++i) items += "<item><guid>a</guid><link>https://x.fi/y</link><title>t</title></item>";
  EXPECT_EQ(to_items(parsed(rss(items)), {}).size(), 1U);
}

}  // namespace
}  // namespace sotevahti::feed
