// JSON Feed 1.0 and 1.1, whole and broken; and a document written as JSON.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/zone.h"
#include "feed/json.h"
#include "feed/json_repair.h"
#include "feeds.h"

namespace sotevahti::feed {
namespace {

constexpr std::string_view sample = R"({
  "version": "https://jsonfeed.org/version/1.1", "title": "ÅHS", "description": "Nyheter", "language": "sv_AX",
  "home_page_url": "/", "feed_url": "feed.json", "next_url": "feed2.json", "icon": "i.png", "favicon": "f.png",
  "authors": [{"name": "A", "url": "/a", "avatar": "x"}], "hubs": [{"type": "WebSub", "url": "https://h/"}],
  "items": [
    {"id": 17, "url": "/1", "external_url": "https://e/", "title": "Ett", "content_html": "<p>x<script>y</script></p>",
     "content_text": "no", "summary": "S", "image": "p.jpg", "date_published": "2026-02-09T10:00:00+02:00",
     "date_modified": "2026-02-10T10:00:00Z", "tags": ["t", 5, "u"], "language": "fi",
     "author": {"name": "B"}, "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 42}]},
    {"id": "b", "content_text": "1 < 2", "authors": [], "title": null, "url": 7, "date_published": "soon"},
    "odd"
  ]})";

TEST(JsonFeed, IsReadWhole) {
  const Document document = parsed(sample, "https://x/y/");
  EXPECT_EQ(document.format, Format::json11);
  EXPECT_FALSE(document.recovered);
  EXPECT_EQ(document.feed.title->value, "ÅHS");
  EXPECT_EQ(document.feed.subtitle->value, "Nyheter");
  EXPECT_EQ(document.feed.language, "sv-AX");
  EXPECT_EQ(document.feed.link, "https://x/");
  EXPECT_EQ(document.feed.icon, "https://x/y/i.png");
  EXPECT_EQ(document.feed.logo, "https://x/y/f.png");
  EXPECT_EQ(document.feed.authors.at(0).url, "https://x/a");
  EXPECT_EQ(document.hints.hub, "https://h/");
  EXPECT_EQ(document.hints.self, "https://x/y/feed.json");
  EXPECT_EQ(document.hints.previous_archive, "https://x/y/feed2.json");
  ASSERT_EQ(document.entries.size(), 2U);
}

TEST(JsonFeed, ItemsHaveTheirOwn) {
  const Document document = parsed(sample, "https://x/y/");
  const Entry& entry = document.entries.at(0);
  EXPECT_EQ(entry.id, "17");
  EXPECT_EQ(entry.link, "https://x/1");
  EXPECT_EQ(entry.links.at(1).rel, "related");
  ASSERT_EQ(entry.content.size(), 1U);
  EXPECT_EQ(entry.content[0].value, "<p>x</p>");
  EXPECT_EQ(entry.content[0].language, "fi");
  EXPECT_EQ(entry.summary->value, "S");
  EXPECT_EQ(entry.image->url, "https://x/y/p.jpg");
  EXPECT_EQ(base::to_rfc3339(entry.published->time), "2026-02-09T08:00:00Z");
  EXPECT_EQ(entry.categories.size(), 2U);
  EXPECT_EQ(entry.authors.at(0).name, "B");
  EXPECT_EQ(entry.enclosures.at(0).length, "42");
  const Entry& plain = document.entries.at(1);
  EXPECT_EQ(plain.content.at(0).value, "1 < 2");
  EXPECT_EQ(plain.content.at(0).type, "text");
  EXPECT_EQ(plain.content.at(0).language, "sv-AX");
  EXPECT_FALSE(plain.title);
  EXPECT_FALSE(plain.published);
}

TEST(JsonFeed, VersionOneIsItsOwnFormat) {
  EXPECT_EQ(parsed(R"({"version": "https://jsonfeed.org/version/1", "items": []})").format, Format::json1);
}

TEST(JsonFeed, ATruncatedOneKeepsItsWholeItems) {
  std::string text = R"({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [)";
  for (int i = 1; i <= 100; ++i) {
    text += fmt::format("{}{{\"id\": \"{}\", \"content_text\": \"}}]\\\"{{ {}\"}}", i > 1 ? ", " : "", i, i);
  }
  const std::size_t item81 = text.find("{\"id\": \"81\"");
  for (std::size_t cut = item81; cut < item81 + 30; ++cut) {
    const Document document = parsed(std::string_view(text).substr(0, cut));
    ASSERT_TRUE(document.recovered);
    ASSERT_EQ(document.entries.size(), 80U) << cut;
  }
  EXPECT_FALSE(parsed(text + "]}").recovered);
}

TEST(JsonRepair, OfNothingIsNothing) {
  EXPECT_EQ(cut_json(""), "");
  EXPECT_EQ(cut_json("{\"items\": [{\"a\": "), "");
  EXPECT_EQ(cut_json("{]"), "");
}

nlohmann::json as_json(std::string_view text, const std::string& base = {}) {
  return nlohmann::json::parse(to_json(parsed(text, base)));
}

TEST(JsonRepair, WhatIsTooDeepIsEmptied) {
  EXPECT_EQ(depth_of_json("{\"a\": [\"]]\", {}], \"b\": []}"), 3U);
  EXPECT_EQ(depth_of_json("]]x"), 0U);
  EXPECT_EQ(shallow_json("{\"a\": [1, {\"b\": [2]}], \"c\": [3]}", 2), "{\"a\": [1, {}], \"c\": [3]}");
  EXPECT_EQ(shallow_json("{\"a\": [1]}", 2), "{\"a\": [1]}");
  EXPECT_EQ(shallow_json("[[[[1", 2), "[[[");
}

TEST(ToJson, HoldsTheContractsMembers) {
  const auto json =
      as_json(rss("<title>T</title><item><guid>http://x/1</guid><title>&lt;b&gt;A&lt;/b&gt;</title>"
                  "<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate><author>me@x.fi (Me)</author>"
                  "<itunes:explicit>odd</itunes:explicit></item>"));
  EXPECT_EQ(json.at("format"), "rss20");
  EXPECT_EQ(json.at("encoding"), "utf-8");
  EXPECT_EQ(json.at("recovered"), false);
  EXPECT_FALSE(json.contains("error"));
  EXPECT_EQ(json.at("feed").at("title"), "T");
  const auto& entry = json.at("entries").at(0);
  EXPECT_EQ(entry.at("id_is_permalink"), true);
  EXPECT_EQ(entry.at("title"), "<b>A</b>");
  EXPECT_EQ(entry.at("title_detail").at("type"), "html");
  EXPECT_TRUE(entry.at("title_detail").at("language").is_null());
  EXPECT_EQ(entry.at("published"), "2004-01-01T19:48:21Z");
  EXPECT_EQ(entry.at("authors").at(0).at("email"), "me@x.fi");
  EXPECT_TRUE(entry.at("explicit").is_null());
  EXPECT_FALSE(entry.contains("links"));
}

TEST(ToJson, AFailureIsAnObjectToo) {
  const auto json = as_json("<html><title>x</title></html>");
  EXPECT_EQ(json.at("format"), "unknown");
  EXPECT_TRUE(json.at("entries").empty());
  EXPECT_NE(json.at("error").get<std::string>().find("HTML"), std::string::npos);
}

TEST(ToJson, IsOneLine) {
  const std::string line = to_json(parsed(rss_item("<title>a\nb</title>")));
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(BrokenJson, OneCarelessTitleCostsNoItem) {
  const auto title = [](std::string_view written) {
    const Document document = parsed(R"({"version": "https://jsonfeed.org/version/1.1", "items": [
      {"id": "1", "title": ")" + std::string(written) +
                                     R"("}, {"id": "2", "title": "Toinen"}]})");
    EXPECT_TRUE(document.recovered) << written;
    EXPECT_EQ(document.entries.size(), 2U) << written;
    return document.entries.empty() ? "" : document.entries[0].title->value;
  };
  EXPECT_EQ(title(R"(Haku \ud83d)"), "Haku \uFFFD");  // an emoji that was cut in half
  EXPECT_EQ(title(R"(\udc00 a \ud83d\u0041)"),
            "\uFFFD a \uFFFD"
            "A");
  EXPECT_EQ(title(R"(\ud83d\ude00 \ud83d)"), "😀 \uFFFD");
  EXPECT_EQ(title("Haku\npäättyy\t"), "Haku päättyy");
  EXPECT_EQ(title(R"(Anna\'s \x41 \u12)"), "Anna's x41 u12");
}

TEST(BrokenJson, NumbersAndWordsThatJsonHasNotCostNoItem) {
  const Document document = parsed(R"({"version": "https://jsonfeed.org/version/1.1", "items": [
    {"id": 1e999999, "title": "A"}, {"id": NaN, "title": "B"}, {"id": -Infinity, "title": "C"}, {"id": undefined},
    {"id": )" + std::string(5000, '9') +
                                   R"(, "title": "D"}, {"id": 5, "title": "true"}]})");
  ASSERT_EQ(document.entries.size(), 6U);
  EXPECT_EQ(document.entries[0].id, "1e999999");
  EXPECT_FALSE(document.entries[1].id);
  EXPECT_EQ(document.entries[4].id, std::string(5000, '9'));
  EXPECT_EQ(document.entries[5].id, "5");
  EXPECT_TRUE(document.recovered);
}

TEST(BrokenJson, IsMendedInStringsAsFarAsItGoes) {
  EXPECT_EQ(sound_json(R"({"a\u0000": [true, null, -1.5e3], "b": "\"\\"})"),
            R"({"a\u0000": [true, null, -1.5e3], "b": "\"\\"})");
  EXPECT_EQ(sound_json("\"a\\"), "\"a");
  EXPECT_EQ(sound_json("\"\\ud83"), "\"ud83");
  EXPECT_EQ(sound_json("-"), "null");
}

}  // namespace
}  // namespace sotevahti::feed
