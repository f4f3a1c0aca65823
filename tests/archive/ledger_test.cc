#include "archive/ledger.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/query.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using samples::entry;
using samples::introduce;
using samples::start;
using samples::store;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class LedgerTest : public testing::Test {
 protected:
  void SetUp() override {
    introduce(*database_, "a", start() - hours(100));
    introduce(*database_, "b", start() - hours(100));
    Subscriber subscriber;
    subscriber.address = "sanna@example.fi";
    subscriber.since = start();
    subscriber_ = *people_.add_subscriber(subscriber);
    subscription_ = subscribe("avustus");
  }
  Subscription subscribe(const std::string& filter) {
    Subscription wanted;
    wanted.subscriber = subscriber_;
    wanted.filter = filter;
    wanted.since = start();
    return *people_.subscription(*people_.add_subscription(wanted, {}));
  }
  std::vector<DueStory> due(const Subscription& subscription, base::Time from, base::Time to,
                            const std::string& language = "fi") {
    Search search(*database_, samples::taxonomy(), to);
    return ledger_.due(subscription, language, from, to, search);
  }
  std::vector<std::string> titles(base::Time from, base::Time to) {
    std::vector<std::string> all;
    for (const DueStory& story : due(subscription_, from, to)) all.push_back(story.entry.title.str());
    return all;
  }
  Decision decision(base::Time from, base::Time to, std::vector<StoryId> stories) {
    Decision made;
    made.subscriber = subscriber_;
    made.windows = {{subscription_.id, from, to}};
    made.digest.from = from;
    made.digest.to = to;
    made.digest.built = to;
    made.digest.subject = "Avustukset";
    made.digest.html = "<p>Haku</p>";
    made.digest.text = "Haku";
    made.digest.entries.assign(stories.begin(), stories.end());
    made.stories = std::move(stories);
    made.row.emplace();
    made.row->recipient = "sanna@example.fi";
    made.row->message_id = base::to_rfc3339(to) + "@example.fi";
    made.row->payload = "Subject: Avustukset\r\n\r\nHaku";
    made.row->next_attempt = made.row->created = to;
    return made;
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
  People people_{*database_};
  Ledger ledger_{*database_};
  SubscriberId subscriber_ = 0;
  Subscription subscription_;
  const base::Time from_ = start(), to_ = start() + hours(24), later_ = start() + hours(48);
};

TEST_F(LedgerTest, DueIsWhatArrivedInTheWindowAndMatches) {
  store(*database_, "a", start() + hours(1),
        {entry("1", "Avustus jaetaan", "Teksti", start()), entry("2", "Rokote saapui", "Muu", start())});
  store(*database_, "b", start() + hours(2), {entry("3", "Toinen avustus", "Kolmas", start() - hours(24 * 30))});
  store(*database_, "a", to_, {entry("4", "Kolmas avustus", "Neljäs", to_)});
  const auto stories = due(subscription_, from_, to_);
  ASSERT_THAT(stories, SizeIs(2));
  EXPECT_EQ(stories[0].entry.title.str(), "Avustus jaetaan");
  EXPECT_FALSE(stories[0].late_find);
  EXPECT_EQ(stories[0].text.str(), "Teksti");
  EXPECT_EQ(stories[1].entry.title.str(), "Toinen avustus");
  EXPECT_TRUE(stories[1].late_find);
  EXPECT_THAT(titles(to_, later_), ElementsAre("Kolmas avustus")) << "a window's end belongs to the next";
}

TEST_F(LedgerTest, AFirstPollIsNews_ToNobody) {
  store(*database_, "new", start() + hours(1), {entry("1", "Avustus jaetaan", "Teksti", start())});
  EXPECT_THAT(titles(from_, to_), IsEmpty());
}

TEST_F(LedgerTest, AStoryIsToldOnce) {
  store(*database_, "a", start() + hours(1), {entry("1", "Avustus jaetaan", "Teksti", start())});
  const auto stories = due(subscription_, from_, to_);
  ASSERT_THAT(stories, SizeIs(1));
  ASSERT_TRUE(ledger_.commit(decision(from_, to_, {stories[0].entry.story})));
  EXPECT_THAT(titles(from_, later_), IsEmpty());
  // Another telling of it comes a day later.
  IncomingEntry copy = entry("c", "Avustus kopioitu", "Teksti", start() + hours(25));
  store(*database_, "b", start() + hours(25), {copy});
  run(*database_, "UPDATE entries SET story = ? WHERE title = 'Avustus kopioitu'", stories[0].entry.story);
  EXPECT_THAT(titles(to_, later_), IsEmpty());
}

TEST_F(LedgerTest, AWindowIsClosedOnce) {
  store(*database_, "a", start() + hours(1), {entry("1", "Avustus jaetaan", "Teksti", start())});
  const Decision first = decision(from_, to_, {due(subscription_, from_, to_)[0].entry.story});
  Decision second = first;
  second.row->message_id = "other@example.fi";
  EXPECT_TRUE(ledger_.commit(first));
  EXPECT_FALSE(ledger_.commit(second));
  EXPECT_THAT(ledger_.outbox(std::nullopt, 10), SizeIs(1));
  EXPECT_THAT(ledger_.digests(10), SizeIs(1));
  EXPECT_EQ(people_.subscription(subscription_.id)->window_start, to_);
}

TEST_F(LedgerTest, AWindowOfNoTimeIsNone) {
  EXPECT_FALSE(ledger_.commit(decision(from_, from_, {})));
  EXPECT_FALSE(ledger_.commit(decision(to_, from_, {})));
  EXPECT_THAT(ledger_.outbox(std::nullopt, 10), IsEmpty());
  EXPECT_EQ(people_.subscription(subscription_.id)->window_start, from_);
}

TEST_F(LedgerTest, OneClosedWindowStopsTheWholeDecision) {
  const Subscription other = subscribe("rokote");
  ASSERT_TRUE(ledger_.commit(decision(from_, to_, {})));
  Decision both = decision(from_, to_, {});
  both.row->message_id = "both@example.fi";
  both.windows.insert(both.windows.begin(), {other.id, from_, to_});
  EXPECT_FALSE(ledger_.commit(both));
  EXPECT_EQ(people_.subscription(other.id)->window_start, from_) << "nothing of it was written";
}

TEST_F(LedgerTest, NothingToTellClosesTheWindowSilently) {
  Decision empty = decision(from_, to_, {});
  empty.row.reset();
  EXPECT_TRUE(ledger_.commit(empty));
  EXPECT_THAT(ledger_.outbox(std::nullopt, 10), IsEmpty());
  EXPECT_THAT(ledger_.digests(10), IsEmpty());
  EXPECT_EQ(people_.subscription(subscription_.id)->window_start, to_);
}

TEST_F(LedgerTest, AFailingWriteLeavesTheWindowOpen) {
  const Decision first = decision(from_, to_, {});
  ASSERT_TRUE(ledger_.commit(first));
  Decision second = decision(to_, later_, {});
  second.row->message_id = first.row->message_id;  // unique
  EXPECT_THROW(ledger_.commit(second), ArchiveError);
  EXPECT_EQ(people_.subscription(subscription_.id)->window_start, to_);
  EXPECT_THAT(ledger_.digests(10), SizeIs(1));
}

TEST_F(LedgerTest, KeepsDigestsAsTheyWereSent) {
  store(*database_, "a", start() + hours(1), {entry("1", "Avustus jaetaan", "Teksti", start())});
  Decision made = decision(from_, to_, {due(subscription_, from_, to_)[0].entry.story});
  made.digest.public_token = "token";
  ASSERT_TRUE(ledger_.commit(made));
  const auto kept = ledger_.digest("token");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->subject, "Avustukset");
  EXPECT_EQ(kept->html, "<p>Haku</p>");
  EXPECT_EQ(kept->text, "Haku");
  EXPECT_EQ(kept->entries, made.digest.entries);
  EXPECT_THAT(kept->subscriptions, ElementsAre(subscription_.id));
  EXPECT_EQ(kept->from, from_);
  EXPECT_EQ(ledger_.digest(kept->id)->public_token, "token");
  EXPECT_EQ(ledger_.outbox(std::nullopt, 1).front().digest, kept->id);
  EXPECT_FALSE(ledger_.digest("other"));
}

TEST_F(LedgerTest, SignificantEditsOfToldStoriesAreDue) {
  IncomingEntry call = entry("1", "Avustus jaetaan", "Haku päättyy 15.12.", start());
  call.item.facts = {"15.12."};
  store(*database_, "a", start() + hours(1), {call});
  const StoryId story = due(subscription_, from_, to_)[0].entry.story;
  ASSERT_TRUE(ledger_.commit(decision(from_, to_, {story})));
  IncomingEntry typo = entry("1", "Avustus jaetaan!", "Haku päättyy 15.12.", start());
  typo.item.facts = {"15.12."};
  store(*database_, "a", to_ + hours(1), {typo});
  EXPECT_THAT(due(subscription_, to_, later_), IsEmpty()) << "typography is not told";
  IncomingEntry moved = entry("1", "Avustus jaetaan", "Haku päättyy 7.1.", start());
  moved.item.facts = {"7.1."};
  store(*database_, "a", to_ + hours(2), {moved});
  const auto changed = due(subscription_, to_, later_);
  ASSERT_THAT(changed, SizeIs(1));
  ASSERT_THAT(changed[0].changes, SizeIs(1));
  EXPECT_EQ(changed[0].changes[0].text.str(), "Haku päättyy 15.12.");
  EXPECT_THAT(changed[0].facts, ElementsAre("7.1."));
  ASSERT_TRUE(ledger_.commit(decision(to_, later_, {story})));
  EXPECT_THAT(due(subscription_, to_, later_), IsEmpty()) << "told once";
}

TEST_F(LedgerTest, AReaderGetsHerLanguage) {
  IncomingEntry fi = entry("fi", "Avustus jaetaan", "Teksti", start());
  IncomingEntry sv = entry("sv", "Bidrag delas ut", "Text", start(), "sv");
  fi.signature.platform_id = sv.signature.platform_id = "stt:1";
  fi.signature.keys = sv.signature.keys = {77ULL << 20};
  store(*database_, "a", start() + hours(1), {fi, sv});
  const Subscription any = subscribe("avustus OR bidrag");
  const auto finnish = due(any, from_, to_, "fi");
  ASSERT_THAT(finnish, SizeIs(1));
  EXPECT_EQ(finnish[0].entry.title.str(), "Avustus jaetaan");
  const auto swedish = due(any, from_, to_, "sv");
  ASSERT_THAT(swedish, SizeIs(1));
  EXPECT_EQ(swedish[0].entry.title.str(), "Bidrag delas ut");
  ASSERT_THAT(swedish[0].others, SizeIs(1));
  EXPECT_EQ(swedish[0].others[0].title.str(), "Avustus jaetaan");
}

class OutboxTest : public LedgerTest {
 protected:
  OutboxId enqueue(const std::string& message_id, base::Time at) {
    OutboxRow row;
    row.subscriber = subscriber_;
    row.recipient = "sanna@example.fi";
    row.message_id = message_id;
    row.payload = std::string("a\0b\r\n", 5);
    row.created = row.next_attempt = at;
    return ledger_.enqueue(row);
  }
  OutboxRow row(OutboxId id) {
    for (const OutboxRow& each : ledger_.outbox(std::nullopt, 100)) {
      if (each.id == id) return each;
    }
    return {};
  }
};

TEST_F(OutboxTest, LeasesWhatIsDueOldestFirst) {
  const OutboxId second = enqueue("2", start() + hours(2)), first = enqueue("1", start() + hours(1));
  enqueue("3", start() + hours(9));
  const base::Time now = start() + hours(3);
  const auto leased = ledger_.lease(now, now + hours(1), 10);
  ASSERT_THAT(leased, SizeIs(2));
  EXPECT_EQ(leased[0].id, first);
  EXPECT_EQ(leased[1].id, second);
  EXPECT_EQ(leased[0].state, OutboxRow::State::leased);
  EXPECT_EQ(leased[0].attempts, 1);
  EXPECT_EQ(leased[0].payload.size(), 5U) << "every byte";
  EXPECT_THAT(ledger_.lease(now, now + hours(1), 10), IsEmpty());
  const auto again = ledger_.lease(now + hours(2), now + hours(3), 10);
  ASSERT_THAT(again, SizeIs(2)) << "a lease that ran out";
  EXPECT_EQ(again[0].message_id, again[0].id == first ? "1" : "2") << "the same id";
  EXPECT_EQ(again[0].attempts, 2);
}

TEST_F(OutboxTest, FollowsARowToItsEnd) {
  const OutboxId sent = enqueue("1", start()), failed = enqueue("2", start()), dead = enqueue("3", start());
  ledger_.lease(start(), start() + hours(1), 10);
  ledger_.mark_sent(sent, start() + hours(1));
  ledger_.mark_failed(failed, "451 try later", start() + hours(2));
  ledger_.mark_dead(dead, "550 no such user");
  EXPECT_EQ(row(sent).sent_at, start() + hours(1));
  EXPECT_EQ(row(failed).last_error, "451 try later");
  EXPECT_EQ(row(failed).state, OutboxRow::State::failed);
  EXPECT_EQ(row(dead).state, OutboxRow::State::dead);
  EXPECT_THAT(ledger_.lease(start() + hours(1), start() + hours(2), 10), IsEmpty());
  EXPECT_THAT(ledger_.lease(start() + hours(2), start() + hours(3), 10), SizeIs(1));
  EXPECT_THAT(ledger_.outbox(OutboxRow::State::dead, 10), SizeIs(1));
}

TEST_F(OutboxTest, RetriesAndCancelsByHand) {
  const OutboxId waiting = enqueue("1", start()), sent = enqueue("2", start());
  ledger_.lease(start(), start() + hours(1), 10);
  ledger_.mark_sent(sent, start());
  EXPECT_FALSE(ledger_.cancel(waiting)) << "it is on its way";
  ledger_.mark_dead(waiting, "550");
  EXPECT_TRUE(ledger_.retry(waiting, start() + hours(5)));
  EXPECT_EQ(row(waiting).state, OutboxRow::State::pending);
  EXPECT_TRUE(ledger_.cancel(waiting));
  EXPECT_EQ(row(waiting).state, OutboxRow::State::cancelled);
  EXPECT_FALSE(ledger_.cancel(sent));
  EXPECT_FALSE(ledger_.cancel(4711));
}

TEST_F(OutboxTest, CountsStatesWithoutReadingMessages) {
  constexpr int messages = 200;
  for (int i = 0; i < messages; ++i) enqueue(std::to_string(i), start());
  ledger_.mark_sent(1, start());
  run(*database_, "UPDATE outbox SET payload = zeroblob(20000)");
  const auto fresh = samples::open(folder_ / "archive.db");
  const auto pages_read = [&] {
    int pages = 0, most = 0;
    sqlite3_db_status(fresh->sqlite().getHandle(), SQLITE_DBSTATUS_CACHE_MISS, &pages, &most, 0);
    return pages;
  };
  const int before = pages_read();
  const auto counts = Ledger(*fresh).outbox_counts();
  EXPECT_LT(pages_read() - before, messages / 4);
  EXPECT_THAT(counts,
              testing::IsSupersetOf({std::pair<std::string, std::size_t>{"pending", messages - 1}, {"sent", 1}}));
}

}  // namespace
}  // namespace sotevahti::archive
