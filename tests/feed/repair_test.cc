// Broken documents: a feed of 100 items with one defect keeps the other 99, and one
// cut after item 80 keeps 79. Twelve kinds of defects, each in several forms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "feed/xml_repair.h"
#include "feeds.h"

namespace sotevahti::feed {
namespace {

constexpr int items = 100;
constexpr int broken = 50;

struct Defect {
  std::string_view kind;
  std::string_view replaced;  // in item 50
  std::string_view by;
};

// `replaced` stands in every item; its number is 50 in the broken one.
const std::vector<Defect>& defects() {
  static const std::vector<Defect> all = {
      {"bare ampersand", "Uutinen 50", "Sosiaali & terveys"},
      {"bare ampersand", "Uutinen 50", "A&B; C & D &"},
      {"bare ampersand", "https://example.org/uutiset/50", "https://example.org/?a=1&b=2"},
      {"bare ampersand", "<guid", "<guid domain=\"a&b\""},
      {"bare ampersand", "Uutinen 50", "&#xZZ; ja &#; ja &;"},
      {"undeclared entity", "Uutinen 50", "Uutinen&nbsp;50 &ndash; p&auml;ivitetty"},
      {"undeclared entity", "Uutinen 50", "&tuntematon; 50"},
      {"undeclared entity", "<guid", "<guid title=\"&hellip;\""},
      {"bare less-than", "Uutinen 50", "5 < 7"},
      {"bare less-than", "Uutinen 50", "ikä <65 vuotta"},
      {"bare less-than", "Uutinen 50", "Kysy <matti@example.org>"},
      {"bare less-than", "Uutinen 50", "a <- b"},
      {"bare less-than", "Uutinen 50", "x <y and z"},
      {"bare less-than", "Uutinen 50", "<3 <3 <3"},
      {"unclosed tag", "Uutinen 50</title>", "Uutinen 50"},
      {"unclosed tag", "uutiset/50</link>", "uutiset/50"},
      {"unclosed tag", "]]></description>\n</item>\n<item>\n<title>Uutinen 51",
       "]]>\n</item>\n<item>\n<title>Uutinen 51"},
      {"unclosed tag", "Uutinen 50", "<b>Uutinen 50"},
      {"unclosed tag", "Uutinen 50", "Uutinen<br>50"},
      {"unclosed tag", "Uutinen 50", "<p>Uutinen <img src=\"x.png\"> 50"},
      {"unclosed tag", "asiasta 50.</p>]]></description>\n</item>", "asiasta 50.</p>]]></description>\n"},
      {"stray end tag", "Uutinen 50", "Uutinen 50</b>"},
      {"stray end tag", "Uutinen 50</title>", "Uutinen 50</title></title>"},
      {"stray end tag", "Uutinen 50", "<b><i>Uutinen 50</b></i>"},
      {"stray end tag", "<title>Uutinen 50", "</channel><title>Uutinen 50"},
      {"stray end tag", "<title>Uutinen 50</title>", "<title>Uutinen 50</Title>"},
      {"stray end tag", "Uutinen 50", "Uutinen 50</>"},
      {"unquoted attribute", "<title>Uutinen 50", "<title type=text>Uutinen 50"},
      {"unquoted attribute", "<title>Uutinen 50", "<title type=text lang=fi>Uutinen 50"},
      {"unquoted attribute", "<title>Uutinen 50", "<title hidden>Uutinen 50"},
      {"unquoted attribute", "<title>Uutinen 50", "<title type=\"text>Uutinen 50"},
      {"unquoted attribute", "<title>Uutinen 50", "<title type='text\">Uutinen 50"},
      {"unquoted attribute", "<title>Uutinen 50", "<title a=\"1\"b=\"2\">Uutinen 50"},
      {"unquoted attribute", "<title>Uutinen 50", "<title a=\"1\" a=\"2\">Uutinen 50"},
      {"unquoted attribute", "<title>Uutinen 50", "<title a=\"x < y\">Uutinen 50"},
      {"unknown prefix", "<title>Uutinen 50", "<foo:bar>x</foo:bar><title>Uutinen 50"},
      {"unknown prefix", "<title>Uutinen 50", "<title foo:a=\"b\">Uutinen 50"},
      {"unknown prefix", "<title>Uutinen 50", "<itunes:subtitle>x</itunes:subtitle><title>Uutinen 50"},
      {"unknown prefix", "<title>Uutinen 50", "<a:b:c/><title>Uutinen 50"},
      {"control characters", "Uutinen 50", std::string_view("Uutinen\0 50", 11)},
      {"control characters", "Uutinen 50", "Uutinen\x0B 50"},
      {"control characters", "Uutinen 50", "Uutinen\x1F 50\x01\x02"},
      {"control characters", "Uutinen 50", "Uutinen &#1; 50"},
      {"control characters", "Uutinen 50", "Uutinen &#x0; 50"},
      {"control characters", "Uutinen 50", "Uutinen\xEF\xBF\xBE 50"},
      {"unclosed CDATA", "asiasta 50.</p>]]>", "asiasta 50.</p>"},
      {"unclosed CDATA", "asiasta 50.</p>]]>", "asiasta 50.</p>]]"},
      {"unclosed CDATA", "asiasta 50.</p>]]>", "asiasta 50.</p>]>"},
      {"unclosed CDATA", "Uutinen 50", "<![CDATA[Uutinen 50"},
      {"unclosed CDATA", "asiasta 50.</p>]]></description>", "asiasta 50.</p>"},
      {"unclosed CDATA", "asiasta 50.</p>]]>", "asiasta 50.</p>]]>]]>"},
      {"broken comment", "<title>Uutinen 50", "<!-- unohtui <title>Uutinen 50"},
      {"broken comment", "<title>Uutinen 50", "<!-- a -- b --><title>Uutinen 50"},
      {"broken comment", "<title>Uutinen 50", "<!- x -><title>Uutinen 50"},
      {"broken comment", "<title>Uutinen 50", "<?php echo 1; <title>Uutinen 50"},
      {"broken comment", "<title>Uutinen 50", "<!DOCTYPE html><title>Uutinen 50"},
      {"bad bytes", "Uutinen 50", "P\xE4\xE4t\xF6s 50"},
      {"bad bytes", "Uutinen 50", "Uutinen \xFF\xFE 50"},
      {"bad bytes", "Uutinen 50", "Uutinen \xED\xA0\x80 50"},
      {"bad bytes", "Uutinen 50", "Uutinen \xC3"},
      {"repeated root", "<title>Uutinen 50", "</item></channel></rss><rss><channel><item><title>Uutinen 50"},
      {"repeated root", "<title>Uutinen 50", "<?xml version=\"1.0\"?><title>Uutinen 50"},
      {"repeated root", "<title>Uutinen 50", "<channel><title>Uutinen 50"},
  };
  return all;
}

std::string whole_feed() {
  std::string text(feed_opening);
  for (int number = 1; number <= items; ++number) text += numbered_item(number);
  return text.append(feed_closing);
}

std::string with(const Defect& defect) {
  std::string text = whole_feed();
  const std::size_t item = text.find("<title>Uutinen 50");
  std::size_t at = text.find(defect.replaced, item);
  if (at == std::string::npos) at = text.find(defect.replaced);
  EXPECT_NE(at, std::string::npos) << defect.replaced;
  return text.replace(at, defect.replaced.size(), defect.by);
}

// How many items came through as they were, by id and title.
int whole_items(const Document& document) {
  std::set<std::string> seen;
  for (const Entry& entry : document.entries) {
    if (!entry.id || !entry.title || !entry.link || entry.summary.value_or(Text{}).value.empty()) continue;
    if (entry.title->value.starts_with("Uutinen ")) seen.insert(*entry.id + entry.title->value);
  }
  return static_cast<int>(seen.size());
}

TEST(Repair, TheCleanFeedIsNotRecovered) {
  const Document document = parsed(whole_feed());
  EXPECT_FALSE(document.recovered) << document.error;
  EXPECT_EQ(whole_items(document), items);
}

TEST(Repair, ThereAreSixtyDefectsOfTwelveKinds) {
  std::set<std::string_view> kinds;
  for (const Defect& defect : defects()) kinds.insert(defect.kind);
  EXPECT_GE(defects().size(), 60U);
  EXPECT_EQ(kinds.size(), 12U);
}

class Broken : public testing::TestWithParam<std::size_t> {};

TEST_P(Broken, KeepsTheOthersAndSaysSo) {
  const Defect& defect = defects()[GetParam()];
  const Document document = parsed(with(defect));
  EXPECT_TRUE(document.is_feed());
  EXPECT_TRUE(document.recovered) << defect.kind << ": " << defect.by;
  EXPECT_FALSE(document.error.empty());
  EXPECT_GE(whole_items(document), items - 1) << defect.kind << ": " << defect.by;
  EXPECT_LE(document.entries.size(), static_cast<std::size_t>(items + 1));
}

INSTANTIATE_TEST_SUITE_P(Defects, Broken, testing::Range<std::size_t>(0, defects().size()));

// What a reader was to see is seen: an address in angles is no tag.
TEST(Repair, AMailAddressInAnglesStaysText) {
  const Document document = parsed(with({"bare less-than", "Uutinen 50", "Kysy <matti@example.org> heti"}));
  const auto item = std::find_if(document.entries.begin(), document.entries.end(),
                                 [](const Entry& entry) { return entry.id && entry.id->ends_with(":50"); });
  ASSERT_NE(item, document.entries.end());
  ASSERT_TRUE(item->title);
  EXPECT_THAT(item->title->value, testing::HasSubstr("matti@example.org"));
  EXPECT_THAT(item->title->value, testing::HasSubstr("heti"));
}

TEST(Repair, EveryTruncationKeepsTheWholeItems) {
  const std::string text = whole_feed();
  const std::size_t item80_end = text.find("<item>\n<title>Uutinen 81");
  const std::size_t item81_end = text.find("<item>\n<title>Uutinen 82");
  for (std::size_t cut = item80_end; cut < item81_end; ++cut) {
    const Document document = parsed(std::string_view(text).substr(0, cut));
    ASSERT_TRUE(document.recovered) << cut;
    ASSERT_GE(whole_items(document), 79) << text.substr(cut - 20, 20);
    ASSERT_LE(document.entries.size(), 81U);
  }
}

TEST(Repair, AnItemThatIsCutOffIsLeftOutWhereThereAreOthers) {
  const std::string text = whole_feed();
  const std::size_t in_item81 = text.find("<guid", text.find("Uutinen 81"));
  EXPECT_EQ(parsed(std::string_view(text).substr(0, in_item81)).entries.size(), 80U);
  const std::size_t in_item1 = text.find("<guid");
  EXPECT_EQ(parsed(std::string_view(text).substr(0, in_item1)).entries.size(), 1U);
}

TEST(Repair, DefectsInTheChannelKeepAllItems) {
  for (const std::string_view defect : {"<title>Uutiset & muuta</title>", "<title>Uutiset", "</foo>", "5 < 7",
                                        "<description>a <b c</description>", "<image><url>x</url>"}) {
    std::string text = whole_feed();
    text.insert(text.find("<item>"), defect);
    const Document document = parsed(text);
    EXPECT_TRUE(document.recovered) << defect;
    EXPECT_EQ(whole_items(document), items) << defect;
  }
}

TEST(Repair, AtomIsRepairedLikeRss) {
  std::string text = "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>";
  for (int i = 1; i <= items; ++i) {
    text += fmt::format(
        "<entry><title>E {0}</title><id>tag:{0}</id><link href='https://example.org/{0}'/>"
        "<author><name>N</name></author><content type='html'>x &lt;b>{1}</content></entry>",
        i, i == broken ? "<oops" : "");
  }
  text += "</feed>";
  const Document document = parsed(text);
  EXPECT_TRUE(document.recovered);
  ASSERT_EQ(document.entries.size(), 100U);
  EXPECT_EQ(document.entries[50].title->value, "E 51");
  EXPECT_EQ(document.entries[50].authors.at(0).name, "N");
}

TEST(Repair, SeveralDefectsAtOnce) {
  std::string text(feed_opening);
  for (int i = 1; i <= items; ++i) {
    std::string item = numbered_item(i);
    if (i % 10 == 0) item.replace(item.find("</title>"), 8, " & <x");
    text += item;
  }
  const Document document = parsed(text);
  EXPECT_TRUE(document.recovered);
  EXPECT_GE(whole_items(document), 90);
}

TEST(Repair, JunkBeforeTheFeedIsPassedOver) {
  const Document document =
      parsed("<br />\n<b>Warning</b>: include(x.php): failed on line <b>3</b><br />\n" + whole_feed());
  EXPECT_TRUE(document.recovered);
  EXPECT_EQ(whole_items(document), items);
}

TEST(Repair, ABrokenDeclarationIsADefect) {
  for (const std::string_view declaration :
       {"<?xml version='1'?>", "<?xml encoding='utf-8'?>", "<?xml version='1.0' encoding='utf 8'?>",
        "<?xml version='1.0' standalone='maybe'?>", "<?xml version='1.0' lang='fi'?>"}) {
    std::string text = whole_feed();
    text.replace(0, text.find("?>") + 2, declaration);
    const Document document = parsed(text);
    EXPECT_TRUE(document.recovered) << declaration;
    EXPECT_EQ(whole_items(document), items) << declaration;
  }
}

TEST(Repair, BlankLinesBeforeTheDeclarationAreADefect) {
  const Document document = parsed("\n\n" + whole_feed());
  EXPECT_TRUE(document.recovered);
  EXPECT_EQ(whole_items(document), items);
}

TEST(RepairXml, WritesWellFormedXmlOfAnything) {
  for (const Defect& defect : defects()) {
    const Document again = parsed(repair_xml(with(defect)));
    EXPECT_TRUE(again.is_feed()) << defect.by;
    EXPECT_GE(again.entries.size(), 99U) << defect.by;
  }
}

TEST(RepairXml, IsLinear) {
  // Each would be quadratic if a missing end were looked for at every step.
  for (const std::string_view part :
       {"<![CDATA[", "<!--", "<?", "<a ", "</a>", "<a b=\"", "<!DOCTYPE [", "<title>", "&", "<x><y>"}) {
    std::string text = "<rss><channel><item>";
    while (text.size() < 2'000'000) text += part;
    EXPECT_GE(repair_xml(text).size(), 20U) << part;
  }
}

}  // namespace
}  // namespace sotevahti::feed
