#include "digest/outline.h"

#include <gmock/gmock.h>

#include "digest/routine.h"
#include "sample.h"

namespace sotevahti::digest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> titles(const Block& block) {
  std::vector<std::string> all;
  for (const Story& story : block.stories) all.push_back(story.title.str());
  return all;
}

std::vector<Block::Kind> kinds(const SectionOutline& section) {
  std::vector<Block::Kind> all;
  for (const Block& block : section.blocks) all.push_back(block.kind);
  return all;
}

Outline compose_one(std::vector<Story> stories) {
  return compose(sample::material({sample::section(1, "Pirkanmaa", std::move(stories))}), sample::taxonomy());
}

TEST(Outline, MovedDeadlinesComeFirstThenClosingThenNewThenChanged) {
  Story moved = sample::story(1, "siirtynyt");
  moved.deadlines = {sample::deadline(sample::day(2026, 3, 31))};
  moved.deadlines[0].moved_from = sample::day(2026, 3, 15);
  Story closing = sample::story(2, "päättyvä");
  closing.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  Story changed = sample::story(3, "muuttunut");
  changed.changes = {{sample::now, {"15.12."}, {"7.1."}}};

  const Outline outline = compose_one({changed, sample::story(4, "uusi"), closing, moved});
  EXPECT_THAT(kinds(outline.sections.at(0)),
              ElementsAre(Block::Kind::moved, Block::Kind::closing, Block::Kind::area, Block::Kind::changed));
  EXPECT_EQ(outline.counts.moved, 1U);
  EXPECT_EQ(outline.counts.closing, 1U);
  EXPECT_EQ(outline.counts.fresh, 1U);
  EXPECT_EQ(outline.counts.changed, 1U);
}

TEST(Outline, AWithdrawnDeadlineStandsWithTheMovedOnes) {
  Story withdrawn = sample::story(1, "peruttu");
  withdrawn.deadlines = {sample::deadline(sample::day(2026, 2, 27))};
  withdrawn.deadlines[0].withdrawn = true;
  EXPECT_THAT(kinds(compose_one({withdrawn}).sections.at(0)), ElementsAre(Block::Kind::moved));
}

TEST(Outline, ADeadlineFurtherThanTwoWeeksIsNotClosing) {
  Story far = sample::story(1, "kaukana");
  far.deadlines = {sample::deadline(sample::day(2026, 3, 7))};
  EXPECT_THAT(kinds(compose_one({far}).sections.at(0)), ElementsAre(Block::Kind::area));
  far.deadlines[0].closes = sample::day(2026, 3, 6);
  EXPECT_THAT(kinds(compose_one({far}).sections.at(0)), ElementsAre(Block::Kind::closing));
  far.deadlines[0].closes = sample::day(2026, 2, 19);
  EXPECT_THAT(kinds(compose_one({far}).sections.at(0)), ElementsAre(Block::Kind::area));
}

TEST(Outline, ClosingStoriesStandByDaysLeft) {
  Story later = sample::story(1, "myöhemmin");
  later.deadlines = {sample::deadline(sample::day(2026, 3, 5))};
  Story sooner = sample::story(2, "aiemmin");
  sooner.deadlines = {sample::deadline(sample::day(2026, 3, 20)), sample::deadline(sample::day(2026, 2, 22))};
  EXPECT_THAT(titles(compose_one({later, sooner}).sections.at(0).blocks.at(0)), ElementsAre("aiemmin", "myöhemmin"));
}

TEST(Outline, NewStoriesStandByAreaThenTopicThenOfficialSourceThenNewest) {
  Story paper = sample::story(1, "lehti");
  paper.official = false;
  Story county = sample::story(2, "alue");
  Story older = sample::story(3, "vanhempi");
  older.published = sample::helsinki(2026, 2, 18);
  Story money = sample::story(4, "raha", "pirkanmaa", "rahoitus");
  Story elsewhere = sample::story(5, "häme", "kanta-hame");
  Story nation = sample::story(6, "maa", "koko-maa");

  const auto section = compose_one({nation, money, paper, older, county, elsewhere}).sections.at(0);
  ASSERT_EQ(section.blocks.size(), 3U);
  EXPECT_EQ(section.blocks[0].area, "kanta-hame");
  EXPECT_EQ(section.blocks[1].area, "pirkanmaa");
  EXPECT_EQ(section.blocks[2].area, "koko-maa");
  EXPECT_THAT(titles(section.blocks[1]), ElementsAre("alue", "vanhempi", "lehti", "raha"));
}

TEST(Outline, AreasStandInTheAlphabetOfTheReader) {
  auto material = sample::material({sample::section(
      1, "x",
      {sample::story(1, "å", "ahvenanmaa"), sample::story(2, "k", "kainuu"), sample::story(3, "b", "pirkanmaa")})});
  material.language = "sv";
  const auto section = compose(std::move(material), sample::taxonomy()).sections.at(0);
  EXPECT_EQ(section.blocks.at(0).area, "pirkanmaa");   // Birkaland
  EXPECT_EQ(section.blocks.at(1).area, "kainuu");      // Kajanaland
  EXPECT_EQ(section.blocks.at(2).area, "ahvenanmaa");  // Åland comes last
}

TEST(Outline, AStoryOfSeveralAreasStandsWhereTheFilterAsks) {
  Story shared = sample::story(1, "yhteinen", "kainuu");
  shared.areas.push_back("pirkanmaa");
  Section section = sample::section(1, "x", {shared});
  section.areas = {"pirkanmaa"};
  EXPECT_EQ(compose(sample::material({section}), sample::taxonomy()).sections.at(0).blocks.at(0).area, "pirkanmaa");
}

TEST(Outline, AStoryStandsOnceInAMessageWhateverSubscriptionsBringIt) {
  Story same = sample::story(1, "sama");
  Story other_telling = sample::story(2, "sama toisin");
  other_telling.story = same.story;
  const Outline outline =
      compose(sample::material({sample::section(1, "Ensimmäinen", {same}),
                                sample::section(2, "Toinen", {other_telling, sample::story(3, "oma")})}),
              sample::taxonomy());
  EXPECT_EQ(outline.counts.all(), 2U);
  EXPECT_EQ(outline.sections.at(1).told_above, 1U);
  EXPECT_THAT(titles(outline.sections.at(1).blocks.at(0)), ElementsAre("oma"));
}

TEST(Outline, EntriesWithoutAStoryAreNotTakenForOne) {
  Story a = sample::story(1, "a");
  Story b = sample::story(2, "b");
  a.story = b.story = 0;
  EXPECT_EQ(compose_one({a, b}).counts.fresh, 2U);
}

TEST(Outline, DecisionsStandByMeetingAndRoutineItemsAreFolded) {
  const auto item = [](std::int64_t id, const char* title) {
    Story made = sample::story(id, title);
    made.kind = "decisions";
    made.board = "Aluehallitus";
    made.event_at = sample::helsinki(2026, 2, 16, 13);
    return made;
  };
  Story other = item(9, "Toisen kokouksen asia");
  other.event_at = sample::helsinki(2026, 2, 9, 13);
  const auto section = compose_one({item(3, "Järjestöavustusten myöntäminen"), item(1, "Kokouksen avaus"), other,
                                    item(2, "§ 2 Pöytäkirjantarkastajien valinta"), item(4, "Talousarvio 2027"),
                                    sample::story(8, "tiedote")})
                           .sections.at(0);
  ASSERT_EQ(section.blocks.size(), 3U);
  EXPECT_EQ(section.blocks[0].kind, Block::Kind::area);
  EXPECT_THAT(titles(section.blocks[1]), ElementsAre("Järjestöavustusten myöntäminen", "Talousarvio 2027"));
  EXPECT_EQ(section.blocks[1].routine, 2U);
  EXPECT_THAT(titles(section.blocks[2]), ElementsAre("Toisen kokouksen asia"));  // the newer meeting first
}

TEST(Outline, TheSameMaterialGivesTheSameOutlineInAnyOrder) {
  std::vector<Story> stories;
  for (int i = 0; i < 20; ++i)
    stories.push_back(sample::story(i, "t" + std::to_string(i), i % 2 ? "kainuu" : "pirkanmaa"));
  const Outline forward = compose_one(stories);
  const Outline backward = compose_one({stories.rbegin(), stories.rend()});
  ASSERT_EQ(forward.sections[0].blocks.size(), backward.sections[0].blocks.size());
  for (std::size_t i = 0; i < forward.sections[0].blocks.size(); ++i)
    EXPECT_EQ(titles(forward.sections[0].blocks[i]), titles(backward.sections[0].blocks[i]));
}

TEST(Outline, NothingToTellIsEmpty) {
  const Outline outline = compose_one({});
  EXPECT_TRUE(outline.empty());
  EXPECT_THAT(outline.sections.at(0).blocks, IsEmpty());
}

TEST(Reminder, FallsOnceInTheWindowsOfADailyDigest) {
  const auto closes = sample::day(2026, 3, 31);
  const base::Zone& zone = base::Zone::helsinki();
  std::vector<int> days;
  // The windows lie across the change to summer time (29 March).
  for (int d = 15; d <= 31; ++d)
    for (const int before : {7, 2})
      if (reminder_is_due(closes, before, sample::helsinki(2026, 3, static_cast<unsigned>(d - 1)),
                          sample::helsinki(2026, 3, static_cast<unsigned>(d)), zone))
        days.push_back(d);
  EXPECT_THAT(days, ElementsAre(24, 29));
}

TEST(Reminder, AWeeklyWindowCatchesIt) {
  EXPECT_TRUE(reminder_is_due(sample::day(2026, 3, 31), 7, sample::helsinki(2026, 3, 23), sample::helsinki(2026, 3, 30),
                              base::Zone::helsinki()));
  EXPECT_FALSE(reminder_is_due(sample::day(2026, 3, 31), 7, sample::helsinki(2026, 3, 16),
                               sample::helsinki(2026, 3, 23), base::Zone::helsinki()));
}

TEST(Routine, KnowsWhatEveryMeetingHas) {
  for (const char* title : {"Kokouksen avaaminen", "12 § Kokouksen laillisuus ja päätösvaltaisuus", "ILMOITUSASIAT",
                            "Muut asiat", "Pöytäkirjan tarkastus", "Mötets öppnande", "3. Val av protokolljusterare"})
    EXPECT_TRUE(is_routine_item(title)) << title;
  for (const char* title : {"Järjestöavustusten myöntäminen 2026", "Aluehallituksen kokousajat syksyllä",
                            "Hyvinvointialueen strategia", ""})
    EXPECT_FALSE(is_routine_item(title)) << title;
}

}  // namespace
}  // namespace sotevahti::digest
