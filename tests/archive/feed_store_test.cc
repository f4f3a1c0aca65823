#include "archive/feed_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/entry_store.h"
#include "archive/query.h"
#include "archive/search.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using samples::entry;
using samples::introduce;
using samples::outcome;
using samples::start;
using samples::store;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class FeedStoreTest : public testing::Test {
 protected:
  std::int64_t count(std::string_view sql) { return first_integer(*database_, sql).value_or(0); }
  std::int64_t entries() { return count("SELECT count(*) FROM entries"); }

  EntryDetail only_entry() {
    Search search(*database_, samples::taxonomy(), start());
    return *search.entry(count("SELECT max(id) FROM entries"));
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
  const std::string long_text_ = "Hakuaika on auki. " + std::string(300, 'x');
};

TEST_F(FeedStoreTest, KeepsAFeedsWholeState) {
  PollOutcome poll = outcome("a", start(), {});
  FeedState& state = poll.state;
  state.validators = {"W/\"a b\"", "Fri, 20 Feb 2026 10:00:00 GMT"};
  state.body_hash = 0xFFFFFFFFFFFFFFFEULL;
  state.next_poll = start() + hours(1);
  state.last_poll = state.last_success = start();
  state.failures = 3;
  state.failing_since = start() - hours(9);
  state.failure = PollFailure{"http-4xx", "404 Not Found"};
  state.interval = base::Seconds(3600);
  state.redirect_to = "https://new.example/feed";
  state.redirect_since = start() - hours(48);
  state.permanent_from = "http://old.example/feed";
  state.polls = 10;
  poll.kind = PollOutcome::Kind::failed;
  FeedStore feeds(*database_);
  feeds.store_polls(std::vector{poll});

  const auto known = feeds.state("a");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->validators.etag, state.validators.etag);
  EXPECT_EQ(known->validators.last_modified, state.validators.last_modified);
  EXPECT_EQ(known->body_hash, state.body_hash);
  EXPECT_EQ(known->next_poll, state.next_poll);
  EXPECT_EQ(known->last_success, state.last_success);
  EXPECT_EQ(known->failing_since, state.failing_since);
  ASSERT_TRUE(known->failure);
  EXPECT_EQ(known->failure->cause, "http-4xx");
  EXPECT_EQ(known->failure->detail, "404 Not Found");
  EXPECT_EQ(known->interval, state.interval);
  EXPECT_EQ(known->redirect_to, state.redirect_to);
  EXPECT_EQ(known->redirect_since, state.redirect_since);
  EXPECT_EQ(known->permanent_from, state.permanent_from);
  EXPECT_EQ(known->polls, 10U);
  EXPECT_FALSE(known->last_new_entry);
  EXPECT_THAT(feeds.states(), SizeIs(1));
  EXPECT_FALSE(feeds.state("b"));
}

TEST_F(FeedStoreTest, NextPollIsWrittenBeforeAFeedWasEverRead) {
  FeedStore feeds(*database_);
  const std::vector<std::pair<std::string, base::Time>> due = {{"new", start() + hours(1)}};
  feeds.write_next_polls(due);
  EXPECT_EQ(feeds.state("new")->next_poll, start() + hours(1));
  EXPECT_FALSE(feeds.state("new")->first_poll_done);
  const std::vector<std::pair<std::string, base::Time>> later = {{"newer", start()}, {"new", start() + hours(2)}};
  feeds.write_next_polls(later);
  EXPECT_EQ(feeds.state("new")->next_poll, start() + hours(2));
  EXPECT_EQ(feeds.state("newer")->next_poll, start());
  EXPECT_THAT(feeds.states(), SizeIs(2));
}

TEST_F(FeedStoreTest, OfAPollWithoutNewsTheTimesAreWrittenAndWhatElseHasChanged) {
  FeedStore feeds(*database_);
  PollOutcome poll = outcome("a", start(), {});
  poll.kind = PollOutcome::Kind::failed;
  poll.state.failures = 2;
  poll.state.failure = PollFailure{"5xx", "503"};
  poll.state.failing_since = start();
  feeds.store_polls(std::vector{poll});

  poll.kind = PollOutcome::Kind::unchanged;
  poll.state.failures = 0;
  poll.state.failure.reset();
  poll.state.failing_since.reset();
  poll.state.validators.etag = "\"1\"";
  feeds.store_polls(std::vector{poll});
  EXPECT_FALSE(feeds.state("a")->failure) << "it answers again";
  EXPECT_FALSE(feeds.state("a")->failing_since);
  EXPECT_EQ(feeds.state("a")->validators.etag, "\"1\"");

  poll.state.next_poll = start() + hours(2);
  poll.state.last_poll = poll.state.last_success = start() + hours(1);
  poll.state.polls = 7;
  poll.state.unchanged = 5;
  feeds.store_polls(std::vector{poll});
  EXPECT_EQ(feeds.state("a")->next_poll, start() + hours(2));
  EXPECT_EQ(feeds.state("a")->last_poll, start() + hours(1));
  EXPECT_EQ(feeds.state("a")->last_success, start() + hours(1));
  EXPECT_EQ(feeds.state("a")->polls, 7U);
  EXPECT_EQ(feeds.state("a")->unchanged, 5U);

  // Each of what may change in the feed's own row, alone.
  poll.state.validators.etag = "\"2\"";
  feeds.store_polls(std::vector{poll});
  EXPECT_EQ(feeds.state("a")->validators.etag, "\"2\"");
  poll.state.validators.last_modified = "Fri, 20 Feb 2026 10:00:00 GMT";
  feeds.store_polls(std::vector{poll});
  EXPECT_EQ(feeds.state("a")->validators.last_modified, "Fri, 20 Feb 2026 10:00:00 GMT");
  poll.state.redirect_to = "https://new.example/feed";
  feeds.store_polls(std::vector{poll});
  EXPECT_EQ(feeds.state("a")->redirect_to, "https://new.example/feed");
  poll.state.redirect_since = start();
  feeds.store_polls(std::vector{poll});
  EXPECT_EQ(feeds.state("a")->redirect_since, start());
  poll.state.permanent_from = std::exchange(poll.state.url, "https://new.example/feed");
  feeds.store_polls(std::vector{poll});
  EXPECT_EQ(feeds.state("a")->url, "https://new.example/feed");

  // What another took back meanwhile is not what this one wrote.
  EXPECT_TRUE(feeds.revert_redirect("a"));
  feeds.store_polls(std::vector{poll});
  EXPECT_EQ(feeds.state("a")->url, "https://new.example/feed");
  EXPECT_EQ(feeds.state("a")->redirect_refused, "https://new.example/feed");
}

TEST_F(FeedStoreTest, ASecondPollAddsNothing) {
  const auto poll = [&] { return store(*database_, "a", start(), {entry("1", "Yksi", "Teksti", start())}); };
  const StoreReport first = poll(), second = poll();
  EXPECT_EQ(first.new_entries, 1U);
  EXPECT_EQ(first.new_stories, 1U);
  EXPECT_EQ(second.new_entries, 0U);
  EXPECT_EQ(second.unchanged, 1U);
  EXPECT_EQ(entries(), 1);
}

TEST_F(FeedStoreTest, VouchesForKnownItems) {
  const IncomingEntry known = entry("1", "Yksi", "Teksti", start());
  store(*database_, "a", start(), {known});
  feed::Item edited = known.item;
  edited.content_hash += 1;
  const std::vector<feed::Item> items = {known.item, edited, entry("2", "Kaksi", "", start()).item};
  FeedStore feeds(*database_);
  EXPECT_THAT(feeds.known_unchanged("a", items), ElementsAre(true, false, false));
  EXPECT_THAT(feeds.known_unchanged("b", items), ElementsAre(false, false, false));
}

TEST_F(FeedStoreTest, AnItemIsKnownByItsOtherKeys) {
  IncomingEntry first = entry("guid-1", "Yksi", "Teksti", start());
  first.item.alias_keys = {"https://example.fi/yksi"};
  IncomingEntry again = entry("guid-2", "Yksi", "Teksti", start());
  again.item.alias_keys = {"https://example.fi/yksi"};
  store(*database_, "a", start(), {first});
  EXPECT_EQ(store(*database_, "a", start(), {again}).unchanged, 1U);
  IncomingEntry third = entry("guid-2", "Yksi", "Teksti", start());
  EXPECT_EQ(store(*database_, "a", start(), {third}).unchanged, 1U) << "the new key was learnt";
  EXPECT_EQ(entries(), 1);
}

TEST_F(FeedStoreTest, AnItemTwiceInOneDocumentIsOne) {
  const IncomingEntry one = entry("1", "Yksi", "Teksti", start());
  const StoreReport report = store(*database_, "a", start(), {one, one});
  EXPECT_EQ(report.new_entries, 1U);
  EXPECT_EQ(report.unchanged, 1U);
}

TEST_F(FeedStoreTest, AFeedThatNumbersAnewRepeatsNothing) {
  store(*database_, "a", start(), {entry("old", "Yksi", long_text_, start())});
  const StoreReport churned =
      store(*database_, "a", start() + hours(1), {entry("new", "Yksi", long_text_, start() + hours(1))});
  EXPECT_EQ(churned.new_entries, 0U);
  EXPECT_EQ(entries(), 1);
}

TEST_F(FeedStoreTest, TheSameTextTwiceInOneDocumentIsTwoItems) {
  store(*database_, "a", start(), {entry("1", "Viikkokatsaus", long_text_, start())});
  PollOutcome next = outcome("a", start() + hours(1), {entry("2", "Viikkokatsaus", long_text_, start() + hours(1))});
  next.seen_keys = {"1"};
  EXPECT_EQ(FeedStore(*database_).store_polls(std::vector{next}).front().new_entries, 1U);
}

TEST_F(FeedStoreTest, OneFeedNeverTouchesAnothersEntry) {
  store(*database_, "a", start(), {entry("guid", "Oikea", long_text_, start())});
  const StoreReport report = store(*database_, "b", start(), {entry("guid", "Väärennös", "Muuta", start())});
  EXPECT_EQ(report.new_entries, 1U);
  EXPECT_EQ(report.revised, 0U);
  EXPECT_EQ(count("SELECT count(*) FROM entries WHERE title = 'Oikea' AND NOT revised"), 1);
}

TEST_F(FeedStoreTest, AnEditIsARevision) {
  IncomingEntry first = entry("1", "Haku avautuu", "Haku päättyy 15.12.", start());
  first.item.facts = {"15.12."};
  IncomingEntry typo = entry("1", "Haku avautuu!", "Haku päättyy 15.12.", start());
  typo.item.facts = {"15.12."};
  IncomingEntry moved = entry("1", "Haku jatkuu", "Haku päättyy 7.1.", start());
  moved.item.facts = {"7.1."};
  for (IncomingEntry* each : {&first, &typo}) pack_body(*each);  // as polls bring them
  store(*database_, "a", start(), {first});
  EXPECT_EQ(store(*database_, "a", start() + hours(1), {typo}).revised, 1U);
  EXPECT_EQ(store(*database_, "a", start() + hours(2), {moved}).revised, 1U);

  const EntryDetail now = only_entry();
  EXPECT_EQ(now.summary.title.str(), "Haku jatkuu");
  EXPECT_TRUE(now.summary.revised);
  ASSERT_THAT(now.revisions, SizeIs(2));
  EXPECT_EQ(now.revisions[0].title.str(), "Haku avautuu!");
  EXPECT_TRUE(now.revisions[0].significant) << "a date changed";
  EXPECT_EQ(now.revisions[1].title.str(), "Haku avautuu");
  EXPECT_FALSE(now.revisions[1].significant);
  EXPECT_EQ(now.revisions[0].at, start() + hours(2));
}

TEST_F(FeedStoreTest, AnEditIsFoundByItsNewWordsAlone) {
  store(*database_, "a", start(), {entry("1", "Avustus", "Vanha leikkaus", start())});
  store(*database_, "a", start(), {entry("1", "Avustus", "Uusi rokote", start())});
  Search search(*database_, samples::taxonomy(), start());
  EXPECT_THAT(search.find(*parse_filter("rokote")).entries, SizeIs(1));
  EXPECT_THAT(search.find(*parse_filter("leikkaus")).entries, IsEmpty());
}

TEST_F(FeedStoreTest, DeadlinesMoveStayAndAreWithdrawn) {
  using tag::DeadlineKind;
  IncomingEntry first = entry("1", "Haku", "a", start());
  first.tags.deadlines = {samples::deadline(DeadlineKind::grant, 2026, 3, 15),
                          samples::deadline(DeadlineKind::event, 2026, 3, 1),
                          samples::deadline(DeadlineKind::consultation, 2026, 4, 1)};
  IncomingEntry edited = entry("1", "Haku", "b", start());
  edited.tags.deadlines = {samples::deadline(DeadlineKind::grant, 2026, 3, 31),
                           samples::deadline(DeadlineKind::consultation, 2026, 4, 1),
                           samples::deadline(DeadlineKind::registration, 2026, 5, 5)};
  store(*database_, "a", start(), {first});
  store(*database_, "a", start() + hours(1), {edited});

  const EntryDetail now = only_entry();
  const auto& deadlines = now.summary.deadlines;
  ASSERT_THAT(deadlines, SizeIs(4));
  EXPECT_TRUE(deadlines[0].withdrawn) << "the event";
  EXPECT_EQ(base::to_iso_date(deadlines[1].deadline.closes), "2026-03-31");
  ASSERT_TRUE(deadlines[1].moved_from);
  EXPECT_EQ(base::to_iso_date(*deadlines[1].moved_from), "2026-03-15");
  EXPECT_FALSE(deadlines[2].moved_from) << "the same day as before";
  EXPECT_EQ(deadlines[3].deadline.kind, DeadlineKind::registration);
  EXPECT_THAT(now.tags.deadlines, SizeIs(3)) << "withdrawn ones are no longer told";
  EXPECT_TRUE(now.revisions.front().significant);
  EXPECT_EQ(count("SELECT count(*) FROM deadline_moves"), 2);
}

TEST_F(FeedStoreTest, ADeadlineOfAnotherKindIsNoNews) {
  using tag::DeadlineKind;
  IncomingEntry first = entry("1", "Haku", "a", start());
  first.tags.deadlines = {samples::deadline(DeadlineKind::application, 2026, 3, 15)};
  IncomingEntry edited = entry("1", "Haku", "b", start());
  edited.tags.deadlines = {samples::deadline(DeadlineKind::grant, 2026, 3, 15)};
  store(*database_, "a", start(), {first});
  store(*database_, "a", start() + hours(1), {edited});
  const auto deadlines = only_entry().summary.deadlines;
  ASSERT_THAT(deadlines, SizeIs(1));
  EXPECT_EQ(deadlines[0].deadline.kind, DeadlineKind::grant);
  EXPECT_FALSE(deadlines[0].withdrawn);
  EXPECT_EQ(count("SELECT count(*) FROM deadline_moves"), 0);
}

TEST_F(FeedStoreTest, AnExtensionFindsItsEarlierDeadline) {
  IncomingEntry call = entry("1", "Järjestöavustusten haku", "a", start());
  call.tags.deadlines = {samples::deadline(tag::DeadlineKind::grant, 2026, 2, 27)};
  call.signature.title_lemmas = {10, 20, 30};
  IncomingEntry other = entry("2", "Kulttuuriavustusten haku", "b", start());
  other.tags.deadlines = {samples::deadline(tag::DeadlineKind::grant, 2026, 2, 26)};
  other.signature.title_lemmas = {30, 40, 50};
  store(*database_, "a", start(), {call, other});
  IncomingEntry extension = entry("3", "Järjestöavustusten hakua jatketaan", "c", start() + hours(24));
  extension.tags.deadlines = {samples::deadline(tag::DeadlineKind::grant, 2026, 3, 6)};
  extension.tags.deadlines[0].extended = true;
  extension.signature.title_lemmas = {10, 20, 60};
  store(*database_, "a", start() + hours(24), {extension});

  EXPECT_EQ(count("SELECT count(*) FROM deadlines WHERE closes = '2026-03-06' AND moved_from = '2026-02-27'"), 2)
      << "on the call and on the extension";
  EXPECT_EQ(count("SELECT count(*) FROM deadlines WHERE closes = '2026-02-26'"), 1) << "another call's stays";
}

TEST_F(FeedStoreTest, OfAFirstPollNobodyIsTold) {
  const auto quiet = [&] { return count("SELECT count(*) FROM entries WHERE quiet"); };
  store(*database_, "a", start(), {entry("1", "Yksi", "Teksti", start())});
  EXPECT_EQ(quiet(), 1);
  store(*database_, "a", start() + hours(1), {entry("2", "Kaksi", "Toinen", start() + hours(1))});
  EXPECT_EQ(quiet(), 1) << "what comes later is news";
}

TEST_F(FeedStoreTest, AFutureTimeIsNeverOnTop) {
  introduce(*database_, "a", start());
  store(*database_, "a", start(),
        {entry("future", "Tulevaisuus", "Teksti", start() + hours(24 * 400)),
         entry("now", "Nyt", "Muu teksti", start())});
  store(*database_, "a", start() + hours(1), {entry("later", "Myöhemmin", "Kolmas", start() + hours(1))});
  Search search(*database_, samples::taxonomy(), start());
  const Found found = search.find({});
  ASSERT_THAT(found.entries, SizeIs(3));
  EXPECT_EQ(found.entries[0].title.str(), "Myöhemmin");
  for (const EntrySummary& each : found.entries) EXPECT_LE(each.when(), each.arrived);
}

TEST_F(FeedStoreTest, AFailureInTheMiddleLeavesNothing) {
  introduce(*database_, "a", start());
  const std::string etag = FeedStore(*database_).state("a")->validators.etag;
  PollOutcome good = outcome("a", start(), {entry("1", "Yksi", "Teksti", start())});
  good.state.validators.etag = "\"new\"";
  PollOutcome bad = outcome("b", start(), {entry("2", "Kaksi", "Teksti", start())});
  run(*database_,
      "CREATE TEMP TRIGGER fail BEFORE INSERT ON main.bodies WHEN (SELECT count(*) FROM bodies) = 1 "
      "BEGIN SELECT raise(ABORT, 'the disk is full'); END");
  EXPECT_THROW(FeedStore(*database_).store_polls(std::vector{good, bad}), ArchiveError);
  EXPECT_EQ(entries(), 0);
  EXPECT_EQ(FeedStore(*database_).state("a")->validators.etag, etag) << "the next poll brings it again";
  run(*database_, "DROP TRIGGER temp.fail");
  EXPECT_EQ(FeedStore(*database_).store_polls(std::vector{good, bad}).size(), 2U);
  EXPECT_EQ(entries(), 2);
}

TEST_F(FeedStoreTest, TheCatalogueSaysWhatAFeedIs) {
  config::Feed feed;
  feed.id = "a";
  feed.publisher = "Pirkanmaan hyvinvointialue";
  feed.kind = "decisions";
  feed.role = config::FeedRole::official;
  FeedStore(*database_).write_catalogue(config::Catalogue({feed}));
  IncomingEntry incoming = entry("1", "Yksi", "Teksti", start());
  incoming.signature.publisher = feed.publisher;
  store(*database_, "a", start(), {incoming});
  const EntrySummary summary = only_entry().summary;
  EXPECT_EQ(summary.kind, "decisions");
  EXPECT_EQ(summary.role, "official");
  EXPECT_EQ(summary.publisher, "Pirkanmaan hyvinvointialue");
}

}  // namespace
}  // namespace sotevahti::archive
