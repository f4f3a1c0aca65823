// Each format's own structure: versions, where items stand, what bleeds where.
#include <gtest/gtest.h>

#include "base/zone.h"
#include "feeds.h"

namespace sotevahti::feed {
namespace {

Format format_of(std::string_view text) { return parsed(text).format; }

TEST(Formats, VersionsOfRss) {
  EXPECT_EQ(format_of("<rss version='0.91'><channel/></rss>"), Format::rss091);
  EXPECT_EQ(format_of("<rss version='0.92'><channel/></rss>"), Format::rss092);
  EXPECT_EQ(format_of("<rss version='0.93'><channel/></rss>"), Format::rss093);
  EXPECT_EQ(format_of("<rss version='0.94'><channel/></rss>"), Format::rss094);
  EXPECT_EQ(format_of("<rss version='2.0'><channel/></rss>"), Format::rss20);
  EXPECT_EQ(format_of("<rss version='2.0.1'><channel/></rss>"), Format::rss20);
  EXPECT_EQ(format_of("<rss version='9'><channel/></rss>"), Format::rss);
  EXPECT_EQ(format_of("<rss><channel/></rss>"), Format::rss);
}

TEST(Formats, RdfIsToldByItsNamespace) {
  const std::string rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' ";
  EXPECT_EQ(format_of(rdf + "xmlns='http://purl.org/rss/1.0/'/>"), Format::rss10);
  EXPECT_EQ(format_of(rdf + "xmlns:rss='http://purl.org/rss/1.0/'/>"), Format::rss10);
  EXPECT_EQ(format_of(rdf + "xmlns='http://my.netscape.com/rdf/simple/0.9/'/>"), Format::rss090);
}

TEST(Formats, AtomIsToldByItsNamespaceElseByVersion) {
  EXPECT_EQ(format_of("<feed xmlns='http://www.w3.org/2005/Atom'/>"), Format::atom10);
  EXPECT_EQ(format_of("<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>"), Format::atom10);
  EXPECT_EQ(format_of("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>"), Format::atom03);
  EXPECT_EQ(format_of("<feed version='0.3'/>"), Format::atom03);
  EXPECT_EQ(format_of("<feed/>"), Format::atom10);
}

TEST(Formats, NamesOfFormats) {
  EXPECT_EQ(to_string(Format::atom10), "atom10");
  EXPECT_EQ(to_string(Format::json11), "json11");
  EXPECT_EQ(to_string(Format::unknown), "unknown");
}

TEST(Rss, ItemsBesideTheChannelAreItems) {
  const Document document = parsed(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
      "<channel rdf:about='urn:x'><title>T</title></channel><image><url>http://x/i.png</url></image>"
      "<item rdf:about='urn:1'><title>A</title></item><item "
      "rdf:about='urn:2'><title>B</title></item></rdf:RDF>");
  ASSERT_EQ(document.entries.size(), 2U);
  EXPECT_EQ(document.entries[1].id, "urn:2");
  EXPECT_EQ(document.entries[1].id_is_permalink, std::nullopt);
  EXPECT_EQ(document.feed.id, "urn:x");
  EXPECT_EQ(document.feed.image->url, "http://x/i.png");
}

TEST(Rss, NamesInAnyCaseAndInAnyNamespaceOfTheRoot) {
  const Document document = parsed(
      "<RSS VERSION='2.0' xmlns='urn:own'><CHANNEL><TITLE>T</TITLE><Item><Title>A</Title>"
      "<GUID ISPERMALINK='false'>7</GUID></Item></CHANNEL></RSS>");
  EXPECT_EQ(document.feed.title->value, "T");
  ASSERT_EQ(document.entries.size(), 1U);
  EXPECT_EQ(document.entries[0].id, "7");
  EXPECT_FALSE(document.recovered) << document.error;
}

TEST(Rss, AnotherNamespacesElementIsNotRss) {
  const Entry entry = only_entry(
      "<rss xmlns:x='urn:x'><channel><item><x:title>wrong</x:title><title>right</title>"
      "<x:description>wrong</x:description></item></channel></rss>");
  EXPECT_EQ(entry.title->value, "right");
  EXPECT_FALSE(entry.summary);
}

TEST(Rss, CompoundElementsDoNotBleed) {
  const Document document =
      parsed(rss("<title>T</title><image><title>I</title><link>http://x/i</link><url>http://x/i.png</url><width>88</"
                 "width></image>"
                 "<textInput><title>S</title><description>D</description><link>http://x/s</link></textInput>"));
  EXPECT_EQ(document.feed.title->value, "T");
  EXPECT_FALSE(document.feed.link);
  EXPECT_FALSE(document.feed.subtitle);
  EXPECT_EQ(document.feed.image->title, "I");
  EXPECT_EQ(document.feed.image->width, 88);
}

TEST(Rss, GuidIsALinkOnlyWhereThereIsNone) {
  const Entry alone = only_entry(rss_item("<guid>http://x/1</guid>"));
  EXPECT_EQ(alone.link, "http://x/1");
  EXPECT_EQ(alone.id_is_permalink, true);
  const Entry beside = only_entry(rss_item("<guid>http://x/1</guid><link>http://x/2</link>"));
  EXPECT_EQ(beside.link, "http://x/2");
  EXPECT_EQ(beside.id_is_permalink, false);
  EXPECT_FALSE(only_entry(rss_item("<guid isPermaLink='false'>http://x/1</guid>")).link);
  EXPECT_FALSE(only_entry(rss_item("<guid>12345</guid>")).link);
  EXPECT_FALSE(only_entry(rss_item("<guid>javascript:alert(1)</guid>")).link);
}

TEST(Rss, ItsOwnLinkGoesBeforeAtomsLink) {
  const Document document =
      parsed(rss("<atom:link rel='alternate' href='http://x/atom'/><link>http://x/rss</link>"
                 "<atom:link rel='self' href='http://x/feed'/>"));
  EXPECT_EQ(document.feed.link, "http://x/rss");
  ASSERT_EQ(document.feed.links.size(), 3U);
  EXPECT_EQ(document.feed.links[2].rel, "self");
}

TEST(Rss, SecondTextGoesToTheContent) {
  const Entry entry = only_entry(rss_item("<description>D</description><itunes:summary>S</itunes:summary>"));
  EXPECT_EQ(entry.summary->value, "D");
  ASSERT_EQ(entry.content.size(), 1U);
  EXPECT_EQ(entry.content[0].value, "S");
}

TEST(Rss, TheFirstTitleThatSaysSomethingCounts) {
  EXPECT_EQ(only_entry(rss_item("<title/><dc:title>B</dc:title><title>C</title>")).title->value, "B");
  EXPECT_EQ(only_entry(rss_item("<media:title>M</media:title><title>C</title>")).title->value, "C");
  EXPECT_EQ(only_entry(rss_item("<media:group><media:content url='http://x/a'><media:title>M</media:title>"
                                "</media:content></media:group>"))
                .title->value,
            "M");
}

TEST(Rss, OfRepeatedDatesTheLastCounts) {
  const Entry entry = only_entry(
      rss_item("<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate><pubDate>Fri, 02 Jan 2004 19:48:21 GMT</pubDate>"
               "<pubDate>soon</pubDate><dc:date>2004-01-03T10:00:00+02:00</dc:date>"));
  EXPECT_EQ(base::to_rfc3339(entry.published->time), "2004-01-02T19:48:21Z");
  EXPECT_EQ(base::to_rfc3339(entry.updated->time), "2004-01-03T08:00:00Z");
}

TEST(Rss, EnclosuresAreLinksToo) {
  const Entry entry = only_entry(
      rss_item("<link>http://x/1</link><enclosure url='/a.mp3' type='audio/mpeg' length='42'/>"), "http://x/feed");
  ASSERT_EQ(entry.enclosures.size(), 1U);
  EXPECT_EQ(entry.enclosures[0].href, "http://x/a.mp3");
  EXPECT_EQ(entry.links.size(), 2U);
  EXPECT_EQ(entry.links[1].rel, "enclosure");
  EXPECT_EQ(entry.links[1].length, "42");
}

TEST(Rss, SourceNamesAnotherFeed) {
  const Entry entry = only_entry(rss_item("<title>A</title><source url='http://y/rss'>Toinen</source>"));
  EXPECT_EQ(entry.title->value, "A");
  EXPECT_EQ(entry.source->href, "http://y/rss");
  EXPECT_EQ(entry.source->title->value, "Toinen");
}

TEST(Rss, CategoriesOfEveryKind) {
  const Entry entry = only_entry(
      rss_item("<category "
               "domain='http://d/'>a</category><category>a</category><category>a</category><dc:subject>b</dc:subject>"
               "<media:category>c</media:category><itunes:category text='d'><itunes:category "
               "text='e'/></itunes:category>"
               "<itunes:keywords>f, g ,,f</itunes:keywords>"));
  std::string terms;
  for (const Category& category : entry.categories) terms += category.term;
  EXPECT_EQ(terms, "aabcdefg");
  EXPECT_EQ(entry.categories[0].scheme, "http://d/");
  EXPECT_EQ(entry.categories[3].scheme, "http://search.yahoo.com/mrss/category_schema");
}

TEST(Rss, ItunesFlags) {
  EXPECT_EQ(only_entry(rss_item("<itunes:explicit>Yes</itunes:explicit>")).explicit_content, std::optional(true));
  EXPECT_EQ(only_entry(rss_item("<itunes:explicit>clean</itunes:explicit>")).explicit_content, std::optional(false));
  const Entry odd = only_entry(rss_item("<itunes:explicit>maybe</itunes:explicit><itunes:block>yes</itunes:block>"));
  ASSERT_TRUE(odd.explicit_content.has_value());
  EXPECT_EQ(*odd.explicit_content, std::nullopt);
  EXPECT_EQ(odd.block, true);
}

TEST(Atom, LinksByRelation) {
  const Entry entry = only_entry(
      atom_entry("<link rel='self' href='s'/><link type='application/pdf' href='p'/><link href='a'/><link href='b'/>"
                 "<link rel='http://www.iana.org/assignments/relation/enclosure' href='e' length='5'/>"
                 "<link rel='related'>t</link><link rel='alternate' href='javascript:alert(1)'/><link/>"),
      "http://x/y/");
  EXPECT_EQ(entry.link, "http://x/y/a");
  ASSERT_EQ(entry.links.size(), 6U);
  EXPECT_EQ(entry.enclosures.at(0).href, "http://x/y/e");
  EXPECT_EQ(entry.links[5].href, "http://x/y/t");
}

TEST(Atom, SourceIsRead) {
  const Entry entry =
      only_entry(atom_entry("<title>A</title><source><id>urn:s</id><title>S</title><author><name>N</name></author>"
                            "<source><title>no</title></source></source>"));
  EXPECT_EQ(entry.title->value, "A");
  EXPECT_TRUE(entry.authors.empty());
  EXPECT_EQ(entry.source->id, "urn:s");
  EXPECT_EQ(entry.source->title->value, "S");
  EXPECT_EQ(entry.source->authors.at(0).name, "N");
}

TEST(Cdf, AddressesAndDatesStandInAttributes) {
  const Document document = parsed(
      "<CHANNEL HREF='http://x/' LASTMOD='1999-01-02'><TITLE>T</TITLE><ABSTRACT>A</ABSTRACT>"
      "<ITEM HREF='http://x/1' LASTMOD='1999-01-03T10:00Z'><TITLE>I</TITLE></ITEM></CHANNEL>");
  EXPECT_EQ(document.format, Format::cdf);
  EXPECT_EQ(document.feed.link, "http://x/");
  EXPECT_EQ(document.feed.subtitle->value, "A");
  ASSERT_EQ(document.entries.size(), 1U);
  EXPECT_EQ(document.entries[0].link, "http://x/1");
  EXPECT_EQ(base::to_rfc3339(document.entries[0].updated->time), "1999-01-03T10:00:00Z");
}

TEST(Languages, NearestElseTheFeeds) {
  const Document document = parsed(
      "<rss version='2.0'><channel><title>T</title><language>fi_FI</language>"
      "<item><title>A</title></item><item xml:lang='sv'><title>B</title><description "
      "xml:lang=''>C</description></item>"
      "</channel></rss>");
  EXPECT_EQ(document.feed.language, "fi-FI");
  EXPECT_EQ(document.feed.title->language, "fi-FI");
  EXPECT_EQ(document.entries[0].title->language, "fi-FI");
  EXPECT_EQ(document.entries[1].title->language, "sv");
  EXPECT_EQ(document.entries[1].summary->language, std::nullopt);
}

TEST(Bases, AreNestedAndSafe) {
  const Document document = parsed(
      "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='a/'><link href='l'/>"
      "<entry xml:base='b/'><link href='l'/><title type='html'>&lt;a href='t'&gt;x&lt;/a&gt;</title></entry>"
      "<entry xml:base='javascript:x'><link href='l'/></entry></feed>",
      "http://x/");
  EXPECT_EQ(document.feed.link, "http://x/a/l");
  EXPECT_EQ(document.entries[0].link, "http://x/a/b/l");
  EXPECT_EQ(document.entries[0].title->value, "<a href=\"http://x/a/b/t\">x</a>");
  EXPECT_EQ(document.entries[0].title->base, "http://x/a/b/");
  EXPECT_EQ(document.entries[1].link, "http://x/a/l");
}

TEST(PollHints, OfRss) {
  const PollHints hints =
      parsed(rss("<ttl>60</ttl><skipHours><hour>0</hour><hour>24</hour><hour>23</hour></skipHours>"
                 "<skipDays><day>Sunday</day><day>saturday</day><day>Never</day></skipDays>"
                 "<sy:updateFrequency>4</sy:updateFrequency><sy:updatePeriod>daily</sy:updatePeriod>"
                 "<atom:link rel='hub' href='http://h/'/><atom:link rel='self' href='http://s/'/>"))
          .hints;
  EXPECT_EQ(hints.ttl_minutes, 60);
  EXPECT_EQ(hints.skip_hours, (std::vector{0, 23}));
  EXPECT_EQ(hints.skip_days, (std::vector{0, 6}));
  EXPECT_EQ(hints.update_period_minutes, 360);
  EXPECT_EQ(hints.hub, "http://h/");
  EXPECT_EQ(hints.self, "http://s/");
}

TEST(PollHints, NonsenseSaysNothing) {
  const PollHints hints =
      parsed(rss("<ttl>-5</ttl><skipHours><hour>99</hour><hour>x</hour></skipHours>"
                 "<sy:updatePeriod>always</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>"))
          .hints;
  EXPECT_EQ(hints.ttl_minutes, std::nullopt);
  EXPECT_TRUE(hints.skip_hours.empty());
  EXPECT_EQ(hints.update_period_minutes, std::nullopt);
}

TEST(PollHints, ArchivesAreKnown) {
  const PollHints hints =
      parsed(
          "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:fh='http://purl.org/syndication/history/1.0'>"
          "<fh:archive/><link rel='prev-archive' href='http://x/2025.atom'/></feed>")
          .hints;
  EXPECT_TRUE(hints.is_archive);
  EXPECT_FALSE(hints.is_complete);
  EXPECT_EQ(hints.previous_archive, "http://x/2025.atom");
}

TEST(OData, PropertiesAreKept) {
  const Entry entry = only_entry(
      "<feed xmlns='http://www.w3.org/2005/Atom' "
      "xmlns:d='http://schemas.microsoft.com/ado/2007/08/dataservices' "
      "xmlns:m='http://schemas.microsoft.com/ado/2007/08/dataservices/metadata'><entry><title/>"
      "<content type='application/xml'><m:properties><d:Id>7</d:Id><d:Empty m:null='true'/>"
      "<d:Goals>&lt;p&gt;x&lt;/p&gt;</d:Goals></m:properties></content></entry></feed>");
  EXPECT_TRUE(entry.content.empty());
  ASSERT_EQ(entry.properties.size(), 2U);
  EXPECT_EQ(entry.properties[1], (std::pair<std::string, std::string>("Goals", "<p>x</p>")));
}

}  // namespace
}  // namespace sotevahti::feed
