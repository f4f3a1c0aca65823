// What goes out of a filter, read back by our own parser: Atom and JSON Feed with equal
// entries, pages that join up, calendars that move and cancel, tables.
#include <gmock/gmock.h>

#include <regex>

#include "feed/document.h"
#include "feed/opml.h"
#include "site_fixture.h"

namespace sotevahti::web {
namespace {

using test::helsinki;
using test::RawResponse;
using test::Sample;
using test::SiteTest;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class Outputs : public SiteTest {
 protected:
  Outputs() { store_a_week(); }

  feed::Document read(const std::string& target) {
    const RawResponse response = get(target);
    EXPECT_EQ(response.status, 200) << target << "\n" << response.body;
    feed::ParseOptions options;
    options.base_url = "https://sote.example.org" + target;
    options.content_type = response.header("content-type");
    auto document = feed::parse(response.body, options);
    EXPECT_TRUE(document.is_feed()) << document.error;
    EXPECT_FALSE(document.recovered) << document.error;
    return document;
  }
  static std::string link_of(const feed::Document& document, const std::string& relation) {
    for (const auto& link : document.feed.links)
      if (link.rel == relation) return link.href;
    return {};
  }
  void store_many(int count) {
    std::vector<Sample> samples;
    for (int i = 0; i < count; ++i)
      samples.push_back(Sample("moni-" + std::to_string(i), "Kokous " + std::to_string(i), "<p>Aihe.</p>",
                               helsinki(2026, 2, 1 + static_cast<unsigned>(i % 15), 8, i % 60))
                            .area("lappi"));
    store("lapha-paatokset", helsinki(2026, 2, 19), samples);
  }
  // The event of that deadline as lines, unfolded; empty where it has none.
  static std::string event_of(std::string calendar, const std::string& words) {
    for (std::size_t at = 0; (at = calendar.find("\r\n ", at)) != calendar.npos;) calendar.erase(at, 3);
    for (std::size_t at = 0; (at = calendar.find("BEGIN:VEVENT", at)) != calendar.npos; ++at) {
      const std::string event = calendar.substr(at, calendar.find("END:VEVENT", at) - at);
      if (event.find(words) != event.npos) return event;
    }
    return {};
  }
  static std::string property(const std::string& event, const std::string& name) {
    std::smatch found;
    return std::regex_search(event, found, std::regex(name + "[^:\r]*:([^\r]*)")) ? found[1].str() : "";
  }
};

TEST_F(Outputs, AtomAndJsonFeedTellTheSame) {
  const auto atom = read("/feed.atom?q=story:all");
  const auto json = read("/feed.json?q=story:all");
  EXPECT_EQ(atom.format, feed::Format::atom10);
  EXPECT_EQ(json.format, feed::Format::json11);
  ASSERT_EQ(atom.entries.size(), 4U);
  ASSERT_EQ(json.entries.size(), 4U);
  for (std::size_t i = 0; i < atom.entries.size(); ++i) {
    const auto& a = atom.entries[i];
    const auto& j = json.entries[i];
    EXPECT_EQ(a.id, j.id);
    EXPECT_EQ(a.title->value, j.title->value);
    EXPECT_EQ(a.link, j.link);
    EXPECT_EQ(a.published->time, j.published->time);
    EXPECT_EQ(a.updated->time, j.updated->time);
    EXPECT_EQ(a.authors.at(0).name, j.authors.at(0).name);
    EXPECT_EQ(a.content.at(0).value, j.content.at(0).value);
    EXPECT_EQ(a.categories.size(), j.categories.size());
  }
}

TEST_F(Outputs, AtomNamesAreForEverAndItsTimesAreOfEdits) {
  const auto before = read("/feed.atom?q=avustus");
  ASSERT_EQ(before.entries.size(), 1U);
  const std::string id = std::to_string(id_of("avustukset"));
  EXPECT_EQ(before.entries[0].id, "tag:sote.example.org,2026:entry/" + id);
  EXPECT_EQ(before.entries[0].link, "https://example.fi/avustukset");
  EXPECT_EQ(before.entries[0].updated->time, helsinki(2026, 2, 20, 9, 15));
  EXPECT_EQ(before.feed.updated->time, helsinki(2026, 2, 20, 9, 15));
  store("pirha-uutiset", helsinki(2026, 2, 20, 11),
        {Sample("avustukset", "Järjestöavustusten haku Pirkanmaalla jatkuu", "<p>Haku jatkuu.</p>",
                helsinki(2026, 2, 20, 9))
             .area("pirkanmaa")});
  const auto after = read("/feed.atom?q=avustus");
  EXPECT_EQ(after.entries.at(0).id, before.entries[0].id);
  EXPECT_EQ(after.entries[0].published->time, before.entries[0].published->time);
  EXPECT_EQ(after.entries[0].updated->time, helsinki(2026, 2, 20, 11));
  EXPECT_EQ(after.feed.updated->time, helsinki(2026, 2, 20, 11));
  EXPECT_EQ(after.feed.id, before.feed.id);
  // However a filter is written, it is the same feed.
  EXPECT_EQ(read("/feed.atom?q=%20%20avustus").feed.id, before.feed.id);
  EXPECT_NE(read("/feed.atom?q=haku").feed.id, before.feed.id);
}

TEST_F(Outputs, AtomGoesOnPageByPage) {
  store_many(25);
  std::vector<std::string> seen;
  std::string target = "/feed.atom?q=area:lappi&limit=10";
  const std::string first = "https://sote.example.org/feed.atom?q=area%3Alappi&limit=10";
  for (int pages = 0; !target.empty() && pages < 10; ++pages) {
    const auto page = read(target);
    EXPECT_EQ(link_of(page, "first"), first);
    EXPECT_EQ(link_of(page, "self"), pages == 0 ? first : "https://sote.example.org" + target);
    for (const auto& entry : page.entries) seen.push_back(*entry.id);
    const std::string next = link_of(page, "next");
    target = next.empty() ? "" : next.substr(std::string("https://sote.example.org").size());
  }
  EXPECT_EQ(seen.size(), 25U);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_F(Outputs, WhatIsAsOldAsTheClientHasItIsNotSentAgain) {
  const auto since = [&](const std::string& target, const std::string& date, const std::string& more = "") {
    return get(target, "If-Modified-Since: " + date + "\r\n" + more).status;
  };
  for (const char* target : {"/feed.atom", "/feed.json", "/deadlines.ics", "/entries.csv", "/api/v1/entries"}) {
    const std::string first = get(target, "").header("last-modified");
    EXPECT_EQ(first, "Fri, 20 Feb 2026 10:00:00 GMT") << target;
    EXPECT_EQ(since(target, first), 304) << target;
    EXPECT_EQ(since(target, "Fri, 20 Feb 2026 09:59:59 GMT"), 200) << target;
    EXPECT_EQ(since(target, "yesterday"), 200) << target;
    EXPECT_EQ(since(target, first, "If-None-Match: \"other\"\r\n"), 200) << target << ": a tag outranks a time";
  }
  const std::string before = get("/feed.atom", "").header("last-modified");
  store("pirha-uutiset", clock_.now(), {Sample("uusi", "Aivan uusi", "<p>x</p>", helsinki(2026, 2, 20, 11))});
  EXPECT_EQ(since("/feed.atom", before), 200) << "within the same second";
  const std::string after = get("/feed.atom", "").header("last-modified");
  EXPECT_NE(after, before);
  EXPECT_EQ(since("/feed.atom", after), 304);
}

TEST_F(Outputs, NameTheHubWhereOneIsConfigured) {
  EXPECT_EQ(link_of(read("/feed.atom"), "hub"), "");
  EXPECT_EQ(get("/feed.json").headers.count("link"), 0U);
  server_.reset();
  data_.settings.web.hub = "https://hub.example.org/";
  serve();
  EXPECT_EQ(link_of(read("/feed.atom?q=haku"), "hub"), "https://hub.example.org/");
  EXPECT_THAT(get("/feed.json").body, HasSubstr(R"("hubs":[{"type":"WebSub","url":"https://hub.example.org/"}])"));
  EXPECT_EQ(get("/feed.atom?q=haku").header("link"),
            "<https://hub.example.org/>; rel=\"hub\", <https://sote.example.org/feed.atom?q=haku>; rel=\"self\"");
}

TEST_F(Outputs, NothingFoundIsAFeedToo) {
  EXPECT_TRUE(read("/feed.atom?q=zzyzx").entries.empty());
  EXPECT_TRUE(read("/feed.json?q=zzyzx").entries.empty());
  EXPECT_THAT(get("/feed.atom?q=zzyzx").body, HasSubstr("<updated>1970-01-01T00:00:00Z</updated>"));
  EXPECT_THAT(get("/deadlines.ics?q=zzyzx").body, HasSubstr("BEGIN:VCALENDAR"));
  EXPECT_EQ(get("/entries.jsonl?q=zzyzx").body, "");
}

TEST_F(Outputs, StrangersTextStaysText) {
  store("pirha-uutiset", helsinki(2026, 2, 20, 11),
        {Sample("paha", "]]></title><script>1</script> \x01 \xEF\xBF\xBF \"=HYPERLINK(1)\"", "<p>a ]]> b &amp; c</p>",
                helsinki(2026, 2, 20, 11))
             .closes(tag::DeadlineKind::event, day(2026, 3, 1), "klo 9; sali, A\nBEGIN:VEVENT")});
  EXPECT_THAT(read("/feed.atom").entries.at(0).title->value, HasSubstr("<script>1</script>"));
  EXPECT_THAT(read("/feed.json").entries.at(0).title->value, HasSubstr("<script>1</script>"));
  const std::string calendar = get("/deadlines.ics").body;
  EXPECT_THAT(calendar, HasSubstr("klo 9\\; sali\\, A\\nBEGIN:VEVENT"));
  EXPECT_THAT(calendar, Not(HasSubstr("\nBEGIN:VEVENT\r\nBEGIN:VEVENT")));
}

TEST_F(Outputs, CalendarHoldsADeadlineOnceMovesItAndCancelsIt) {
  const std::string before = event_of(get("/deadlines.ics?q=area:pirkanmaa").body, "avustusten");
  EXPECT_EQ(property(before, "DTSTART"), "20260227");
  EXPECT_EQ(property(before, "DTEND"), "20260228");
  EXPECT_EQ(property(before, "STATUS"), "CONFIRMED");
  EXPECT_EQ(property(before, "DTSTAMP"), "20260220T071500Z");
  EXPECT_THAT(property(before, "SUMMARY"), HasSubstr("Järjestöavustusten haku Pirkanmaalla"));
  EXPECT_THAT(property(before, "UID"), ContainsRegex("^deadline-[0-9]+@sote.example.org$"));

  const auto edit = [&](int hour, const std::string& title) {
    return Sample("avustukset", title, "<p>" + title + "</p>", helsinki(2026, 2, 20, hour)).area("pirkanmaa");
  };
  store("pirha-uutiset", helsinki(2026, 2, 20, 11),
        {edit(9, "Järjestöavustusten haku jatkuu").closes(tag::DeadlineKind::grant, day(2026, 3, 6), "6.3.2026")});
  const std::string moved = event_of(get("/deadlines.ics?q=area:pirkanmaa").body, "avustusten");
  EXPECT_EQ(property(moved, "UID"), property(before, "UID"));
  EXPECT_EQ(property(moved, "DTSTART"), "20260306");
  EXPECT_GT(std::stoll(property(moved, "SEQUENCE")), std::stoll(property(before, "SEQUENCE")));

  store("pirha-uutiset", helsinki(2026, 2, 20, 12), {edit(9, "Järjestöavustusten haku on peruttu")});
  const std::string gone = event_of(get("/deadlines.ics?q=area:pirkanmaa").body, "avustusten");
  EXPECT_EQ(property(gone, "UID"), property(before, "UID"));
  EXPECT_EQ(property(gone, "STATUS"), "CANCELLED");
  EXPECT_GT(std::stoll(property(gone, "SEQUENCE")), std::stoll(property(moved, "SEQUENCE")));
}

TEST_F(Outputs, CalendarQuotesWordsAndNoFields) {
  store("stm-tiedotteet", helsinki(2026, 2, 20, 8),
        {Sample("asetus", "Asetusluonnos", "<p>x</p>", helsinki(2026, 2, 20, 8))
             .declares(tag::DeadlineKind::consultation, day(2026, 3, 13), "d:Deadline")});
  EXPECT_EQ(property(event_of(get("/deadlines.ics").body, "Asetusluonnos"), "DESCRIPTION"),
            "Esimerkki\\nhttps://example.fi/asetus");
  EXPECT_THAT(property(event_of(get("/deadlines.ics").body, "haku Pirkanmaalla"), "DESCRIPTION"),
              HasSubstr("27.2.2026"));
}

TEST_F(Outputs, CalendarSpeaksItsSubscribersLanguage) {
  EXPECT_THAT(get("/deadlines.ics?lang=sv").body, HasSubstr("SUMMARY:"));
  EXPECT_NE(get("/deadlines.ics?lang=sv").body, get("/deadlines.ics?lang=fi").body);
  EXPECT_THAT(get("/?q=haku&lang=sv").body, HasSubstr("/deadlines.ics?q=haku&amp;lang=sv"));
}

TEST_F(Outputs, CalendarLinesAreShortAndEndAsTheyShould) {
  const std::string calendar = get("/deadlines.ics").body;
  ASSERT_TRUE(calendar.ends_with("END:VCALENDAR\r\n"));
  for (std::size_t at = 0; at < calendar.size();) {
    const auto end = calendar.find("\r\n", at);
    ASSERT_NE(end, calendar.npos);
    EXPECT_LE(end - at, 75U);
    EXPECT_EQ(calendar.substr(at, end - at).find('\n'), std::string::npos);
    at = end + 2;
  }
}

TEST_F(Outputs, AWithdrawnDeadlineHidesNoOther) {
  const auto telling = [&](const std::string& key, const std::string& publisher) {
    return Sample(key, "Kela kysyy lausuntoja", "<p>Kela kysyy lausuntoja.</p>", helsinki(2026, 2, 20, 8))
        .release("stt:7", publisher);
  };
  store("stm-tiedotteet", helsinki(2026, 2, 20, 8),
        {telling("kela-1", "STM").closes(tag::DeadlineKind::consultation, day(2026, 3, 13))});
  store("pirha-uutiset", helsinki(2026, 2, 20, 9),
        {telling("kela-2", "Pirha").closes(tag::DeadlineKind::consultation, day(2026, 3, 13))});
  store("stm-tiedotteet", helsinki(2026, 2, 20, 10),
        {Sample("kela-1", "Kela ei kysykään", "<p>Peruttu.</p>", helsinki(2026, 2, 20, 8)).release("stt:7", "STM")});
  const std::string calendar = get("/deadlines.ics?q=kela").body;
  EXPECT_THAT(calendar, HasSubstr("STATUS:CANCELLED"));
  EXPECT_THAT(calendar, HasSubstr("STATUS:CONFIRMED"));
}

TEST_F(Outputs, TablesHoldAllThatIsFound) {
  store_many(30);
  const RawResponse csv = get("/entries.csv?q=area:lappi");
  EXPECT_THAT(csv.header("content-type"), HasSubstr("text/csv"));
  EXPECT_THAT(csv.header("content-disposition"), HasSubstr("attachment"));
  EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\n'), 31);
  EXPECT_TRUE(
      csv.body.starts_with("id,story,arrived,published,publisher,title,url,lang,kind,areas,topics,deadlines\r\n"));
  EXPECT_THAT(csv.body, HasSubstr(",\"Esimerkki\",\"Kokous 3\",\"https://example.fi/moni-3\",\"fi\","));
  const RawResponse part = get("/entries.jsonl?q=area:lappi&limit=12");
  EXPECT_EQ(std::count(part.body.begin(), part.body.end(), '\n'), 12);
  std::smatch next;
  const std::string link = part.header("link");
  ASSERT_TRUE(std::regex_match(link, next, std::regex("<([^>]*)>; rel=\"next\""))) << link;
  const RawResponse rest = get(next[1].str().substr(0, next[1].str().find("&limit")) + "&limit=100&" +
                               next[1].str().substr(next[1].str().find("cursor=")));
  EXPECT_EQ(std::count(rest.body.begin(), rest.body.end(), '\n'), 18);
  EXPECT_TRUE(rest.header("link").empty());
}

TEST_F(Outputs, TableCellsAreNoFormulas) {
  store("pirha-uutiset", helsinki(2026, 2, 20, 11),
        {Sample("kaava", "=HYPERLINK(\"http://a.example\";\"x\")", "<p>x</p>", helsinki(2026, 2, 20, 11)),
         Sample("kaava2", "＋1 \"uutta\"", "<p>y</p>", helsinki(2026, 2, 20, 11))});
  const std::string csv = get("/entries.csv").body;
  EXPECT_THAT(csv, HasSubstr("\"'=HYPERLINK(\"\"http://a.example\"\";\"\"x\"\")\""));
  EXPECT_THAT(csv, HasSubstr("\"'＋1 \"\"uutta\"\"\""));
}

TEST_F(Outputs, CatalogueIsReadBackAsOpml) {
  const auto response = get("/feeds.opml");
  EXPECT_THAT(response.header("content-type"), HasSubstr("opml"));
  const auto feeds = feed::read_opml(response.body);
  ASSERT_TRUE(feeds.has_value());
  ASSERT_EQ(feeds->size(), 4U);
  EXPECT_EQ((*feeds)[0].url, "https://example.fi/pirha-uutiset");
  EXPECT_EQ((*feeds)[0].title, "Pirkanmaan hyvinvointialue: news");
  EXPECT_EQ((*feeds)[1].language, "sv");
}

TEST_F(Outputs, PagesNameThem) {
  for (const char* page : {"/", "/?q=haku", "/areas/lappi", "/topics/jarjestoavustukset", "/deadlines"}) {
    const std::string body = get(page).body;
    for (const char* type : {"application/atom+xml", "application/feed+json", "text/calendar"})
      EXPECT_THAT(body,
                  ContainsRegex("<link rel=\"alternate\" type=\"" + std::regex_replace(type, std::regex("\\+"), ".")))
          << page;
    EXPECT_THAT(body, HasSubstr("class=\"outputs\"")) << page;
  }
  EXPECT_THAT(get("/?q=area:lappi+haku").body, HasSubstr("href=\"/feed.atom?q=area%3Alappi%20haku\""));
  EXPECT_THAT(get("/areas/lappi").body, HasSubstr("href=\"/feed.atom?q=area%3Alappi\""));
}

TEST_F(Outputs, WithoutAPublicAddressTheyNameTheHostThatWasAsked) {
  data_.settings.web.public_url.clear();
  data_.settings.web.listen = "127.0.0.1:8470";
  const std::string feed = ask("GET /feed.atom HTTP/1.1\r\nHost: localhost:99\r\n\r\n").body;
  EXPECT_THAT(feed, HasSubstr("href=\"http://localhost:99/feed.atom\""));
  EXPECT_THAT(feed, HasSubstr("<id>tag:127.0.0.1,2026:entry/"));
  EXPECT_THAT(ask("GET /feed.atom HTTP/1.1\r\nHost: 127.0.0.1:8470\r\n\r\n").body,
              HasSubstr("href=\"http://127.0.0.1:8470/feed.atom\""));
}

}  // namespace
}  // namespace sotevahti::web
