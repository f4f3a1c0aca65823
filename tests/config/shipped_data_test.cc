// The catalogue and the taxonomy that are shipped: they load whole, and the built-in
// taxonomy is the one of the folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "config/catalogue.h"
#include "config/taxonomy.h"
#include "config/taxonomy_bytes.h"

namespace sotevahti::config {
namespace {

const std::filesystem::path source_dir = SOTEVAHTI_SOURCE_DIR;

const Taxonomy& taxonomy() {
  static const Taxonomy loaded = [] {
    auto result = load_taxonomy(source_dir / "tags.d");
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
  }();
  return loaded;
}

const Catalogue& catalogue() {
  static const Catalogue loaded = [] {
    auto result = load_catalogue(source_dir / "feeds.d", taxonomy().area_ids());
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
  }();
  return loaded;
}

TEST(ShippedTaxonomy, HoldsTheCountry) {
  EXPECT_EQ(taxonomy().areas.size(), 25U);
  EXPECT_EQ(std::count_if(taxonomy().areas.begin(), taxonomy().areas.end(),
                          [](const Area& area) { return area.kind == "county"; }),
            21);
  EXPECT_EQ(taxonomy().municipalities.size(), 308U);
  EXPECT_GE(taxonomy().places.size(), 249U);
  EXPECT_FALSE(taxonomy().topics.empty());
  EXPECT_FALSE(taxonomy().vetoes.empty());
  EXPECT_FALSE(taxonomy().synonyms.empty());
}

TEST(ShippedTaxonomy, KnowsBrandsAndTheirGenitives) {
  const Area* pohde = taxonomy().area("pohjois-pohjanmaa");
  ASSERT_NE(pohde, nullptr);
  EXPECT_EQ(pohde->code, "19");
  EXPECT_EQ(pohde->short_name.in("sv"), "Norra Österbotten");
  EXPECT_EQ(pohde->short_name.in("en"), "North Ostrobothnia");
  const std::pair<std::string, std::string> genitive{"Pohde", "Pohteen"};
  EXPECT_NE(std::find(pohde->genitives.begin(), pohde->genitives.end(), genitive), pohde->genitives.end());
  EXPECT_EQ(taxonomy().area("savo"), nullptr);
}

TEST(ShippedTaxonomy, SaysWhichNamesNeedContext) {
  const auto municipality = [](std::string_view code) -> const Municipality& {
    return *std::find_if(taxonomy().municipalities.begin(), taxonomy().municipalities.end(),
                         [&](const Municipality& m) { return m.code == code; });
  };
  EXPECT_TRUE(municipality("019").common_word) << "aura is a plough";
  EXPECT_FALSE(municipality("005").common_word);
  EXPECT_EQ(municipality("049").name_sv, "Esbo");
  EXPECT_EQ(municipality("049").area, "lansi-uusimaa");
  const auto place = [](std::string_view name) -> const Place& {
    return *std::find_if(taxonomy().places.begin(), taxonomy().places.end(),
                         [&](const Place& p) { return p.name == name; });
  };
  EXPECT_TRUE(place("Valtimo").common_word) << "an artery";
  EXPECT_FALSE(place("Haukipudas").common_word);
  EXPECT_FALSE(place("Itä-Suomen yhteistyöalue").common_word);
  EXPECT_EQ(place("Jorvi").areas, (std::vector<std::string>{"hus", "lansi-uusimaa"}));
}

TEST(ShippedTaxonomy, IsBuiltInToo) {
  const auto built_in = load_taxonomy({});
  ASSERT_TRUE(built_in) << built_in.error().message;
  EXPECT_EQ(built_in->version, taxonomy().version);
  EXPECT_EQ(built_in->places.size(), taxonomy().places.size());
  const auto read = read_taxonomy(source_dir / "tags.d", "built-in tags.d");
  ASSERT_TRUE(read);
  EXPECT_TRUE(to_bytes(*built_in) == to_bytes(*read)) << "each word of it";
}

TEST(ShippedCatalogue, HoldsEverySource) {
  EXPECT_EQ(catalogue().feeds().size(), 228U);
  const auto count = [](auto is_so) {
    return std::count_if(catalogue().feeds().begin(), catalogue().feeds().end(), is_so);
  };
  EXPECT_EQ(count([](const Feed& f) { return f.discover; }), 86);
  EXPECT_EQ(count([](const Feed& f) { return f.kind == "media"; }), 89);
  EXPECT_EQ(count([](const Feed& f) { return f.role == FeedRole::media; }), 89);
  EXPECT_GT(count([](const Feed& f) { return f.role == FeedRole::ministry; }), 10);
  EXPECT_GT(count([](const Feed& f) { return f.role == FeedRole::ngo; }), 10);
}

TEST(ShippedCatalogue, CoversEveryArea) {
  std::set<std::string> covered;
  for (const Feed& feed : catalogue().feeds()) covered.insert(feed.areas.begin(), feed.areas.end());
  covered.insert("koko-maa");  // the national feeds
  for (const Area& area : taxonomy().areas) EXPECT_TRUE(covered.contains(area.id)) << area.id;
}

TEST(ShippedCatalogue, DescribesItsSources) {
  const Feed* minutes = catalogue().find("siunsote-dynasty-kokousasiat");
  ASSERT_NE(minutes, nullptr);
  EXPECT_EQ(minutes->areas, std::vector<std::string>{"pohjois-karjala"});
  EXPECT_EQ(minutes->kind, "decisions");
  EXPECT_EQ(minutes->platform, "dynasty");
  EXPECT_FALSE(minutes->relevant_only);
  EXPECT_NE(minutes->url.find("show=100"), std::string::npos) << "a meeting day brings 30 items at once";
  EXPECT_EQ(minutes->file.filename(), "pohjois-karjala.toml");

  const Feed* paper = catalogue().find("kaleva-oulun-seutu");
  ASSERT_NE(paper, nullptr);
  EXPECT_EQ(paper->publisher, "Kaleva");
  EXPECT_TRUE(paper->relevant_only);
  EXPECT_EQ(catalogue().find("yle-uusimaa")->areas.size(), 6U);
  EXPECT_EQ(catalogue().find("no-such-feed"), nullptr);
}

}  // namespace
}  // namespace sotevahti::config
