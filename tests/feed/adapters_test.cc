// The platforms' own meanings: each adapter with the quirks its platform shows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feeds.h"

namespace sotevahti::feed {
namespace {

std::string at(const std::optional<base::Time>& time) { return time ? base::to_rfc3339(*time) : "none"; }

Item item_of(const std::string& text, const std::string& platform = {}) {
  ItemContext context;
  context.platform = platform;
  const std::vector<Item> items = to_items(parsed(text), context);
  return items.size() == 1 ? items[0] : Item{};
}

Item dynasty_item(std::string_view title, std::string_view link) {
  return item_of("<?xml version='1.0' encoding='ISO-8859-1'?>" +
                 rss_item(fmt::format("<title><![CDATA[{}]]></title><description><![CDATA[x]]></description>"
                                      "<link><![CDATA[{}]]></link>",
                                      title, link)));
}

TEST(Dynasty, TakesTheTitleApart) {
  const Item item = dynasty_item("Aluehallitus 09.02.2026 / Talousarvio / muutos",
                                 "https://host.fi:443/cgi/DREQUEST.PHP?page=meetingitem&id=2026123-4");
  EXPECT_EQ(item.board, "Aluehallitus");
  EXPECT_EQ(item.title.view(), "Talousarvio / muutos");
  EXPECT_EQ(at(item.event_at), "2026-02-08T22:00:00Z");
  EXPECT_EQ(at(item.published), "none");
  EXPECT_EQ(item.key, "dynasty:host.fi:meetingitem:2026123-4");
  EXPECT_THAT(item.facts, testing::Contains("date 2026-02-09"));
}

TEST(Dynasty, IdentityIsHostPageAndId) {
  const Item with_port = dynasty_item("A 9.2.2026 / x", "https://Host.fi:443/cgi/DREQUEST.PHP?page=meetingitem&id=1-2");
  const Item other = dynasty_item("A 9.2.2026 / y", "http://host.fi/cgi/DREQUEST.PHP?id=1-2&page=meetingitem");
  EXPECT_EQ(with_port.key, other.key);
  EXPECT_NE(with_port.key, dynasty_item("A 9.2.2026 / x", "https://host.fi/cgi/DREQUEST.PHP?page=meeting&id=1-2").key);
}

TEST(Dynasty, OddTitlesStayWhole) {
  const std::string link = "https://host.fi/cgi/DREQUEST.PHP?page=meeting&id=7";
  EXPECT_EQ(dynasty_item("Aluevaltuusto 9.2.2026", link).title.view(), "Aluevaltuusto 9.2.2026");
  EXPECT_EQ(dynasty_item("Aluevaltuusto 9.2.2026", link).board, "Aluevaltuusto");
  EXPECT_EQ(dynasty_item("Ei päivää / asia", link).title.view(), "Ei päivää / asia");
  EXPECT_EQ(dynasty_item("Lautakunta 31.2.2026 / asia", link).board, "");
  EXPECT_EQ(dynasty_item("Jaosto 2 1.3.2026 / asia", link).board, "Jaosto 2");
}

TEST(Dynasty, AMovedMeetingIsARevision) {
  const std::string link = "https://host.fi/cgi/DREQUEST.PHP?page=meetingitem&id=1-2";
  const Item before = dynasty_item("Aluehallitus 9.2.2026 / asia", link);
  const Item after = dynasty_item("Aluehallitus 10.2.2026 / asia", link);
  EXPECT_EQ(before.key, after.key);
  EXPECT_EQ(before.title, after.title);
  EXPECT_NE(before.facts, after.facts);
  EXPECT_NE(before.content_hash, after.content_hash);
}

Item stt_item(std::string_view link) {
  return item_of(rss_item(fmt::format("<title>Otsikko</title><link>{}</link><dc:creator>Pirha</dc:creator>", link)));
}

TEST(SttInfo, OneReleaseHasManyAddresses) {
  for (const std::string_view link : {
           "https://www.sttinfo.fi/tiedote/70812345/otsikko?lang=fi",
           "https://www.sttinfo.fi/tiedote/70812345/toinen-otsikko?publisherId=69817778&amp;lang=fi",
           "https://sttinfo.fi/release/70812345/otsikko",
           "http://www.sttinfo.fi/tiedote/otsikko?publisherId=69817778&amp;releaseId=70812345",
       }) {
    const Item item = stt_item(link);
    EXPECT_EQ(item.key, "stt:70812345:fi") << link;
    EXPECT_EQ(item.platform_id, "stt:70812345");
    EXPECT_EQ(item.canonical_url, "https://sttinfo.fi/tiedote/70812345?lang=fi");
    EXPECT_EQ(item.publisher, "Pirha");
  }
}

TEST(SttInfo, LanguagesAreVersionsOfOneNumber) {
  const Item item = stt_item("https://www.sttinfo.fi/tiedote/70812345/rubrik?publisherId=1&amp;lang=sv");
  EXPECT_EQ(item.key, "stt:70812345:sv");
  EXPECT_EQ(item.platform_id, "stt:70812345");
  EXPECT_EQ(item.language, "sv");
}

TEST(SttInfo, OtherAddressesAreNotItsOwn) {
  EXPECT_EQ(stt_item("https://www.sttinfo.fi/uutishuone/x").platform_id, "");
  EXPECT_EQ(stt_item("https://example.org/tiedote/70812345/x").platform_id, "");
}

Item liferay_item(std::string_view link, std::string_view creators) {
  return item_of(rss_item(fmt::format("<title>Otsikko</title><link>{}</link>{}", link, creators)));
}

TEST(Liferay, TheCreatorIsTheMinistry) {
  const Item item = liferay_item("https://valtioneuvosto.fi/-/1271139/uusi-laki",
                                 "<dc:creator>Sosiaali- ja terveysministeriö</dc:creator>"
                                 "<dc:creator>Valtiovarainministeriö</dc:creator>");
  EXPECT_EQ(item.publisher, "Sosiaali- ja terveysministeriö, Valtiovarainministeriö");
  EXPECT_EQ(item.author, "");
  const Item person = liferay_item("https://www.county.fi/-/uutinen", "<dc:creator>Maija Mehiläinen</dc:creator>");
  EXPECT_EQ(person.publisher, "");
  EXPECT_EQ(person.author, "Maija Mehiläinen");
}

TEST(Liferay, OneReleaseStandsOnTheGovernmentsHosts) {
  const Item a = liferay_item("https://stm.fi/-/hallitus-esittaa", "");
  const Item b = liferay_item("https://valtioneuvosto.fi/-/1271139/hallitus-esittaa?languageId=fi_FI", "");
  EXPECT_EQ(a.platform_id, "valtioneuvosto:hallitus-esittaa");
  EXPECT_EQ(a.platform_id, b.platform_id);
  EXPECT_EQ(liferay_item("https://www.county.fi/-/hallitus-esittaa", "").platform_id, "");
  EXPECT_EQ(liferay_item("https://notstm.fi/-/hallitus-esittaa", "").platform_id, "");
}

TEST(Liferay, PortalStateIsNoPartOfTheKey) {
  const Item a =
      liferay_item("https://www.county.fi/-/uutinen?p_p_id=com_liferay_x&amp;p_p_lifecycle=0&amp;redirect=%2F", "");
  const Item b = liferay_item("https://www.county.fi/-/uutinen;jsessionid=1?_com_liferay_x_y=1", "");
  EXPECT_EQ(a.key, b.key);
}

std::string proposal(std::string_view properties) {
  return fmt::format(
      "<feed xmlns='http://www.w3.org/2005/Atom' "
      "xmlns:d='http://schemas.microsoft.com/ado/2007/08/dataservices' "
      "xmlns:m='http://schemas.microsoft.com/ado/2007/08/dataservices/metadata'><entry><title/>"
      "<content type='application/xml'><m:properties>{}</m:properties></content></entry></feed>",
      properties);
}

TEST(Lausuntopalvelu, ReadsItsProperties) {
  const Item item = item_of(
      proposal("<d:Id>6F1D2A10-AA</d:Id><d:Name>Lausuntopyyntö &amp;amp; muuta</d:Name><d:OrganizationName>STM"
               "</d:OrganizationName><d:Goals>&lt;p&gt;Tavoite&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;</d:Goals>"
               "<d:Deadline>2026-05-15T16:15:00</d:Deadline><d:PublishedOn>2026-04-22T10:52:41.58</d:PublishedOn>"));
  EXPECT_EQ(item.key, "lausuntopalvelu:6f1d2a10-aa");
  EXPECT_EQ(item.url, "https://www.lausuntopalvelu.fi/FI/Proposal/Participation?proposalId=6F1D2A10-AA");
  EXPECT_EQ(item.title.view(), "Lausuntopyyntö & muuta");
  EXPECT_EQ(item.html.view(), "<p>Tavoite</p>");
  EXPECT_EQ(item.publisher, "STM");
  EXPECT_EQ(at(item.published), "2026-04-22T07:52:41Z");
  ASSERT_EQ(item.deadlines.size(), 1U);
  EXPECT_EQ(at(item.deadlines[0].closes), "2026-05-15T13:15:00Z");
  EXPECT_EQ(item.deadlines[0].kind, "consultation");
}

TEST(Lausuntopalvelu, ADayClosesWhenItIsOver) {
  const Item item = item_of(proposal("<d:Id>a</d:Id><d:Name>b</d:Name><d:Deadline>2026-05-15T00:00:00</d:Deadline>"));
  EXPECT_EQ(at(item.deadlines.at(0).closes), "2026-05-15T20:59:59Z");
}

TEST(WordPress, TrailersGo) {
  const Item item = item_of(
      rss("<generator>https://wordpress.org/?v=6.5</generator><item><title>T</title><link>https://x.fi/t/</link>"
          "<guid isPermaLink='false'>https://x.fi/?p=12</guid><description><![CDATA[<p>Alku on tässä "
          "[&#8230;]</p>\n"
          "<p>Artikkeli <a href='https://x.fi/t/'>T</a> julkaistiin ensimmäisen kerran <a "
          "href='https://x.fi'>X</a>.</p>"
          "]]></description></item>"));
  EXPECT_EQ(item.text.view(), "Alku on tässä …");
  EXPECT_EQ(item.html.view().find("julkaistiin"), std::string::npos);
  EXPECT_EQ(item.key, "guid:https://x.fi?p=12");
}

TEST(WordPress, TheGuidOutlivesTheSlug) {
  const auto key = [](std::string_view link) {
    return item_of(rss_item(fmt::format("<title>T</title><link>{}</link><guid isPermaLink='false'>http://www.x.fi/?p=12"
                                        "</guid>",
                                        link)))
        .key;
  };
  EXPECT_EQ(key("https://x.fi/vanha/"), key("https://x.fi/uusi-otsikko/"));
}

TEST(Yle, ShowsTheHeadlineWithTheLinkAsGiven) {
  const Item item = item_of(
      rss_item("<title>T</title><link>https://yle.fi/a/74-20012345?origin=rss</link><guid>https://yle.fi/a/74-20012345"
               "</guid><description>D&lt;img src='x.jpg'&gt;</description><enclosure url='https://x/y.jpg'/>"));
  EXPECT_EQ(item.url, "https://yle.fi/a/74-20012345?origin=rss");
  EXPECT_EQ(item.key, "yle:74-20012345");
  EXPECT_TRUE(item.enclosures.empty());
  EXPECT_EQ(item.html.view().find("img"), std::string::npos);
  EXPECT_EQ(item.title.view(), "T");
}

TEST(SharePoint, SpellingsOfOneAddressAreOne) {
  const auto key = [](std::string_view link) {
    return item_of(rss_item(fmt::format("<title>T</title><link>{}</link>", link))).key;
  };
  EXPECT_EQ(key("https://www.eduskunta.fi/FI/Sivut/a.aspx?src=%2FFI%2Fx&amp;t=uutinen%2Dmuu"),
            key("https://www.eduskunta.fi/FI/sivut/A.aspx?src=/FI/x&amp;t=uutinen-muu"));
}

TEST(Adapters, TheCataloguesHintHelpsWhereNothingElseFits) {
  const std::string text =
      rss_item("<title>T</title><link>https://x.fi/t</link><description>Alku on tässä [...]</description>");
  EXPECT_EQ(item_of(text).text.view(), "Alku on tässä [...]");
  EXPECT_EQ(item_of(text, "wordpress").text.view(), "Alku on tässä …");
}

TEST(Adapters, ItemsOfSeveralPlatformsInOneFeedKeepTheirOwn) {
  const std::vector<Item> items =
      to_items(parsed(rss("<item><title>A</title><link>https://www.sttinfo.fi/tiedote/70812345/a?lang=fi</link></item>"
                          "<item><title>B</title><link>https://yle.fi/a/74-20012345</link></item>"
                          "<item><title>C</title><link>https://x.fi/c</link></item>")),
               {});
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].platform_id, "stt:70812345");
  EXPECT_EQ(items[1].platform_id, "yle:74-20012345");
  EXPECT_EQ(items[2].platform_id, "");
}

}  // namespace
}  // namespace sotevahti::feed
