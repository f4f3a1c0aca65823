#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/query.h"
#include "archive/search.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using samples::entry;
using samples::start;
using samples::store;
using std::chrono::hours;
using testing::ElementsAre;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class StoryStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* feed : {"alue", "stt", "stm"}) samples::introduce(*database_, feed, start());
  }
  // The same release: signatures meet by the platform's number.
  static IncomingEntry release(const std::string& key, const std::string& title, base::Time published, bool official,
                               const std::string& language = "fi") {
    IncomingEntry incoming = entry(key, title, "Hyvinvointialue avaa haun. " + key, published, language);
    incoming.signature.platform_id = "stt:70812345";
    incoming.signature.official = official;
    incoming.signature.keys = {0x1234567890ABCDEFULL};
    return incoming;
  }
  std::vector<std::string> titles(const std::string& filter) {
    std::vector<std::string> found;
    Search search(*database_, samples::taxonomy(), start());
    for (const EntrySummary& each : search.find(*parse_filter(filter)).entries) found.push_back(each.title.str());
    return found;
  }
  StoryId story_of(const std::string& title) {
    return first_integer(*database_, "SELECT story FROM entries WHERE title = ?", title).value();
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
};

TEST_F(StoryStoreTest, TheSameReleaseIsOneStoryAndTheOfficialCopyLeads) {
  EXPECT_EQ(store(*database_, "stt", start(), {release("s", "Välitetty", start(), false)}).new_stories, 1U);
  const auto second = store(*database_, "alue", start() + hours(2), {release("a", "Oma", start() + hours(1), true)});
  EXPECT_EQ(second.new_entries, 1U);
  EXPECT_EQ(second.new_stories, 0U);
  EXPECT_EQ(story_of("Oma"), story_of("Välitetty"));
  EXPECT_THAT(titles(""), ElementsAre("Oma"));
  EXPECT_THAT(titles("story:all"), UnorderedElementsAre("Oma", "Välitetty"));
}

TEST_F(StoryStoreTest, OfOfficialCopiesTheEarliestLeads) {
  store(*database_, "stm", start() + hours(3), {release("b", "Myöhempi", start() + hours(3), true)});
  store(*database_, "alue", start() + hours(4), {release("a", "Aikaisempi", start() + hours(1), true)});
  EXPECT_THAT(titles(""), ElementsAre("Aikaisempi"));
}

TEST_F(StoryStoreTest, AStoryIsFoundByAnyTelling) {
  store(*database_, "alue", start(), {release("a", "Haku avautuu", start(), true)});
  store(*database_, "stm", start(), {release("b", "Ansökan öppnar", start(), false, "sv")});
  EXPECT_THAT(titles("lang:sv"), ElementsAre("Ansökan öppnar"));
  EXPECT_THAT(titles("haku"), ElementsAre("Haku avautuu"));
}

TEST_F(StoryStoreTest, TellsTheOtherPublishersAndWhy) {
  store(*database_, "alue", start(), {release("a", "Oma", start(), true)});
  IncomingEntry copy = release("b", "Kopio", start(), false);
  copy.item.publisher = "STT Info";
  store(*database_, "stt", start(), {copy});
  Search search(*database_, samples::taxonomy(), start());
  const EntrySummary leading = search.find({}).entries.front();
  EXPECT_EQ(leading.tellings, 2U);
  EXPECT_THAT(leading.also, ElementsAre("STT Info"));
  const auto telling = search.entry(first_integer(*database_, "SELECT id FROM entries WHERE title = 'Kopio'").value());
  ASSERT_THAT(telling->tellings, SizeIs(1));
  EXPECT_EQ(telling->tellings.front().title.str(), "Oma");
  EXPECT_FALSE(telling->story_why.empty());
}

// Else what a source tells in one language would hide behind its translation's story.
TEST_F(StoryStoreTest, ASourceTellsAStoryOnceInEachLanguage) {
  const auto of_one_source = [](const std::string& key, const std::string& language) {
    IncomingEntry incoming = entry(key, "Otsikko " + key, "Teksti " + key, start(), language);
    incoming.signature.source = "pirkanmaa";
    incoming.signature.facts = {7};  // one that weighs much
    incoming.signature.keys = {0x1234567890ABCDEFULL};
    return incoming;
  };
  store(*database_, "alue", start(), {of_one_source("a", "fi"), of_one_source("b", "sv")});
  EXPECT_EQ(story_of("Otsikko b"), story_of("Otsikko a"));
  store(*database_, "alue", start(), {of_one_source("c", "fi")});
  EXPECT_NE(story_of("Otsikko c"), story_of("Otsikko a"));
}

TEST_F(StoryStoreTest, TwoWeeksApartIsAnotherStory) {
  store(*database_, "alue", start(), {release("a", "Ensin", start() - hours(24 * 20), true)});
  store(*database_, "stt", start(), {release("b", "Sitten", start(), false)});
  EXPECT_NE(story_of("Ensin"), story_of("Sitten"));
}

TEST_F(StoryStoreTest, ARoutineItemIsNeverMerged) {
  for (const char* key : {"a", "b"}) {
    IncomingEntry opening = release(key, std::string("Kokouksen avaus ") + key, start(), true);
    opening.signature.routine = true;
    store(*database_, "alue", start(), {opening});
  }
  EXPECT_NE(story_of("Kokouksen avaus a"), story_of("Kokouksen avaus b"));
}

TEST_F(StoryStoreTest, ChurnedCopiesOfAFirstPollAreQuietToo) {
  store(*database_, "uusi", start(), {release("a", "Vanha", start() - hours(1), true)});
  store(*database_, "uusi", start() + hours(1), {release("b", "Vanha uudelleen", start(), true)});
  EXPECT_EQ(first_integer(*database_, "SELECT count(*) FROM entries WHERE quiet"), 2);
  store(*database_, "stt", start() + hours(1), {release("c", "Toisen kertomana", start(), false)});
  EXPECT_EQ(first_integer(*database_, "SELECT count(*) FROM entries WHERE quiet"), 2) << "another source's is news";
}

TEST_F(StoryStoreTest, ATranslationOrACorrectionOfWhatAFirstPollBroughtIsNews) {
  store(*database_, "uusi", start(), {release("a", "Haku avautuu", start() - hours(1), true)});
  store(*database_, "uusi", start() + hours(1), {release("b", "Ansökan öppnar", start(), true, "sv")});
  IncomingEntry corrected = release("c", "Korjaus: haku avautuu", start(), true);
  corrected.signature.correction = true;
  store(*database_, "uusi", start() + hours(2), {corrected});
  EXPECT_EQ(story_of("Haku avautuu"), story_of("Ansökan öppnar"));
  EXPECT_EQ(story_of("Haku avautuu"), story_of("Korjaus: haku avautuu"));
  EXPECT_EQ(first_integer(*database_, "SELECT count(*) FROM entries WHERE quiet"), 1);
}

TEST_F(StoryStoreTest, SignaturesGoWhenNoLikeEntryCanCome) {
  store(*database_, "alue", start(), {release("a", "Vanha", start(), true)});
  store(*database_, "alue", start() + hours(24 * 90), {entry("b", "Uusi", "Muuta", start() + hours(24 * 90))});
  EXPECT_EQ(first_integer(*database_, "SELECT count(*) FROM signatures"), 1);
  EXPECT_EQ(
      first_integer(*database_,
                    "SELECT count(*) FROM story_keys WHERE entry IN (SELECT id FROM entries WHERE title = 'Vanha')"),
      0);
}

TEST_F(StoryStoreTest, StoriesCountOnceInTotals) {
  store(*database_, "alue", start(), {release("a", "Oma", start(), true), entry("x", "Muu", "Toinen asia", start())});
  store(*database_, "stt", start(), {release("b", "Kopio", start(), false)});
  Search search(*database_, samples::taxonomy(), start());
  EXPECT_EQ(search.totals().entries, 3U);
  EXPECT_EQ(search.totals().stories, 2U);
  EXPECT_EQ(search.facets({}).stories, 2U);
  EXPECT_EQ(search.facets(*parse_filter("story:all")).stories, 3U);
}

}  // namespace
}  // namespace sotevahti::archive
