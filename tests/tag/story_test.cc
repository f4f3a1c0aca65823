#include "tag/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/zone.h"
#include "tag/deadline.h"
#include "tag/glossary.h"
#include "tag/story_facts.h"
#include "tag/story_grouper.h"
#include "tag/story_words.h"
#include "tag/tagger.h"
#include "text/language.h"

namespace sotevahti::tag {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// An entry as a test writes it.
struct Entry {
  std::string title;
  std::string text;
  std::string publisher = "Pirkanmaan hyvinvointialue";
  std::string url = "https://www.pirha.fi/w/1";
  std::string published = "2025-10-08";
  std::vector<std::string> areas = {"pirkanmaa"};
  std::string language = "fi";
  std::vector<std::string> topics = {};
};

struct GoldPairs;

class Story : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    static const config::Taxonomy no_rules;
    lexicon_ = std::move(text::Lexicon::open(16 << 20).value());
    tagger_ = std::make_unique<Tagger>(no_rules, *lexicon_);
  }
  static void TearDownTestSuite() {
    tagger_.reset();
    lexicon_.reset();
  }

  static StorySignature signed_(const Entry& entry, const StoryOrigin& origin = {}) {
    Subject subject;
    subject.title = entry.title;
    subject.text = entry.text;
    subject.publisher = entry.publisher;
    subject.url = entry.url;
    subject.published = base::parse_iso_date(entry.published).value();
    Tags tags;
    tags.language = entry.language;
    for (const std::string& area : entry.areas) tags.areas.push_back({area, 1.0, {}});
    for (const std::string& topic : entry.topics) tags.topics.push_back({topic, 1.0, {}});
    tags.deadlines = find_deadlines(entry.title, entry.text, entry.language, subject.published);
    return sign(tagger_->read(subject, entry.language), tags, origin);
  }

  static GoldPairs pairs_in(const char* path);

  static StoryVerdict verdict(const Entry& a, const Entry& b) { return same_story(signed_(a), signed_(b)); }

  static std::unique_ptr<text::Lexicon> lexicon_;
  static std::unique_ptr<Tagger> tagger_;
};

std::unique_ptr<text::Lexicon> Story::lexicon_;
std::unique_ptr<Tagger> Story::tagger_;

StoryFacts facts_of(std::string_view text, std::chrono::year_month_day day) {
  return story_facts(DatedText("", day), DatedText(text, day), day);
}

const Entry grants{"Pirha avaa järjestöavustusten haun",
                   "Yleisavustusta voi hakea 13.10.–9.11.2025. Jaossa on kaksi miljoonaa euroa."};

TEST_F(Story, OneReleaseNumberIsOneStoryInAnyLanguage) {
  Entry finnish{"Tekonivelleikkaukset lisääntyivät", "Leikkauksia tehtiin enemmän."};
  finnish.publisher = "STT Info";
  finnish.url = "https://www.sttinfo.fi/tiedote/70812345/tekonivel?publisherId=1&lang=fi";
  Entry swedish{"Fler protesoperationer", "Operationerna ökade."};
  swedish.publisher = "Tays";
  swedish.url = "http://sttinfo.fi/release/70812345/nagot-annat?lang=sv";
  swedish.language = "sv";
  const StoryVerdict same = verdict(finnish, swedish);
  EXPECT_TRUE(same.same);
  EXPECT_EQ(same.why, "the same release number");
  EXPECT_EQ(signed_(finnish).platform_id, "stt:70812345");
}

TEST_F(Story, OldAddressesOfTheWireHaveTheNumberAsAParameter) {
  Entry old = grants;
  old.url = "https://www.sttinfo.fi/tiedote/jokin-otsikko?publisherId=3&releaseId=70812345";
  EXPECT_EQ(signed_(old).platform_id, "stt:70812345");
}

TEST_F(Story, OneAddressIsOneStory) {
  Entry other = grants;
  other.title = "Aivan muuta";
  other.url = "http://pirha.fi/w/1/?utm_source=x";
  EXPECT_TRUE(verdict(grants, other).same);
}

TEST_F(Story, APaperTellsTheReleaseInItsOwnWords) {
  Entry paper{"Pirkanmaan järjestöille jaossa kaksi miljoonaa", "Hakemus pitää jättää viimeistään 9. marraskuuta."};
  paper.publisher = "Aamulehti";
  paper.url = "https://www.aamulehti.example/a";
  paper.published = "2025-10-09";
  EXPECT_TRUE(verdict(grants, paper).same);
}

TEST_F(Story, OtherAreasVeto) {
  Entry neighbour = grants;
  neighbour.areas = {"kanta-hame"};
  neighbour.url = "https://omahame.fi/1";
  neighbour.publisher = "Kanta-Hämeen hyvinvointialue";
  const StoryVerdict other = verdict(grants, neighbour);
  EXPECT_FALSE(other.same);
  EXPECT_THAT(other.why, HasSubstr("areas"));
}

TEST_F(Story, OtherDatesVeto) {
  const Entry first{"Aluehallitus 9.2.2026 kokouksen pöytäkirja", "", "Pirha", "https://pirha.fi/a", "2026-02-21"};
  const Entry second{"Aluehallitus 20.2.2026 kokouksen pöytäkirja", "", "Pirha", "https://pirha.fi/b", "2026-02-21"};
  EXPECT_FALSE(verdict(first, second).same);
  EXPECT_THAT(verdict(first, second).why, HasSubstr("dates"));
}

TEST_F(Story, SeriesNumbersVeto) {
  const Entry fourth{"Influenssakatsaus viikolla 4/2026", "Tapauksia on paljon.", "THL", "https://thl.fi/a",
                     "2026-01-26"};
  const Entry fifth{"Influenssakatsaus viikolla 5/2026", "Tapauksia on paljon.", "THL", "https://thl.fi/b",
                    "2026-02-02"};
  EXPECT_THAT(verdict(fourth, fifth).why, HasSubstr("series"));
}

TEST_F(Story, TextsOfOnePatternWithOtherSumsAreTwoMatters) {
  const Entry one{"Pelastuslaitos hankki säiliöauton Ylöjärvelle", "Auto maksoi 410 000 euroa.", "Pirha",
                  "https://pirha.fi/a"};
  const Entry two{"Pelastuslaitos hankki säiliöauton Ylöjärvelle", "Auto maksoi 380 000 euroa.", "Pirha",
                  "https://pirha.fi/b"};
  EXPECT_FALSE(verdict(one, two).same);
}

TEST_F(Story, RoutineItemsOfMinutesNeverMerge) {
  for (const auto* title : {"Aluehallitus 9.2.2026 / Kokouksen avaus", "Pöytäkirjan tarkastaminen",
                            "Laillisuus ja päätösvaltaisuus", "Val av protokolljusterare", "Sammanträdets öppnande"}) {
    const Entry item{title, "Puheenjohtaja avasi kokouksen."};
    EXPECT_TRUE(signed_(item).routine) << title;
    EXPECT_FALSE(verdict(item, item).same) << title;
    EXPECT_TRUE(signed_(item).keys.empty());
  }
  EXPECT_FALSE(
      signed_(
          {"Kokouksen avaus kiinnosti yleisöä: näin aluevaltuusto aloitti uuden kautensa Tampere-talossa keväällä 2025",
           ""})
          .routine);
}

TEST_F(Story, ACorrectionMayHaveAnotherDate) {
  const Entry first{"Järjestöavustusten haku päättyy 31.3.", "Avustusta haetaan sähköisesti.", "Pirha",
                    "https://pirha.fi/a", "2026-03-02"};
  const Entry corrected{"Korjaus: järjestöavustusten haku päättyy 28.3.", "Avustusta haetaan sähköisesti.", "Pirha",
                        "https://pirha.fi/b", "2026-03-03"};
  EXPECT_TRUE(verdict(first, corrected).same);
}

TEST_F(Story, TwoWeeksApartIsAnotherStory) {
  Entry later = grants;
  later.published = "2025-10-23";
  later.url = "https://pirha.fi/toinen";
  EXPECT_FALSE(verdict(grants, later).same);
}

TEST_F(Story, TheSameMinuteNeedsLessLikenessThanTheSameDay) {
  const Entry finnish{"Uusi johtaja aloittaa", "Johtaja kertoo ajatuksistaan."};
  Entry swedish{"Ny chef börjar", "Direktören berättar."};
  swedish.language = "sv";
  swedish.url = "https://www.pirha.fi/sv/1";
  StoryOrigin origin;
  origin.published = base::Time(std::chrono::sys_days(std::chrono::year(2025) / 10 / 8)) + 8h + 13min;
  EXPECT_TRUE(same_story(signed_(finnish, origin), signed_(swedish, origin)).same);
  origin.is_dated = false;  // found in one poll, which says nothing of when they were written
  EXPECT_FALSE(same_story(signed_(finnish, origin), signed_(swedish, origin)).same);
  origin.is_dated = true;
  origin.published = base::Time(std::chrono::sys_days(std::chrono::year(2025) / 10 / 8));
  EXPECT_FALSE(signed_(finnish, origin).to_the_minute);
}

TEST_F(Story, SumsAndNumbersAreReadInEachLanguagesWriting) {
  const auto day = base::parse_iso_date("2025-11-18").value();
  const StoryFacts fi = facts_of("Vastaajia oli 165 000, kuusi viikkoa, 1,1 miljoonaa euroa, 28.11.2025", day);
  const StoryFacts sv = facts_of("165 000 svarade, sex veckor, 1,1 miljoner euro, den 28 november 2025", day);
  const StoryFacts en = facts_of("165,000 answered, six weeks, 1.1 million euros, 28 November 2025", day);
  EXPECT_EQ(fi.all, sv.all);
  EXPECT_EQ(fi.all, en.all);
  EXPECT_EQ(fi.all.size(), 4U);
}

TEST_F(Story, NumberWordsAreReadToTheirEnd) {
  const auto day = base::parse_iso_date("2025-11-18").value();
  const auto facts = [&](std::string_view text) { return facts_of(text, day).all; };
  EXPECT_EQ(facts("seitsemäntoista työntekijää"), facts("17 anställda"));
  EXPECT_EQ(facts("sjutton anställda"), facts("17 työntekijää"));
  EXPECT_EQ(facts("eighteen wards"), facts("18 osastoa"));
  EXPECT_EQ(facts("viidentoista kunnan"), facts("femton kommuner"));
  EXPECT_TRUE(facts("tjugofem kommuner").empty());  // not read, but no 20 either
  EXPECT_NE(facts("kahdeksantoista osastoa"), facts("kahdeksan osastoa"));
  for (const char* other :
       {"viisisataa työntekijää", "kolmesataa paikkaa", "neljännes jää ilman", "viidennes jää ilman"})
    EXPECT_TRUE(facts(other).empty()) << other;
  EXPECT_EQ(facts("kolmella osastolla"), facts("3 osastoa"));
}

TEST_F(Story, ASourceTellsAStoryOnceInEachLanguage) {
  const auto of_one_source = [](const std::string& language) {
    StorySignature signature;
    signature.language = language;
    signature.source = "pirkanmaa";
    signature.facts = {7};
    signature.keys = {1};
    signature.published = base::from_unix(1'760'000'000);
    return signature;
  };
  const StorySignature finnish = of_one_source("fi");
  StorySignature elsewhere = finnish;
  elsewhere.source = "satakunta";
  EXPECT_TRUE(bars(finnish, of_one_source("fi")));
  EXPECT_FALSE(bars(finnish, of_one_source("sv")));
  EXPECT_FALSE(bars(finnish, elsewhere));
  StorySignature nobodys = finnish;
  nobodys.source.clear();
  EXPECT_FALSE(bars(nobodys, nobodys)) << "of whom nothing is known, that is one source";

  StoryGrouper grouper;
  const std::string story = grouper.add(of_one_source("fi"));
  EXPECT_EQ(grouper.add(of_one_source("sv")), story);
  EXPECT_NE(grouper.add(of_one_source("fi")), story) << "it is like the translation only";
}

TEST_F(Story, BytesComeBackAsTheyWere) {
  StoryOrigin origin{"stt:1", "pirha.fi/w/1", base::from_unix(1760000000), true, true};
  const StorySignature made = signed_(grants, origin);
  const std::string bytes = to_bytes(made);
  EXPECT_LE(bytes.size(), 800U);
  const StorySignature read = from_bytes(bytes);
  EXPECT_EQ(to_bytes(read), bytes);
  EXPECT_EQ(read.minhash, made.minhash);
  EXPECT_EQ(read.keys, made.keys);
  EXPECT_EQ(read.areas, made.areas);
  EXPECT_EQ(read.published, made.published);
  EXPECT_TRUE(read.official && read.to_the_minute);
}

TEST_F(Story, BrokenBytesAreAnEmptySignature) {
  const std::string bytes = to_bytes(signed_(grants));
  for (std::size_t length = 0; length < bytes.size(); ++length)
    EXPECT_TRUE(from_bytes(std::string_view(bytes).substr(0, length)).language.empty()) << length;
  EXPECT_TRUE(from_bytes(bytes + "x").language.empty());
  EXPECT_TRUE(from_bytes(std::string(100, '\xFF')).language.empty());
  EXPECT_FALSE(same_story({}, {}).same);
}

TEST_F(Story, TheGlossarysWordsAreTheLexiconsLemmas) {
  for (const std::string_view word : glossary_words("fi"))
    EXPECT_THAT(lexicon_->analyze(word, "fi").lemmas, testing::Contains(std::string(word)));
  // Names stand in the glossary too, and the lexicon knows them by their capital.
  for (const std::string_view word : glossary_words("sv")) {
    std::string capital(word);
    capital[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(capital[0])));
    const bool found = concept_of(lexicon_->analyze(word, "sv").lemmas.front(), "sv") != 0 ||
                       concept_of(lexicon_->analyze(capital, "sv").lemmas.front(), "sv") != 0;
    EXPECT_TRUE(found) << word;
  }
}

TEST_F(Story, ALongTextTakesBoundedTimeAndSpace) {
  Entry endless = grants;
  for (int i = 0; i < 100'000; ++i) endless.text += "sana" + std::to_string(i) + " 12 345 3.4. ";
  endless.title = std::string(1 << 20, 'x');
  const auto start = std::chrono::steady_clock::now();
  const StorySignature made = signed_(endless);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
  EXPECT_LE(to_bytes(made).size(), 2000U);
  EXPECT_LE(made.keys.size(), 32U);
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '\t');) cells.push_back(cell);
  cells.resize(8);
  return cells;
}

using Pairs = std::set<std::pair<std::size_t, std::size_t>>;

Pairs pairs_of(const std::vector<std::string>& stories) {
  Pairs pairs;
  for (std::size_t i = 0; i < stories.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!stories[i].empty() && stories[i] == stories[j]) pairs.emplace(j, i);
  return pairs;
}

// A list of entries with their stories, and the pairs that are found to be one.
struct GoldPairs {
  std::size_t entries = 0;
  Pairs gold, found;
  std::string missed, wrong;  // for a person
};

std::vector<std::string> ids_of(const std::string& cell) {
  std::vector<std::string> ids;
  std::istringstream in(cell);
  for (std::string id; std::getline(in, id, ',');) ids.push_back(id);
  return ids;
}

GoldPairs Story::pairs_in(const char* path) {
  std::ifstream in(path);
  StoryGrouper grouper;
  std::vector<std::string> wanted, got, titles;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto cells = cells_of(line);
    Entry entry{cells[4], cells[5], cells[3], cells[6], cells[2], ids_of(cells[7]), cells[1]};
    if (cells.size() > 8) entry.topics = ids_of(cells[8]);
    wanted.push_back(cells[0]);
    got.push_back(grouper.add(signed_(entry)));
    titles.push_back(entry.title);
  }
  GoldPairs pairs{wanted.size(), pairs_of(wanted), pairs_of(got), {}, {}};
  for (const auto& [a, b] : pairs.gold)
    if (!pairs.found.count({a, b})) pairs.missed += "missed: " + titles[a] + " = " + titles[b] + '\n';
  for (const auto& [a, b] : pairs.found)
    if (!pairs.gold.count({a, b})) pairs.wrong += "wrong: " + titles[a] + " = " + titles[b] + '\n';
  return pairs;
}

// Stories of our own: translations, papers' tellings, and neighbours in time, place and matter.
TEST_F(Story, GoldList) {
  const GoldPairs pairs = pairs_in(SOTEVAHTI_TEST_DATA "/stories.tsv");
  std::size_t right = 0;
  for (const auto& pair : pairs.found) right += pairs.gold.count(pair);
  const double precision = static_cast<double>(right) / static_cast<double>(pairs.found.size());
  const double recall = static_cast<double>(right) / static_cast<double>(pairs.gold.size());
  std::cout << pairs.missed << pairs.wrong << pairs.entries << " entries, " << pairs.gold.size() << " pairs: precision "
            << precision << ", recall " << recall << '\n';
  EXPECT_GE(pairs.gold.size(), 40U);
  EXPECT_GE(precision, 0.97);
  EXPECT_GE(recall, 0.90);
}

// A county's releases of one day in both languages, as long as they are: most have no translation.
TEST_F(Story, ReleasesOfOneDayMeetTheirTranslationsOnly) {
  const GoldPairs pairs = pairs_in(SOTEVAHTI_TEST_DATA "/releases.tsv");
  EXPECT_EQ(pairs.entries, 14U);
  EXPECT_EQ(pairs.found, pairs.gold) << pairs.missed << pairs.wrong;
}

TEST_F(Story, ANewEntryJoinsQuicklyHoweverManyThereAre) {
  StoryGrouper grouper;
  Entry entry = grants;
  for (int i = 0; i < 3000; ++i) {
    entry.title = "Järjestöavustusten haku " + std::to_string(i);
    entry.url = "https://pirha.fi/" + std::to_string(i);
    grouper.add(signed_(entry));
  }
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) grouper.add(signed_(grants));
  EXPECT_LT((std::chrono::steady_clock::now() - start) / 20, 20ms);
}

}  // namespace
}  // namespace sotevahti::tag
