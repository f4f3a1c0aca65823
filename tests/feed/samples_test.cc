// The sample feeds that `demo` serves: all of them parse, and mean what they are
// modelled on. And the dates that are filled into them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "feed/adapter.h"
#include "feed/sample_dates.h"
#include "feeds.h"

namespace sotevahti::feed {
namespace {

using namespace std::chrono_literals;

// Friday 20 February 2026, 12.45.26 in Helsinki.
const base::Time now = std::chrono::sys_days(std::chrono::year(2026) / 2 / 20) + 10h + 45min + 26s;

std::string sample(const std::string& name) {
  std::ifstream file(SOTEVAHTI_TEST_DATA "/feeds/" + name, std::ios::binary);
  return fill_dates(std::string(std::istreambuf_iterator<char>(file), {}), now);
}

std::vector<Item> sample_items(const std::string& name) { return to_items(parsed(sample(name)), {}); }

TEST(FillDates, EveryForm) {
  EXPECT_EQ(fill_dates("{{rfc822 -3h}}", now), "Fri, 20 Feb 2026 09:45:26 +0200");
  EXPECT_EQ(fill_dates("{{gmt -3h}}", now), "Fri, 20 Feb 2026 07:45:26 GMT");
  EXPECT_EQ(fill_dates("{{iso -2d}}", now), "2026-02-18T10:45:26Z");
  EXPECT_EQ(fill_dates("{{iso_local -1d}}", now), "2026-02-19T12:45:26");
  EXPECT_EQ(fill_dates("{{iso_date +0d}}", now), "2026-02-20");
  EXPECT_EQ(fill_dates("{{dmy -11d}} ja {{dmy0 -11d}}", now), "9.2.2026 ja 09.02.2026");
  EXPECT_EQ(fill_dates("{{clock -40min}}", now), "12.05");
  EXPECT_EQ(fill_dates("{{date_fi +14d}}", now), "6. maaliskuuta 2026");
  EXPECT_EQ(fill_dates("{{date_sv +14d}}", now), "6 mars 2026");
  EXPECT_EQ(fill_dates("{{rfc822 +150d}}", now), "Mon, 20 Jul 2026 13:45:26 +0300");
}

TEST(FillDates, WhatIsNoPlaceholderStays) {
  for (const std::string_view text :
       {"", "x", "{{", "{{dmy", "{{dmy}}", "{{dmy x}}", "{{foo -1d}}", "{{dmy 1w}}", "}}{{"}) {
    EXPECT_EQ(fill_dates(text, now), text);
  }
  EXPECT_EQ(fill_dates("{{{{dmy +0d}}", now), "{{20.2.2026");
}

TEST(Samples, AllParseWithAllTheirItems) {
  const std::map<std::string, std::pair<Format, std::size_t>> expected = {
      {"ahs-nyheter.json", {Format::json11, 5}},
      {"eduskunta-stv.xml", {Format::rss20, 4}},
      {"hus-tiedotteet.atom", {Format::atom10, 5}},
      {"kainuun-viesti.xml", {Format::rss20, 8}},
      {"keski-suomi-dynasty.xml", {Format::rss20, 14}},
      {"lapha-uutiset.xml", {Format::rss20, 4}},
      {"lausuntopalvelu.atom", {Format::atom10, 6}},
      {"pohde-ajankohtaista.xml", {Format::rss20, 8}},
      {"sams-nyheter.xml", {Format::rss20, 6}},
      {"soste-ajankohtaista.xml", {Format::rss20, 8}},
      {"statsradet-pressmeddelanden.atom", {Format::atom10, 5}},
      {"stm-tiedotteet.xml", {Format::rss20, 8}},
      {"stt-info-fi.xml", {Format::rss20, 12}},
      {"stt-info-sv.xml", {Format::rss20, 5}},
      {"thl-uutiset.rdf", {Format::rss10, 6}},
      {"varha-uutiset.xml", {Format::rss20, 10}},
      {"yle-osterbotten.xml", {Format::rss20, 6}},
      {"yle-pirkanmaa.xml", {Format::rss20, 10}},
  };
  std::size_t total = 0;
  for (const auto& [name, what] : expected) {
    const Document document = parsed(sample(name));
    EXPECT_EQ(document.format, what.first) << name;
    EXPECT_FALSE(document.recovered) << name << ": " << document.error;
    EXPECT_EQ(to_items(document, {}).size(), what.second) << name;
    total += what.second;
  }
  EXPECT_GE(total, 90U);
}

TEST(Samples, TheCatalogueNamesEachOfThem) {
  std::ifstream file(SOTEVAHTI_TEST_DATA "/feeds/samples.toml");
  const std::string catalogue(std::istreambuf_iterator<char>(file), {});
  std::size_t feeds = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SOTEVAHTI_TEST_DATA "/feeds")) {
    if (entry.path().extension() == ".toml") continue;
    EXPECT_NE(catalogue.find("http://SAMPLES/" + entry.path().filename().string() + "\""), std::string::npos)
        << entry.path();
    ++feeds;
  }
  EXPECT_GE(feeds, 14U);
}

TEST(Samples, EachPlatformIsKnownByWhatItsItemsAre) {
  const std::map<std::string, const Adapter*> expected = {{"eduskunta-stv.xml", &sharepoint},
                                                          {"keski-suomi-dynasty.xml", &dynasty},
                                                          {"lausuntopalvelu.atom", &lausuntopalvelu},
                                                          {"pohde-ajankohtaista.xml", &liferay},
                                                          {"sams-nyheter.xml", &wordpress},
                                                          {"soste-ajankohtaista.xml", &wordpress},
                                                          {"statsradet-pressmeddelanden.atom", &liferay},
                                                          {"stm-tiedotteet.xml", &liferay},
                                                          {"stt-info-fi.xml", &stt_info},
                                                          {"stt-info-sv.xml", &stt_info},
                                                          {"varha-uutiset.xml", &wordpress},
                                                          {"yle-osterbotten.xml", &yle},
                                                          {"yle-pirkanmaa.xml", &yle}};
  for (const auto& [name, adapter] : expected) {
    const Document document = parsed(sample(name));
    for (const Entry& entry : document.entries) {
      Item item;
      item.url = entry.link.value_or("");
      const AdapterInput input{document, entry, base::Zone::helsinki(), ""};
      ASSERT_EQ(adapter_for(input, item, ""), adapter) << name << ": " << item.url;
    }
  }
}

TEST(Samples, NoPlaceholderIsLeft) {
  for (const auto& entry : std::filesystem::directory_iterator(SOTEVAHTI_TEST_DATA "/feeds")) {
    EXPECT_EQ(sample(entry.path().filename().string()).find("{{"), std::string::npos) << entry.path();
  }
}

TEST(Samples, DynastyIsLatinOneWithoutDates) {
  EXPECT_EQ(parsed(sample("keski-suomi-dynasty.xml")).encoding, "iso-8859-1");
  const std::vector<Item> items = sample_items("keski-suomi-dynasty.xml");
  std::set<std::string> keys;
  for (const Item& item : items) {
    EXPECT_FALSE(item.published);
    EXPECT_TRUE(item.event_at);
    EXPECT_FALSE(item.board.empty());
    keys.insert(item.key);
  }
  EXPECT_EQ(keys.size(), items.size());
  EXPECT_EQ(items[2].title.view(), "Pöytäkirjan tarkastus");
  EXPECT_EQ(items[7].title.view(), "Palveluverkkosuunnitelma 2026–2030");
}

TEST(Samples, OneReleaseIsToldByThreeAndInTwoLanguages) {
  const Item county = sample_items("varha-uutiset.xml")[0];
  const Item wire = sample_items("stt-info-fi.xml")[0];
  const Item ngo = sample_items("soste-ajankohtaista.xml")[0];
  const Item swedish = sample_items("stt-info-sv.xml")[0];
  EXPECT_EQ(county.title, wire.title);
  EXPECT_EQ(county.facts, wire.facts);
  EXPECT_EQ(wire.platform_id, swedish.platform_id);
  EXPECT_NE(wire.key, swedish.key);
  for (const Item& item : {county, wire, ngo, swedish}) {
    EXPECT_THAT(item.facts, testing::IsSupersetOf({"date 2026-03-06", "time 16:00", "sum 2400000 eur"}))
        << item.title.view();
  }
}

TEST(Samples, ConsultationsHaveTheirDeadline) {
  for (const Item& item : sample_items("lausuntopalvelu.atom")) {
    EXPECT_EQ(item.deadlines.size(), 1U);
    EXPECT_FALSE(item.publisher.empty());
    EXPECT_FALSE(item.title.empty());
    EXPECT_TRUE(item.published);
  }
}

TEST(Samples, TextsAreWithoutTrailersAndPictures) {
  for (const Item& item : sample_items("varha-uutiset.xml")) {
    EXPECT_EQ(item.text.view().find("julkaistiin ensimmäisen"), std::string::npos);
  }
  for (const Item& item : sample_items("sams-nyheter.xml")) {
    EXPECT_EQ(item.text.view().find("dök först upp"), std::string::npos);
    EXPECT_EQ(item.html.view().find("dök först upp"), std::string::npos);
  }
  for (const Item& item : sample_items("yle-pirkanmaa.xml")) EXPECT_TRUE(item.enclosures.empty());
}

}  // namespace
}  // namespace sotevahti::feed
