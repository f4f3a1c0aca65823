// Subscription lists of others: what is taken, what is kept out, and what is refused whole.
#include "feed/opml.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace sotevahti::feed {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

std::string opml(const std::string& body) {
  return "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>x</title></head><body>" + body + "</body></opml>";
}

std::string refusal(std::string_view bytes) {
  const auto read = read_opml(bytes);
  return read ? fmt::format("{} feeds were read", read->size()) : read.error().message;
}

TEST(Opml, NestedOutlinesAreFoldersAndUnknownAttributesAreKeptOut) {
  const auto read = read_opml(opml(R"xml(
      <outline text="Alueet" onclick="x()"><outline title="Pirkanmaa &amp; muut">
        <outline type="rss" text="Pirha" xmlUrl="https://www.pirha.fi/feed?a=1&amp;b=2" htmlUrl="https://www.pirha.fi/"
                 language="fi" evil="'&quot;&lt;script&gt;" xmlns:y="urn:y" y:secret="1"/>
      </outline></outline>
      <outline text="Hus" xmlUrl="https://www.hus.fi/rss"/>)xml"));
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_THAT(*read, SizeIs(2));
  EXPECT_EQ((*read)[0].url, "https://www.pirha.fi/feed?a=1&b=2");
  EXPECT_EQ((*read)[0].title, "Pirha");
  EXPECT_EQ((*read)[0].page, "https://www.pirha.fi/");
  EXPECT_EQ((*read)[0].language, "fi");
  EXPECT_EQ((*read)[0].folder, "Alueet / Pirkanmaa & muut");
  EXPECT_EQ((*read)[1].folder, "");
  const std::string written = write_opml("x", *read);
  EXPECT_EQ(written.find("evil"), written.npos);
  EXPECT_EQ(written.find("secret"), written.npos);
  EXPECT_EQ(written.find("onclick"), written.npos);
}

TEST(Opml, WhatIsWrittenIsReadAgain) {
  const std::vector<OpmlFeed> feeds{
      {"https://a.example/?x=1&y=\"2\"", "Ä & <b> \"q\"", "https://a.example/", "sv", "Folder", {}},
      {"http://b.example/", "", "", "", "", {}}};
  const auto read = read_opml(write_opml("Otsikko <&>", feeds));
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_THAT(*read, SizeIs(2));
  EXPECT_EQ((*read)[0].title, feeds[0].title);
  EXPECT_EQ((*read)[0].language, "sv");
}

TEST(Opml, WhatOnlyWeKnowStandsInOurNamespaceAndIsTakenFromThereAlone) {
  OpmlFeed feed{
      "https://a.example/", "A", "", "fi", "P", {{"id", "a"}, {"publisher", "P & \"Q\""}, {"areas", "lappi,hus"}}};
  const std::string written = write_opml("x", {feed});
  EXPECT_THAT(written, HasSubstr("xmlns:sotevahti=\"urn:sotevahti:feeds.d\""));
  EXPECT_THAT(written, HasSubstr("sotevahti:areas=\"lappi,hus\""));
  auto read = read_opml(written);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->front().row, feed.row);
  feed.row.clear();
  EXPECT_EQ(write_opml("x", {feed}).find("xmlns"), std::string::npos);
  // Another prefix means the same, the same prefix of another namespace does not, nor does a name that is no key.
  read = read_opml(R"xml(<opml xmlns:s="urn:sotevahti:feeds.d" xmlns:sotevahti="urn:other"><body>
      <outline xmlUrl="https://a.example/" id="x" sotevahti:id="y" s:id=" a&#1;&#10;b " s:On:click="1" s:="2"/></body></opml>)xml");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->front().row, (OpmlFeed::Row{{"id", "a b"}}));
}

TEST(Opml, NoControlCharacterComesThrough) {
  const auto read =
      read_opml(opml("<outline text=\"a&#1;b&#127;&#27;[31m&#x9b;0m&#xFFFF;ö\" xmlUrl=\"https://a.example/\"/>"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->front().title, "ab[31m0mö");
}

TEST(Opml, OnlyWebAddressesAndEachOnce) {
  const auto read = read_opml(opml(R"xml(<outline xmlUrl="https://a.example/"/><outline xmlUrl="https://a.example/"/>
      <outline xmlUrl="javascript:alert(1)"/><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="/relative"/>
      <outline xmlUrl=""/><outline text="no address"/>)xml"));
  ASSERT_TRUE(read);
  EXPECT_THAT(*read, SizeIs(1));
}

TEST(Opml, TenThousandFeedsAreRead) {
  std::string body;
  for (int i = 0; i < 10000; ++i)
    body += fmt::format("<outline text=\"F {0}\" xmlUrl=\"https://host{1}.example/feed/{0}\"/>", i, i % 40);
  const auto began = std::chrono::steady_clock::now();
  const auto read = read_opml(opml(body));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_THAT(*read, SizeIs(10000));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

TEST(Opml, BombsAreRefusedUnread) {
  std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE opml [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c <= 'j'; ++c)
    laughs += fmt::format("<!ENTITY {0} \"&{1};&{1};&{1};&{1};&{1};&{1};&{1};&{1};&{1};&{1};\">", c,
                          static_cast<char>(c - 1));
  laughs += "]><opml version=\"2.0\"><body><outline text=\"&j;\" xmlUrl=\"https://a.example/\"/></body></opml>";
  EXPECT_THAT(refusal(laughs), HasSubstr("document type"));
  const std::string outside =
      "<!DOCTYPE opml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><opml><body><outline text=\"&x;\" "
      "xmlUrl=\"https://a.example/\"/></body></opml>";
  EXPECT_THAT(refusal(outside), HasSubstr("document type"));
  std::string wide;  // UTF-16 hides nothing
  for (const char c : "\xff\xfe" + std::string("<!DOCTYPE opml []><opml><body/></opml>")) {
    wide += c;
    if (static_cast<unsigned char>(c) < 0x80) wide += '\0';
  }
  EXPECT_THAT(refusal(wide), HasSubstr("document type"));
}

TEST(Opml, BoundsHoldInDepthNumberAndSize) {
  std::string deep, many;
  for (int i = 0; i < 200; ++i) deep += "<outline text=\"x\">";
  for (int i = 0; i < 200; ++i) deep += "</outline>";
  EXPECT_THAT(refusal(opml(deep)), HasSubstr("64 levels"));
  for (int i = 0; i <= 20000; ++i) many += fmt::format("<outline xmlUrl=\"https://a.example/{}\"/>", i);
  EXPECT_THAT(refusal(opml(many)), HasSubstr("more than 20000"));
  EXPECT_THAT(refusal(std::string(most_opml_bytes + 1, ' ')), HasSubstr("16 MB"));
}

TEST(Opml, AMistakeIsToldByItsLine) {
  EXPECT_THAT(refusal("<opml><body>\n<outline text=\"a\"\nxmlUrl=bad></body>"),
              HasSubstr("not well-formed XML in line 3"));
}

TEST(Opml, WhatIsNoOpmlIsRefusedWithTheCause) {
  EXPECT_THAT(refusal(""), HasSubstr("well-formed"));
  EXPECT_THAT(refusal("hello"), testing::AnyOf(HasSubstr("well-formed"), HasSubstr("no OPML")));
  EXPECT_THAT(refusal("<html><body><outline xmlUrl=\"https://a.example/\"/></body></html>"), HasSubstr("no OPML"));
  EXPECT_THAT(refusal("<opml><head/></opml>"), HasSubstr("no OPML"));
  EXPECT_THAT(refusal("<opml><body><outline xmlUrl=\"https://a.example/\"/>"), HasSubstr("well-formed"));
  EXPECT_THAT(refusal("{\"feeds\": []}"), testing::AnyOf(HasSubstr("well-formed"), HasSubstr("no OPML")));
}

}  // namespace
}  // namespace sotevahti::feed
