#include "config/taxonomy.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/temp_folder.h"

namespace sotevahti::config {
namespace {

using test_support::TempFolder;

constexpr std::string_view sound_areas = R"(
[[area]]
id = "lappi"
code = "21"
kind = "county"
name = {fi = "Lapin hyvinvointialue", sv = "Lapplands välfärdsområde", en = "Wellbeing services county of Lapland"}
short_name = {fi = "Lappi", sv = "Lappland"}
aliases = ["Lapha"]
genitives = {Lapha = "Laphan", LKS = "LKS:n"}
domains = ["lapha.fi"]
)";

// A folder of sound tags, and whatever else a test puts into it.
class TaxonomyTest : public testing::Test {
 protected:
  TaxonomyTest() {
    folder_.write("areas.toml", sound_areas);
    folder_.write("places.toml",
                  "places = [\n  {name = \"LKS\", lang = \"fi\", kind = \"hospital\", areas = [\"lappi\"]},\n]\n");
  }
  base::Result<Taxonomy> load() const { return load_taxonomy(folder_.path()); }
  Taxonomy must_load() const {
    auto loaded = load();
    if (!loaded) throw std::runtime_error(loaded.error().message);
    return std::move(*loaded);
  }

  TempFolder folder_;
};

TEST_F(TaxonomyTest, ReadsAreasMunicipalitiesAndPlaces) {
  folder_.write("municipalities.toml", R"(municipalities = [
  {code = "148", fi = "Inari", sv = "Enare", area = "lappi", common_word = true},
  {code = "758", fi = "Sodankylä", area = "lappi"},
])");
  const Taxonomy taxonomy = must_load();
  const Area& area = *taxonomy.area("lappi");
  EXPECT_EQ(area.code, "21");
  EXPECT_EQ(area.name.in("sv"), "Lapplands välfärdsområde");
  EXPECT_EQ(area.short_name.in("sv"), "Lappland");
  EXPECT_EQ(area.short_name.in("en"), "Lappi") << "a name that is left out is as in Finnish";
  EXPECT_EQ(area.aliases, std::vector<std::string>{"Lapha"});
  EXPECT_EQ(area.genitives, (std::vector<std::pair<std::string, std::string>>{{"LKS", "LKS:n"}, {"Lapha", "Laphan"}}));
  EXPECT_EQ(area.domains, std::vector<std::string>{"lapha.fi"});
  ASSERT_EQ(taxonomy.municipalities.size(), 2U);
  EXPECT_EQ(taxonomy.municipalities[0].name_sv, "Enare");
  EXPECT_TRUE(taxonomy.municipalities[0].common_word);
  EXPECT_EQ(taxonomy.municipalities[1].name_sv, "Sodankylä");
  EXPECT_FALSE(taxonomy.municipalities[1].common_word);
  ASSERT_EQ(taxonomy.places.size(), 1U);
  EXPECT_EQ(taxonomy.places[0].kind, "hospital");
  EXPECT_EQ(taxonomy.area_ids(), std::vector<std::string>{"lappi"});
}

TEST_F(TaxonomyTest, ReadsRules) {
  const auto file = folder_.write("topics.toml", R"(
[sets]
closing = ["sulkea", "lakkauttaa"]

[[topic]]
id = "hyte"
name = {fi = "Hyte", sv = "Vhf", en = "Health promotion"}
scope = "what it is"
applications = "grant"
[[topic.rules]]
lang = "fi"
strong = ["hyte-kerroin", "sairaala ... @closing|muuttaa"]
title = ["hyte"]
weak = ["hyvinvointi"]
with = [["terveys", "edistää"]]
not = ["hyvinvointialue"]
[[topic.rules]]
lang = "sv"
strong = ["*främjande", "=HUS"]
)");
  folder_.write("relevance.toml",
                "[[relevance]]\nid = \"irrelevant\"\n[[relevance.rules]]\nlang = \"fi\"\nstrong = [\"jääkiekko\"]\n");
  const Taxonomy taxonomy = must_load();
  const Topic& topic = *taxonomy.topic("hyte");
  EXPECT_EQ(topic.scope, "what it is");
  EXPECT_EQ(topic.applications, "grant");
  EXPECT_EQ(topic.file, file);
  EXPECT_EQ(topic.line, 5);
  ASSERT_EQ(topic.rules.size(), 2U);
  const TopicRules& fi = topic.rules[0];
  EXPECT_EQ(fi.lang, "fi");
  EXPECT_EQ(fi.strong, (std::vector<std::string>{"hyte-kerroin", "sairaala ... @closing|muuttaa"}));
  EXPECT_EQ(fi.title, std::vector<std::string>{"hyte"});
  EXPECT_EQ(fi.weak, std::vector<std::string>{"hyvinvointi"});
  EXPECT_EQ(fi.with, (std::vector<std::pair<std::string, std::string>>{{"terveys", "edistää"}}));
  EXPECT_EQ(fi.except, std::vector<std::string>{"hyvinvointialue"});
  EXPECT_EQ(topic.rules[1].lang, "sv");
  ASSERT_EQ(taxonomy.sets.size(), 1U);
  EXPECT_EQ(taxonomy.sets[0].words.size(), 2U);
  EXPECT_EQ(taxonomy.sets[0].line, 3);
  ASSERT_EQ(taxonomy.relevance.size(), 1U);
  EXPECT_EQ(taxonomy.relevance[0].id, "irrelevant");
  EXPECT_EQ(taxonomy.topic("no-such"), nullptr);
}

TEST_F(TaxonomyTest, ReadsWordsAndWhoSpeaks) {
  folder_.write("words.toml", R"(
vetoes = ["{place} yliopisto", "Pori Jazz"]
[[synonym]]
words = ["maakuntastrategia", "hyvinvointialuestrategia"]
years = ["2015-2019", "2021-"]
[[synonym]]
words = ["vanhus", "ikäihminen"]
[[publishers]]
kind = "paper"
areas = ["lappi"]
names = ["Lapin Kansa"]
[[publishers]]
kind = "wire"
names = ["STT"]
)");
  const Taxonomy taxonomy = must_load();
  EXPECT_EQ(taxonomy.vetoes, (std::vector<std::string>{"{place} yliopisto", "Pori Jazz"}));
  ASSERT_EQ(taxonomy.synonyms.size(), 2U);
  EXPECT_EQ(taxonomy.synonyms[0].years, (std::vector<std::string>{"2015-2019", "2021-"}));
  EXPECT_TRUE(taxonomy.synonyms[1].years.empty());
  EXPECT_EQ(taxonomy.synonyms[1].line, 6);
  ASSERT_EQ(taxonomy.publishers.size(), 2U);
  EXPECT_EQ(taxonomy.publishers[0].areas, std::vector<std::string>{"lappi"});
  EXPECT_TRUE(taxonomy.publishers[1].areas.empty());
}

TEST_F(TaxonomyTest, TheVersionGoesByTheContents) {
  const std::string version = must_load().version;
  EXPECT_EQ(must_load().version, version);
  const TempFolder copy;
  std::filesystem::copy(folder_.path(), copy.path());
  EXPECT_EQ(load_taxonomy(copy.path())->version, version) << "not by the place";
  folder_.write("more.toml", "vetoes = [\"Pori Jazz\"]\n");
  EXPECT_NE(must_load().version, version);
}

TEST_F(TaxonomyTest, AFileThatIsNoTomlHidesWhatFollowsFromIt) {
  folder_.write("areas.toml", "[[area]\n");
  const auto loaded = load();
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("areas.toml:1:8: is no TOML"), std::string::npos) << loaded.error().message;
  EXPECT_EQ(loaded.error().message.find("places.toml"), std::string::npos) << loaded.error().message;
}

TEST(Taxonomy, NeedsAreas) {
  const TempFolder folder;
  const auto loaded = load_taxonomy(folder.path());
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("has no [[area]]"), std::string::npos) << loaded.error().message;
}

struct Broken {
  const char* name;
  const char* text;
  int line;
  const char* words;
};

void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.name; }

class BrokenTags : public TaxonomyTest, public testing::WithParamInterface<Broken> {};

TEST_P(BrokenTags, AreRefusedAtTheirLine) {
  const auto file = folder_.write("x.toml", GetParam().text);
  const auto loaded = load();
  ASSERT_FALSE(loaded);
  const std::string& message = loaded.error().message;
  EXPECT_TRUE(message.starts_with(file.string() + ":" + std::to_string(GetParam().line) + ":")) << message;
  EXPECT_NE(message.find(GetParam().words), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

#define RULES "[[topic]]\nid = \"a\"\nname = {fi = \"A\"}\n[[topic.rules]]\nlang = \"fi\"\n"
#define AREA "[[area]]\nid = \"savo\"\nkind = \"county\"\n"

const Broken cases[] = {
    // Areas and places
    {"area_twice", "[[area]]\nid = \"lappi\"\nkind = \"county\"\nname = {fi = \"L\"}\nshort_name = {fi = \"L\"}\n", 2,
     "areas.toml:3: take one of them out"},
    {"area_code_twice", AREA "code = \"21\"\nname = {fi = \"S\"}\nshort_name = {fi = \"S\"}\n", 4, "stands already at"},
    {"area_without_name", AREA "short_name = {fi = \"S\"}\n", 1,
     "[[area]] needs name: write name = {fi = \"...\", sv = \"...\", en = \"...\"}"},
    {"area_with_text_for_names", AREA "name = \"Savo\"\nshort_name = {fi = \"S\"}\n", 4, "write name = {fi = "},
    {"name_in_another_language", AREA "name = {fi = \"S\", se = \"S\"}\nshort_name = {fi = \"S\"}\n", 4,
     "unknown key \"se\" in [area.name]"},
    {"area_of_no_kind",
     "[[area]]\nid = \"savo\"\nkind = \"maakunta\"\nname = {fi = \"S\"}\nshort_name = {fi = \"S\"}\n", 3,
     "write one of county, city, hus, aland, country"},
    {"domain_with_scheme", AREA "name = {fi = \"S\"}\nshort_name = {fi = \"S\"}\ndomains = [\"https://s.fi\"]\n", 6,
     "no host name"},
    {"genitive_of_nothing",
     AREA "name = {fi = \"S\"}\nshort_name = {fi = \"S\"}\naliases = [\"Pshva\"]\ngenitives = {Pshav = "
          "\"Pshvan\"}\n",
     7, "did you mean \"Pshva\"?"},
    {"municipality_of_no_area", "municipalities = [\n  {code = \"001\", fi = \"X\", area = \"lapi\"},\n]\n", 2,
     "did you mean \"lappi\"?"},
    {"municipality_code_twice",
     "municipalities = [\n  {code = \"001\", fi = \"X\", area = \"lappi\"},\n  {code = \"001\", fi = \"Y\", "
     "area = \"lappi\"},\n]\n",
     3, "x.toml:2: take one of them out"},
    {"municipality_without_name", "municipalities = [{code = \"001\", area = \"lappi\"}]\n", 1, "needs fi"},
    {"municipality_as_text", "municipalities = [\"Inari\"]\n", 1, "each under its own [[municipalities]]"},
    {"place_of_no_area",
     "places = [{name = \"X\", lang = \"fi\", kind = \"hospital\", areas = [\"lappi\", \"kuu\"]}]\n", 1,
     "unknown area \"kuu\""},
    {"place_without_areas", "places = [{name = \"X\", lang = \"fi\", kind = \"hospital\"}]\n", 1,
     "needs areas: write areas = [\"...\"]"},
    {"misspelt_flag",
     "places = [{name = \"X\", lang = \"fi\", kind = \"hospital\", areas = [\"lappi\"], comon_word = "
     "true}]\n",
     1, "did you mean \"common_word\"?"},
    // Topics
    {"topic_without_rule", "[[topic]]\nid = \"a\"\nname = {fi = \"A\"}\n", 2, "[[topic]] has no rule"},
    {"applications_for_nothing_known",
     "[[topic]]\nid = \"a\"\nname = {fi = \"A\", sv = \"A\", en = \"A\"}\napplications = \"grants\"\n"
     "[[topic.rules]]\nlang = \"fi\"\nstrong = [\"b\"]\n",
     4, "did you mean \"grant\"?"},
    {"topic_of_nots_only", RULES "not = [\"b\"]\n", 2, "has no rule"},
    {"empty_rule", RULES "strong = [\"b\", \"\"]\n", 6, "holds an empty text: take it out"},
    {"rule_without_letters", RULES "strong = [\"*\"]\n", 6, "can never match"},
    {"empty_alternative", RULES "strong = [\"b||c\"]\n", 6, "can never match"},
    {"rule_that_stands_in_not", RULES "strong = [\"b\"]\nnot = [\"c\", \"b\"]\n", 6, "\"b\" can never count"},
    {"weak_rule_that_stands_in_not", RULES "strong = [\"a\"]\nweak = [\"b\"]\nnot = [\"b\"]\n", 7,
     "\"b\" can never count"},
    {"pair_that_stands_in_not", RULES "with = [[\"b\", \"c\"]]\nnot = [\"b\"]\n", 6, "\"b\" can never count"},
    {"pair_of_three", RULES "strong = [\"a\"]\nwith = [[\"b\", \"c\", \"d\"]]\n", 7, "no pair"},
    {"unknown_set", "[sets]\nclosing = [\"sulkea\"]\n" RULES "strong = [\"sairaala ... @closin\"]\n", 8,
     "did you mean \"closing\"?"},
    {"empty_set", "[sets]\nclosing = []\n", 2, "give it words"},
    {"rules_in_no_language", "[[topic]]\nid = \"a\"\nname = {fi = \"A\"}\n[[topic.rules]]\nstrong = [\"b\"]\n", 4,
     "needs lang"},
    {"rules_in_another_language",
     "[[topic]]\nid = \"a\"\nname = {fi = \"A\"}\n[[topic.rules]]\nlang = \"se\"\nstrong = [\"b\"]\n", 5,
     "did you mean \"sv\"? Write one of fi, sv, en"},
    {"misspelt_rule", RULES "strong = [\"b\"]\nweek = [\"c\"]\n", 7,
     "unknown key \"week\" in [[topic.rules]]; did you mean \"weak\"?"},
    {"topic_twice", RULES "strong = [\"b\"]\n" RULES "strong = [\"b\"]\n", 8, "x.toml:2: take one of them out"},
    {"topic_id_with_umlaut",
     "[[topic]]\nid = \"järjestöt\"\nname = {fi = \"A\"}\n[[topic.rules]]\nlang = \"fi\"\nstrong = [\"b\"]\n", 2,
     "may hold only a-z"},
    {"relevance_of_another_id",
     "[[relevance]]\nid = \"relevent\"\n[[relevance.rules]]\nlang = \"fi\"\nstrong = [\"b\"]\n", 2,
     "did you mean \"relevant\"?"},
    // Words
    {"synonym_cycle", "[[synonym]]\nwords = [\"a\", \"b\"]\n[[synonym]]\nwords = [\"b\", \"c\"]\n", 4,
     "word \"b\" stands already at"},
    {"synonym_of_itself", "[[synonym]]\nwords = [\"a\", \"a\"]\n", 2, "word \"a\" stands already at"},
    {"synonym_alone", "[[synonym]]\nwords = [\"a\"]\n", 2, "a synonym needs two words"},
    {"years_backwards", "[[synonym]]\nwords = [\"a\", \"b\"]\nyears = [\"2019-2015\", \"2020-\"]\n", 3,
     "write \"2015-2019\" or \"2023-\""},
    {"too_few_years", "[[synonym]]\nwords = [\"a\", \"b\"]\nyears = [\"2020-\"]\n", 3, "write as many of both"},
    {"publishers_of_no_kind", "[[publishers]]\nkind = \"papers\"\nnames = [\"A\"]\n", 2, "did you mean \"paper\"?"},
    {"publishers_of_no_area", "[[publishers]]\nkind = \"paper\"\nareas = [\"lapi\"]\nnames = [\"A\"]\n", 3,
     "did you mean \"lappi\"?"},
    {"publishers_without_names", "[[publishers]]\nkind = \"paper\"\n", 1, "needs names"},
    {"vetoes_as_text", "vetoes = \"Pori Jazz\"\n", 1, "write a list of texts"},
    {"unknown_list", "veto = [\"Pori Jazz\"]\n", 1, "unknown key \"veto\"; did you mean \"vetoes\"?"},
};

INSTANTIATE_TEST_SUITE_P(Taxonomy, BrokenTags, testing::ValuesIn(cases),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace sotevahti::config
