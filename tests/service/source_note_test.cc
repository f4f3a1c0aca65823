// The weekly note about the sources: what it tells, and when it keeps quiet.
#include "service/source_note.h"

#include <gmock/gmock.h>

#include "archive/ledger.h"
#include "support/temp_folder.h"

namespace sotevahti::service {
namespace {

using namespace std::chrono_literals;
using archive::Health;
using testing::HasSubstr;
using testing::Not;

const base::Time start = base::from_unix(1771584000);
constexpr base::Seconds week = 7 * 24h;

class SourceNoteTest : public testing::Test {
 protected:
  SourceNoteTest() {
    configuration_.loaded.settings.mail.admin = "yllapito@yhdistys.example";
    std::vector<config::Feed> feeds;
    for (const char* id : {"hyvaks", "pirha", "thl"}) {
      config::Feed feed;
      feed.id = id;
      feed.title = std::string("Uutiset: ") + id;
      feed.url = std::string("https://") + id + ".example/feed";
      feeds.push_back(std::move(feed));
    }
    configuration_.catalogue = config::Catalogue(std::move(feeds));
    for (const auto& feed : configuration_.catalogue.feeds()) {
      archive::FeedState state;
      state.feed_id = feed.id;
      state.url = feed.url;
      state.last_success = state.last_new_entry = start;
      states_.push_back(std::move(state));
    }
  }

  void fail(std::size_t nth, const char* cause) {
    states_[nth].failure = archive::PollFailure{cause, "in a test's words"};
    states_[nth].failures = 3;
    states_[nth].failing_since = start;
  }

  std::optional<SourceNote> note(base::Time now = start + 24h) {
    const auto all = archive::health_of(configuration_.catalogue, states_, now);
    auto composed = compose_source_note(all, told_, start, now);
    if (composed) told_ = {composed->states.begin(), composed->states.end()};
    return composed;
  }

  Configuration configuration_;
  std::vector<archive::FeedState> states_;
  std::unordered_map<std::string, std::string> told_;
};

TEST_F(SourceNoteTest, KeepsQuietWhileAllIsWell) { EXPECT_FALSE(note()); }

TEST_F(SourceNoteTest, NamesWhatFailsAndWhyOnce) {
  fail(1, "tls");
  const auto first = note();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->subject, "2 of 3 sources are read");
  EXPECT_THAT(first->text, HasSubstr("Uutiset: pirha (pirha): failing"));
  EXPECT_THAT(first->text, HasSubstr("in a test's words (tls), 3 times since 2026-02-20"));
  EXPECT_THAT(first->text, Not(HasSubstr("hyvaks")));
  states_[1].failures = 30;
  EXPECT_FALSE(note());
}

TEST_F(SourceNoteTest, AnotherCauseIsNewsAndSoIsTheEnd) {
  fail(1, "timeout");
  ASSERT_TRUE(note());
  fail(1, "gone");
  const auto another = note();
  ASSERT_TRUE(another);
  EXPECT_THAT(another->text, HasSubstr("(gone)"));
  states_[1].failure.reset();
  const auto well = note();
  ASSERT_TRUE(well);
  EXPECT_THAT(well->text, HasSubstr("Well again:\n  Uutiset: pirha (pirha): fresh"));
  EXPECT_FALSE(note());
}

TEST_F(SourceNoteTest, ASourceThatFellSilentIsToldWithItsUsualPace) {
  states_[0].usual_gap = 48h;
  const auto silent = note(start + 10 * 24h);
  ASSERT_TRUE(silent);
  EXPECT_THAT(silent->text, HasSubstr("hyvaks (hyvaks): quiet"));
  EXPECT_THAT(silent->text, HasSubstr("nothing new since 2026-02-20, usually every 2 days"));
}

TEST_F(SourceNoteTest, AFloodIsTold) {
  states_[2].flooded_at = start + 1h;
  states_[2].flooded_entries = 4800;
  const auto flooded = note();
  ASSERT_TRUE(flooded);
  EXPECT_THAT(flooded->text, HasSubstr("Uutiset: thl: 4800 entries of one poll were archived without telling"));
}

TEST_F(SourceNoteTest, GoesOutOnceAWeekAndOnlyWhenSomethingChanged) {
  const test_support::TempFolder folder;
  const auto database = std::move(*archive::Database::open(folder / "archive.db"));
  archive::Ledger ledger(*database);
  const auto rows = [&] { return ledger.outbox(std::nullopt, 10).size(); };
  const auto store = [&] {
    for (const auto& state : states_) {
      archive::PollOutcome outcome;
      outcome.kind = archive::PollOutcome::Kind::failed;
      outcome.at = start;
      outcome.state = state;
      archive::FeedStore(*database).store_polls(std::vector{outcome});
    }
  };
  store();
  EXPECT_FALSE(*note_sources(*database, configuration_, start));  // the first week begins
  fail(0, "dns");
  store();
  EXPECT_FALSE(*note_sources(*database, configuration_, start + 3 * 24h));
  EXPECT_EQ(rows(), 0U);
  EXPECT_TRUE(*note_sources(*database, configuration_, start + week));
  ASSERT_EQ(rows(), 1U);
  EXPECT_EQ(ledger.outbox(std::nullopt, 1)[0].recipient, "yllapito@yhdistys.example");
  EXPECT_FALSE(*note_sources(*database, configuration_, start + week + 1h));
  for (auto& state : states_) state.last_new_entry = start + 2 * week;
  store();
  EXPECT_FALSE(*note_sources(*database, configuration_, start + 2 * week));  // nothing changed
  EXPECT_EQ(rows(), 1U);
}

TEST_F(SourceNoteTest, WithoutAnAdminThereIsNone) {
  configuration_.loaded.settings.mail.admin.clear();
  const test_support::TempFolder folder;
  const auto database = std::move(*archive::Database::open(folder / "archive.db"));
  for (const base::Time at : {start, start + week, start + 2 * week})
    EXPECT_FALSE(*note_sources(*database, configuration_, at));
  EXPECT_TRUE(archive::Ledger(*database).outbox(std::nullopt, 10).empty());
}

}  // namespace
}  // namespace sotevahti::service
