#include "archive/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "archive/entry_store.h"
#include "archive/query.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using samples::entry;
using samples::start;
using samples::store;
using std::chrono::days;
using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class SearchTest : public testing::Test {
 protected:
  Search search() { return {*database_, samples::taxonomy(), start()}; }
  Found answer(const std::string& text, const Page& page = {}) {
    const auto filter = parse_filter(text);
    EXPECT_TRUE(filter) << text;
    return search().find(*filter, page);
  }
  static std::vector<std::string> keys(const Found& found) {
    std::vector<std::string> all;
    for (const EntrySummary& each : found.entries) all.push_back(each.url.substr(19));
    return all;
  }
  std::vector<std::string> find(const std::string& text) { return keys(answer(text)); }
  void add(IncomingEntry incoming, const std::string& feed = "a") {
    store(*database_, feed, start(), {std::move(incoming)});
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
};

TEST_F(SearchTest, FindsInflectedWordsByLemmaAndByCompoundPart) {
  add(entry("1", "Järjestöavustusten haku avautuu", "Kymenlaakson hyvinvointialue jakaa tukea.", start()));
  add(entry("2", "Aluevaltuusto kokoontuu", "Esityslistalla on talousarvio.", start() - hours(1)));
  EXPECT_THAT(find("avustus"), ElementsAre("1"));
  EXPECT_THAT(find("avustuksia"), ElementsAre("1"));
  EXPECT_THAT(find("järjestöavustus"), ElementsAre("1"));
  EXPECT_THAT(find("talousarviot"), ElementsAre("2"));
  EXPECT_THAT(find("=avustus"), IsEmpty());
  EXPECT_THAT(find("=järjestöavustusten"), ElementsAre("1"));
  EXPECT_THAT(find("(=järjestöavustusten OR talousarvio)"), ElementsAre("1", "2"));
  EXPECT_THAT(find("-avustus"), ElementsAre("2"));
  EXPECT_THAT(find("-=järjestöavustusten"), ElementsAre("2"));
  EXPECT_THAT(find("avustus OR talousarvio"), ElementsAre("1", "2"));
  EXPECT_THAT(find("avustus talousarvio"), IsEmpty());
  EXPECT_THAT(find(""), ElementsAre("1", "2"));
}

TEST_F(SearchTest, FindsBySwedishStemsToo) {
  add(entry("sv", "Bidragen för organisationer", "Välfärdsområdet delar ut bidraget.", start(), "sv"));
  EXPECT_THAT(find("bidrag"), ElementsAre("sv"));
  EXPECT_THAT(find("bidraget"), ElementsAre("sv"));
}

TEST_F(SearchTest, FindsByBeginnings) {
  add(entry("1", "Järjestöavustusten haku", "Teksti", start()));
  add(entry("2", "Avustuslaki uudistuu", "Teksti", start() - hours(1)));
  EXPECT_THAT(find("avust*"), ElementsAre("1", "2")) << "also where it begins a part";
  EXPECT_THAT(find("avustuks*"), ElementsAre("1", "2")) << "a stem that is no beginning of its lemma";
  EXPECT_THAT(find("järjestöav*"), ElementsAre("1"));
  EXPECT_THAT(find("xyz*"), IsEmpty());
}

TEST_F(SearchTest, FindsPhrasesOnlyInTheirOrder) {
  add(entry("1", "Sosiaali- ja terveydenhuollon palvelut", "Teksti", start()));
  EXPECT_THAT(find("\"terveydenhuollon palvelu\""), ElementsAre("1"));
  EXPECT_THAT(find("\"palvelut terveydenhuollon\""), IsEmpty());
  EXPECT_THAT(find("sosiaalihuolto"), ElementsAre("1")) << "the hanging hyphen";
}

TEST_F(SearchTest, OldAndNewWordsMeet) {
  add(entry("2017", "Maakuntastrategia ja järjestöt", "Teksti", start() - days(3000)));
  add(entry("2022", "Hyvinvointialuestrategia ja järjestöt", "Teksti", start() - days(1300)));
  EXPECT_THAT(find("maakuntastrategia järjestöt"), UnorderedElementsAre("2017", "2022"));
  EXPECT_THAT(find("hyvinvointialuestrategia järjestö"), UnorderedElementsAre("2017", "2022"));
}

TEST_F(SearchTest, AnAreasNamesMeanTheArea) {
  IncomingEntry tampere = entry("1", "Tampereen terveysasema", "Teksti", start());
  samples::tag_with(tampere, {"pirkanmaa"}, {"jonot"});
  add(tampere);
  add(entry("2", "Åbo får ny hälsostation", "Text", start() - hours(1), "sv"));
  EXPECT_THAT(find("Pirkanmaalla"), ElementsAre("1"));
  EXPECT_THAT(find("area:pirkanmaa"), ElementsAre("1"));
  EXPECT_THAT(find("area:lappi,pirkanmaa topic:jonot"), ElementsAre("1"));
  EXPECT_THAT(find("-area:pirkanmaa"), ElementsAre("2"));
  EXPECT_THAT(find("Turku"), ElementsAre("2")) << "its name in Swedish";
}

TEST_F(SearchTest, AsksForSourcesKindsAndPublishers) {
  config::Feed decisions;
  decisions.id = "pirha-paatokset";
  decisions.publisher = "Pirkanmaan hyvinvointialue";
  decisions.kind = "decisions";
  FeedStore(*database_).write_catalogue(config::Catalogue({decisions}));
  IncomingEntry first = entry("1", "Päätös", "Teksti", start());
  first.signature.publisher = decisions.publisher;
  add(first, "pirha-paatokset");
  IncomingEntry second = entry("2", "Uutinen", "Toinen teksti", start() - hours(1));
  second.item.publisher = "Sosiaali- ja terveysministeriö";
  add(second, "stm");
  EXPECT_THAT(find("kind:decisions"), ElementsAre("1"));
  EXPECT_THAT(find("-kind:decisions"), ElementsAre("2"));
  EXPECT_THAT(find("source:pirha"), ElementsAre("1"));
  EXPECT_THAT(find("source:stm"), ElementsAre("2"));
  EXPECT_THAT(find("source:none"), IsEmpty());
  EXPECT_THAT(find("publisher:\"sosiaali- ja TERVEYS\""), ElementsAre("2"));
  EXPECT_THAT(find("publisher:pirkanmaan"), ElementsAre("1"));
  EXPECT_THAT(find("lang:sv"), IsEmpty());
}

TEST_F(SearchTest, AsksForTimes) {
  const base::Time midnight =
      base::Zone::helsinki().to_utc({{std::chrono::year(2026), std::chrono::month(2), std::chrono::day(1)}, 0, 0, 0});
  add(entry("before", "Ennen", "Teksti", midnight - base::Seconds(1)));
  add(entry("after", "Jälkeen", "Teksti toinen", midnight));
  EXPECT_THAT(find("since:2026-02-01"), ElementsAre("after")) << "Helsinki's day";
  EXPECT_THAT(find("until:2026-01-31"), ElementsAre("before"));
  EXPECT_THAT(find("until:2026-02-01"), ElementsAre("after", "before")) << "the day itself too";
  EXPECT_THAT(find("since:19d"), IsEmpty()) << "so many days to the second";
  EXPECT_THAT(find("since:3w"), ElementsAre("after", "before"));
  EXPECT_THAT(find("teksti (since:19d OR until:19d)"), ElementsAre("after", "before"));
}

TEST_F(SearchTest, AsksForDeadlines) {
  IncomingEntry soon = entry("soon", "Haku", "Teksti", start());
  soon.tags.deadlines = {samples::deadline(tag::DeadlineKind::grant, 2026, 2, 27)};
  IncomingEntry later = entry("later", "Kuuleminen", "Toinen", start() - hours(1));
  later.tags.deadlines = {samples::deadline(tag::DeadlineKind::consultation, 2026, 5, 1)};
  add(soon);
  add(later);
  add(entry("none", "Uutinen", "Kolmas", start() - hours(2)));
  EXPECT_THAT(find("has:deadline"), ElementsAre("soon", "later"));
  EXPECT_THAT(find("deadline:14d"), ElementsAre("soon"));
  EXPECT_THAT(find("haku deadline:14d"), ElementsAre("soon"));
  EXPECT_THAT(find("-deadline:14d"), ElementsAre("later", "none"));
  const auto rows = search().deadlines({}, std::chrono::year(2026) / 2 / 20);
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0].entry.title.str(), "Haku");
  // Each once, also where stories are not folded and where few meet the filter.
  EXPECT_THAT(search().deadlines(*parse_filter("story:all"), std::chrono::year(2026) / 2 / 20), SizeIs(rows.size()));
  EXPECT_THAT(search().deadlines(*parse_filter("story:all kuuleminen"), std::chrono::year(2026) / 2 / 20), SizeIs(1));
  EXPECT_THAT(search().deadlines(*parse_filter("kuuleminen"), std::chrono::year(2026) / 2 / 20), SizeIs(1));
}

TEST_F(SearchTest, PagesGiveEachEntryOnceInOrder) {
  std::vector<IncomingEntry> many;
  for (int i = 0; i < 57; ++i) {
    many.push_back(entry(std::to_string(i), "Uutinen " + std::to_string(i), "Teksti " + std::to_string(i),
                         start() - hours(i * 7 % 50)));
  }
  store(*database_, "a", start(), many);
  Page page;
  page.limit = 10;
  std::vector<EntrySummary> all;
  for (int pages = 0; pages < 10; ++pages) {
    const Found found = answer("teksti", page);
    all.insert(all.end(), found.entries.begin(), found.entries.end());
    if (found.next.empty()) break;
    page.cursor = found.next;
  }
  ASSERT_THAT(all, SizeIs(57));
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_GE(all[i - 1].when(), all[i].when());
  page.cursor = "nonsense";
  EXPECT_THAT(answer("teksti", page).entries, IsEmpty());
}

TEST_F(SearchTest, BestFirstPrefersTitlesAndRareWords) {
  add(entry("text", "Kokous", "Tässä mainitaan rokote muun ohessa.", start()));
  add(entry("title", "Rokote saapui", "Rokote jaetaan.", start() - hours(30)));
  Page page;
  page.order = Order::rank;
  EXPECT_THAT(keys(answer("rokote", page)), ElementsAre("title", "text"));
  page.limit = 1;
  const Found first = answer("rokote", page);
  page.cursor = first.next;
  EXPECT_THAT(keys(answer("rokote", page)), ElementsAre("text"));
}

TEST_F(SearchTest, SnippetsMarkTheWordsOfTheText) {
  std::string text = "Alku. ";
  for (int i = 0; i < 60; ++i) text += "täytettä ";
  text += "ja lopuksi järjestöavustuksia jaetaan kaikille.";
  add(entry("1", "Otsikko", text, start()));
  const std::string snippet = answer("avustus").entries.front().snippet;
  EXPECT_THAT(snippet, HasSubstr("\uE000järjestöavustuksia\uE001"));
  EXPECT_LT(snippet.size(), 600U);
  EXPECT_THAT(answer("").entries.front().snippet, testing::StartsWith("Alku."));
  EXPECT_THAT(answer("otsikko").entries.front().snippet, testing::StartsWith("Alku."));
  EXPECT_EQ(snippet.find('\x01'), std::string::npos);
}

TEST_F(SearchTest, CountsFacets) {
  IncomingEntry first = entry("1", "Yksi", "Teksti", start());
  samples::tag_with(first, {"lappi", "hus"}, {"hyte"});
  IncomingEntry second = entry("2", "Kaksi", "Muu", start(), "sv");
  samples::tag_with(second, {"lappi"});
  add(first);
  add(second, "b");
  const Facets facets = search().facets({});
  ASSERT_THAT(facets.areas, SizeIs(2));
  EXPECT_EQ(facets.areas[0].value, "lappi");
  EXPECT_EQ(facets.areas[0].count, 2U);
  EXPECT_THAT(facets.topics, SizeIs(1));
  EXPECT_THAT(facets.languages, SizeIs(2));
  EXPECT_THAT(facets.sources, SizeIs(2));
  EXPECT_THAT(search().facets(*parse_filter("lang:sv")).areas, SizeIs(1));
  const Facets whole = search().whole_facets();
  EXPECT_EQ(whole.areas[0].value, "lappi");
  EXPECT_EQ(whole.areas[0].count, 2U);
  EXPECT_EQ(whole.sources.size(), facets.sources.size());
  EXPECT_EQ(whole.kinds.size(), facets.kinds.size());
}

TEST_F(SearchTest, FacetsTellHowManySinceWhenAndWhereTheyWereCut) {
  for (int day = 0; day < 6; ++day) {
    const std::string n = std::to_string(day);
    add(entry(n, "Uutinen " + n, "Teksti " + n, start() - days(day)));
  }
  const std::vector<base::Time> times = {start() - hours(1), start() - days(3), start() - days(30)};
  const Facets whole = search().facets({}, times);
  EXPECT_EQ(whole.stories, 6U);
  EXPECT_FALSE(whole.more);
  ASSERT_THAT(whole.since, SizeIs(3));
  EXPECT_EQ(whole.since[0].count, 1U);
  EXPECT_EQ(whole.since[1].count, 4U);
  EXPECT_EQ(whole.since[2].count, 6U);
  EXPECT_FALSE(whole.since[2].more);

  const Facets cut = search().facets({}, times, 4);
  EXPECT_EQ(cut.stories, 4U);
  EXPECT_TRUE(cut.more);
  EXPECT_FALSE(cut.since[0].more) << "all of that time was counted";
  EXPECT_TRUE(cut.since[1].more) << "of its first day there may be more";
  EXPECT_TRUE(cut.since[2].more);
  EXPECT_TRUE(cut.languages.at(0).more);
}

TEST_F(SearchTest, CoverageAndWeeksCountByTheTimeShown) {
  IncomingEntry fresh = entry("1", "Yksi", "Teksti", start());
  samples::tag_with(fresh, {"lappi"}, {"hyte", "talous"});
  IncomingEntry old = entry("2", "Kaksi", "Muu", start() - days(30));
  samples::tag_with(old, {"lappi"}, {"hyte"});
  add(fresh);
  add(old);
  const auto cells = search().coverage(start() - days(7));
  ASSERT_THAT(cells, SizeIs(2));
  EXPECT_EQ(cells[0].area, "lappi");
  EXPECT_EQ(cells[0].entries, 1U);
  EXPECT_EQ(cells[0].newest, start());
  EXPECT_THAT(search().coverage(start() - days(60))[0].entries, 2U);
  EXPECT_THAT(search().weekly({}, 6), ElementsAre(0, 1, 0, 0, 0, 1));
}

void expect_all(const EntryDetail& detail, const char* key) {
  EXPECT_EQ(detail.html.str(), "<p>Kymenlaakso <b>jakaa</b>.</p>");
  EXPECT_EQ(detail.text.str(), "Kymenlaakso jakaa.");
  EXPECT_EQ(detail.author, "Tiina Tiedottaja");
  EXPECT_EQ(detail.guid, key);
  EXPECT_THAT(detail.categories, ElementsAre("Avustukset"));
  ASSERT_THAT(detail.enclosures, SizeIs(1));
  EXPECT_EQ(detail.enclosures[0].length, 1234U);
  EXPECT_EQ(detail.summary.board, "Aluehallitus");
  ASSERT_THAT(detail.tags.areas, SizeIs(1));
  EXPECT_DOUBLE_EQ(detail.tags.areas[0].score, 1.25);
  ASSERT_THAT(detail.tags.areas[0].evidence, SizeIs(2));
  EXPECT_EQ(detail.tags.areas[0].evidence[0].words, "Kymenlaaksossa");
  EXPECT_EQ(detail.tags.areas[0].evidence[1].words, "kymen-feed");
  EXPECT_EQ(detail.tags.areas[0].evidence[1].rule, "the feed's own");
}

TEST_F(SearchTest, AnEntryHasAllThatWasKept) {
  IncomingEntry incoming = entry("1", "Haku avautuu Kymenlaaksossa", "Kymenlaakso jakaa.", start());
  incoming.item.html = text::SafeHtml::trusted("<p>Kymenlaakso <b>jakaa</b>.</p>");
  incoming.item.author = "Tiina Tiedottaja";
  incoming.item.categories = {"Avustukset"};
  incoming.item.enclosures = {{"https://example.fi/a.pdf", "application/pdf", 1234}};
  incoming.item.board = "Aluehallitus";
  incoming.tags.areas = {{"kymenlaakso",
                          1.25,
                          {{tag::Field::title, 13, 26, "Kymenlaaksossa", "kymenlaakso"},
                           {tag::Field::feed, 0, 0, "kymen-feed", "the feed's own"}}}};
  incoming.tags.areas[0].evidence[0].end = 27;
  IncomingEntry packed = incoming;
  packed.item.key = "2";
  packed.item.title = text::PlainText::from("Haku avautuu Kymenlaaksossa!");
  pack_body(packed);
  EXPECT_TRUE(packed.item.html.empty());
  add(incoming);
  add(packed);
  for (const auto& [key, title] :
       {std::pair("1", "Haku avautuu Kymenlaaksossa"), {"2", "Haku avautuu Kymenlaaksossa!"}}) {
    SCOPED_TRACE(title);
    const auto detail =
        search().entry(first_integer(*database_, "SELECT id FROM entries WHERE title = ?", title).value());
    ASSERT_TRUE(detail);
    expect_all(*detail, key);
  }
  EXPECT_FALSE(search().entry(4711));
}

// No text of a user may reach the index's own language or SQL.
TEST_F(SearchTest, NoFilterMakesAnError) {
  add(entry("1", "Otsikko", "Teksti", start()));
  for (const char* text : {"NEAR",
                           "near",
                           "near:\"a b\"",
                           "near:\"a) OR (b\"",
                           "-near:\"a b c\"",
                           "a\"b",
                           "\"a * b\"",
                           "^alku",
                           "title:x",
                           "{a}",
                           "a+b",
                           "'; DROP",
                           "\\",
                           "NOT",
                           "=a-b",
                           "a-b*",
                           "x:y:z",
                           "%_",
                           "area:a|b",
                           "area:\"a b\"",
                           "publisher:\"%\"",
                           "\xF0\x9F\xA6\x8C",
                           "kind:news -(kind:law OR deadline:1d)",
                           "(a OR has:deadline) -(b c)",
                           "story:all -teksti"}) {
    const auto filter = parse_filter(text);
    if (!filter) continue;
    EXPECT_NO_THROW({
      const Found found = search().find(*filter);
      Page best;
      best.order = Order::rank;
      search().find(*filter, best);
      EXPECT_GE(search().facets(*filter).stories, found.entries.size()) << text;
    }) << text;
  }
}

// A word of a megabyte, a title of 100,000 words, scripts mixed, bytes that are no text.
TEST_F(SearchTest, HostileEntriesAreStoredAndFoundInBoundedTime) {
  std::string many, mixed;
  for (int i = 0; i < 100'000; ++i) many += "terveysasema ";
  for (int i = 0; i < 20'000; ++i) mixed += "больница 病院 sairaala \xF0\x9F\x9A\x91 \xFF\xC3 ";
  const std::clock_t begin = std::clock();
  add(entry("1", std::string(1 << 20, 'a'), "Löytyy päivystyksestä.", start()));
  add(entry("2", many, "Löytyy neuvolasta.", start()));
  add(entry("3", "Löytyy", mixed, start()));
  EXPECT_THAT(find("päivystys"), ElementsAre("1"));
  EXPECT_THAT(find("terveysasema neuvola"), ElementsAre("2"));
  EXPECT_THAT(find("sairaala löytyä"), ElementsAre("3"));
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 30.0);
}

}  // namespace
}  // namespace sotevahti::archive
