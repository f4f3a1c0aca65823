// Items: what the pipeline takes on from an entry, without any platform's meaning.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feeds.h"

namespace sotevahti::feed {
namespace {

Item item_of(const std::string& text, const ItemContext& context = {}) {
  const std::vector<Item> items = to_items(parsed(text, "https://example.org/feed"), context);
  return items.size() == 1 ? items[0] : Item{};
}

TEST(Items, HaveTheFullestText) {
  const Item item = item_of(
      rss_item("<title>T</title><description>Lyhyt &lt;b&gt;teksti&lt;/b&gt;</description>"
               "<content:encoded>&lt;p&gt;Pitkä&lt;/p&gt;&lt;p&gt;teksti &amp;amp; kuva&lt;/p&gt;</content:encoded>"));
  EXPECT_EQ(item.html.view(), "<p>Pitkä</p><p>teksti &amp; kuva</p>");
  EXPECT_EQ(item.text.view().find('<'), std::string::npos);
  EXPECT_NE(item.text.view().find("teksti & kuva"), std::string::npos);
  EXPECT_EQ(item_of(rss_item("<title>T</title><description>Lyhyt</description>")).text.view(), "Lyhyt");
}

TEST(Items, PlainContentIsEscaped) {
  const Item item = item_of(atom_entry("<title>T</title><content>1 &lt; 2</content>"));
  EXPECT_EQ(item.text.view(), "1 < 2");
  EXPECT_EQ(item.html.view(), "1 &lt; 2");
}

TEST(Items, TitlesAreOneLineOfPlainText) {
  EXPECT_EQ(item_of(rss_item("<title>&lt;b&gt;A&lt;/b&gt;\n &amp;amp; B</title>")).title.view(), "A & B");
  EXPECT_EQ(item_of(rss_item("<title>hyvinvointi&#xAD;alue\u00A0x\u200By</title>")).title.view(), "hyvinvointialue xy");
}

TEST(Items, AnEndlessTitleIsCutAndToldInTheText) {
  std::string title = "Alku";
  while (title.size() < 100'000) title += " hyvinvointialue";
  const Item item = item_of(rss_item("<title>" + title + " loppu</title><description>Teksti</description>"));
  EXPECT_LE(item.title.view().size(), 510U);
  EXPECT_TRUE(item.title.view().starts_with("Alku hyvinvointialue"));
  EXPECT_TRUE(item.title.view().ends_with("hyvinvointialue…"));
  EXPECT_TRUE(item.text.view().starts_with("Alku hyvinvointialue"));
  EXPECT_TRUE(item.text.view().ends_with("loppu\n\nTeksti"));
  EXPECT_NE(item.html.view().find("loppu</p>Teksti"), std::string::npos)
      << item.html.view().substr(item.html.view().size() - 100);

  std::string usual(480, 'a');
  EXPECT_EQ(item_of(rss_item("<title>" + usual + "</title>")).title.view(), usual);
}

TEST(Items, AddressesAreOfTheWeb) {
  EXPECT_EQ(item_of(rss_item("<title>T</title><link>/a b</link>")).url.substr(0, 20), "https://example.org/");
  EXPECT_EQ(item_of(rss_item("<title>T</title><link>ftp://x/y</link>")).url, "");
  EXPECT_EQ(item_of(rss_item("<title>T</title><link>javascript:x</link>")).url, "");
  EXPECT_EQ(item_of(rss_item("<title>T</title><link>https://x.fi/a?utm_source=b</link>")).url,
            "https://x.fi/a?utm_source=b");
}

TEST(Items, AnEmptyOneIsLeftOut) {
  EXPECT_TRUE(to_items(parsed(rss("<item/><item><guid isPermaLink='false'>1</guid></item>")), {}).empty());
  EXPECT_EQ(to_items(parsed(rss("<item><link>https://x.fi/1</link></item>")), {}).size(), 1U);
}

TEST(Items, DatesWithoutAZoneAreTheCataloguesZone) {
  const auto published = [](std::string_view date, std::string zone) {
    ItemContext context;
    context.zone = std::move(zone);
    const Item item = item_of(rss_item(fmt::format("<title>T</title><pubDate>{}</pubDate>", date)), context);
    return item.published ? base::to_rfc3339(*item.published) : "none";
  };
  EXPECT_EQ(published("4.12.2023 klo 13.02", "Europe/Helsinki"), "2023-12-04T11:02:00Z");
  EXPECT_EQ(published("4.7.2023 13.02", "Europe/Helsinki"), "2023-07-04T10:02:00Z");
  EXPECT_EQ(published("2023-12-04T13:02:00", "Europe/Stockholm"), "2023-12-04T12:02:00Z");
  EXPECT_EQ(published("2023-12-04T13:02:00", "Nowhere/Here"), "2023-12-04T11:02:00Z");
  EXPECT_EQ(published("Mon, 04 Dec 2023 13:02:00 GMT", "Europe/Helsinki"), "2023-12-04T13:02:00Z");
  EXPECT_EQ(published("Thu, 01 Jan 1970 00:00:00 GMT", "Europe/Helsinki"), "none");
  EXPECT_EQ(published("eilen", "Europe/Helsinki"), "none");
}

TEST(Items, PublishedIsUpdatedWhereNothingElseIsSaid) {
  const Item item = item_of(atom_entry("<title>T</title><updated>2026-02-09T10:00:00Z</updated>"));
  EXPECT_EQ(item.published, item.updated);
  EXPECT_TRUE(item.published.has_value());
}

TEST(Items, AuthorsAreInheritedFromSourceAndFeed) {
  EXPECT_EQ(item_of(rss_item("<title>T</title><dc:creator>A</dc:creator><dc:creator>B</dc:creator>"
                             "<dc:creator>A</dc:creator>"))
                .author,
            "A, B");
  EXPECT_EQ(item_of(atom("<author><name>F</name></author><entry><title>T</title></entry>")).author, "F");
  EXPECT_EQ(item_of(atom("<author><name>F</name></author><entry><title>T</title><source><author><name>S</name></author>"
                         "</source></entry>"))
                .author,
            "S");
}

TEST(Items, LanguagesOfItemElseDocument) {
  EXPECT_EQ(item_of(rss("<language>fi</language><item><title>T</title></item>")).language, "fi");
  EXPECT_EQ(item_of(rss("<language>fi</language><item xml:lang='sv'><title>T</title></item>")).language, "sv");
  EXPECT_EQ(item_of(rss("<language>fi</language><item><title>T</title><dc:language>sv</dc:language></item>")).language,
            "sv");
  EXPECT_EQ(item_of(rss("<item><title>T</title></item>")).language, "");
}

TEST(Items, EnclosuresElseMedia) {
  const Item item = item_of(rss_item("<title>T</title><media:content url='/a.jpg' type='image/jpeg' fileSize='12'/>"));
  ASSERT_EQ(item.enclosures.size(), 1U);
  EXPECT_EQ(item.enclosures[0].url, "https://example.org/a.jpg");
  EXPECT_EQ(item.enclosures[0].length, 12U);
}

TEST(Items, SomeEnclosuresAreEnough) {
  std::string enclosures;
  for (int i = 0; i < 10000; ++i) enclosures += "<enclosure url='https://h.fi/" + std::to_string(i) + ".mp3'/>";
  const Item item = item_of(rss_item("<title>T</title>" + enclosures));
  ASSERT_EQ(item.enclosures.size(), 100U);
  EXPECT_EQ(item.enclosures[0].url, "https://h.fi/0.mp3");
}

TEST(Items, NothingOfThemReachesBeyondItsPlace) {
  std::string heap;
  for (int i = 0; i < 300; ++i) heap += "\u0301";
  const Item item = item_of(rss_item("<title>Haku \u202E" + heap +
                                     "</title><category>\u2067x</category><author>\u202Ey</author>"
                                     "<description>&lt;p&gt;alku \u202Esana" +
                                     heap + "&lt;/p&gt;</description>"));
  EXPECT_EQ(item.title.str(), "Haku \u0301\u0301\u0301\u0301");
  EXPECT_EQ(item.text.str(), "alku sana\u0301\u0301\u0301\u0301");
  EXPECT_EQ(item.html.str(), "<p>alku sana\u0301\u0301\u0301\u0301</p>");
  EXPECT_EQ(item.categories, std::vector<std::string>{"x"});
  EXPECT_EQ(item.author, "y");
}

TEST(Items, CategoriesByLabelOnce) {
  const Item item =
      item_of(atom_entry("<title>T</title><category term='a' label='A'/><category term='A'/><category term='b'/>"));
  EXPECT_THAT(item.categories, testing::ElementsAre("A", "b"));
}

}  // namespace
}  // namespace sotevahti::feed
