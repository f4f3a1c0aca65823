// Twenty polls through the mill into a real archive: what publishers do to a feed from
// poll to poll makes no new entry there, an edit makes a revision, and no feed touches
// another's entry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "archive/search.h"
#include "poll/mill.h"
#include "support/feed_habits.h"
#include "support/temp_folder.h"

namespace sotevahti::poll {
namespace {

using namespace std::chrono_literals;
using archive::Database;
using test_support::document_of;
using test_support::news;
using test_support::News;

constexpr std::size_t entries_of_feed = 12;

const config::Taxonomy& taxonomy() {
  static const config::Taxonomy built_in = *config::load_taxonomy({});
  return built_in;
}

class IdentityTest : public testing::Test {
 protected:
  IdentityTest() {
    Mill::Options options;
    options.archive = folder_ / "archive.db";
    options.lexicon_cache_bytes = std::size_t{4} << 20;
    options.chance = [] { return 0.5; };
    mill_ = std::move(*Mill::start([]() -> const config::Taxonomy& { return taxonomy(); }, options));
  }

  // The feed answers with this document, an hour after the last poll.
  archive::StoreReport poll(const std::string& feed_id, const std::string& document) {
    Source& source = sources_.try_emplace(feed_id, feed_id).first->second;
    now_ += 1h;
    Fetched fetched;
    fetched.feed = &source.feed;
    fetched.state = source.state;
    fetched.at = now_;
    fetched.status = 200;
    fetched.body = document;
    fetched.effective_url = source.feed.url;
    archive::StoreReport report;
    mill_->submit(std::move(fetched), [&](Milled milled) {
      EXPECT_NE(milled.kind, archive::PollOutcome::Kind::failed);
      source.state = std::move(milled.state);
      report = milled.report;
    });
    mill_->drain();
    return report;
  }
  archive::StoreReport poll(const std::vector<News>& all) { return poll("a", document_of(all)); }

  // Every entry of a feed, newest first.
  std::vector<archive::EntryDetail> entries(const std::string& feed_id) {
    archive::OpenOptions open;
    open.access = archive::Access::read;
    const auto database = std::move(*Database::open(folder_ / "archive.db", open));
    archive::Search search(*database, taxonomy(), now_);
    archive::Page page;
    page.limit = 100;
    std::vector<archive::EntryDetail> all;
    const auto filter = archive::parse_filter("story:all");
    for (const archive::EntrySummary& one : search.find(*filter, page).entries) {
      if (one.feed_id == feed_id) all.push_back(*search.entry(one.id));
    }
    return all;
  }

  struct Source {
    explicit Source(const std::string& id) {
      feed.id = feed.title = feed.publisher = id;
      feed.url = "https://www.example.org/" + id + ".xml";
      state.feed_id = id;
      state.url = state.catalogue_url = feed.url;
    }
    config::Feed feed;
    archive::FeedState state;
  };

  test_support::TempFolder folder_;
  std::map<std::string, Source> sources_;
  base::Time now_ = base::from_unix(1772000000);
  std::unique_ptr<Mill> mill_;
};

class Habits : public IdentityTest, public testing::WithParamInterface<std::size_t> {};

TEST_P(Habits, MakeNoNewEntryInTwentyPolls) {
  const test_support::FeedHabit habit = test_support::feed_habits()[GetParam()];
  SCOPED_TRACE(habit.name);
  std::vector<News> first = news();
  habit.mutate(first, 0);
  EXPECT_EQ(poll(first).new_entries, entries_of_feed);
  for (int number = 1; number <= 20; ++number) {
    std::vector<News> now = news();
    habit.mutate(now, number);
    EXPECT_EQ(poll(now).new_entries, 0U) << "poll " << number;
  }
  EXPECT_EQ(entries("a").size(), entries_of_feed);
}

INSTANTIATE_TEST_SUITE_P(All, Habits, testing::Range<std::size_t>(0, test_support::feed_habits().size()));

TEST_F(IdentityTest, ANewItemAmongAllThatIsNew) {
  poll(news());
  std::vector<News> more = news();
  for (News& one : more) one.guid += "&amp;v=2";
  more.push_back({13, "https://www.example.org/?p=1013", "https://www.example.org/uutiset/1013/uusi", "Aivan uusi asia",
                  "Fri, 13 Feb 2026 10:00:00 +0200", "<p>Uutta.</p>"});
  EXPECT_EQ(poll(more).new_entries, 1U);
}

// They came at the same moment because they were asked for at the same moment.
TEST_F(IdentityTest, UndatedItemsOfOnePollAreNotTranslationsOfEachOther) {
  poll(news());
  std::vector<News> more = news();
  more.push_back({13, "https://www.example.org/?p=1013", "https://www.example.org/1013", "Uusi johtaja aloittaa", "",
                  "<p>Johtaja kertoo ajatuksistaan, kun työ alkaa.</p>"});
  more.push_back({14, "https://www.example.org/?p=1014", "https://www.example.org/1014", "Direktören har ordet", "",
                  "<p>Det här är vad som händer just nu hos oss och vad vi gör.</p>"});
  const archive::StoreReport report = poll(more);
  EXPECT_EQ(report.new_entries, 2U);
  EXPECT_EQ(report.new_stories, 2U);
}

TEST_F(IdentityTest, NoFeedTouchesAnothersEntry) {
  poll("a", document_of(news()));
  std::vector<News> stolen = news();
  for (News& one : stolen) one.title = "Kaapattu otsikko " + std::to_string(one.number);
  EXPECT_EQ(poll("b", document_of(stolen)).new_entries, entries_of_feed);
  EXPECT_EQ(poll("b", document_of(news())).revised, entries_of_feed);
  for (const auto& entry : entries("a")) {
    EXPECT_TRUE(entry.summary.title.view().starts_with("Aluehallitus päätti"));
    EXPECT_TRUE(entry.revisions.empty());
  }
}

std::vector<News> grant_call(const std::string& text) {
  return {{1, "urn:1", "https://www.example.org/haku", "Järjestöavustusten haku", "Mon, 02 Feb 2026 10:00:00 +0200",
           "<p>" + text + "</p>"}};
}

TEST_F(IdentityTest, AChangedDateOrSumIsASignificantRevision) {
  poll(grant_call("Haku päättyy 9.3.2026 klo 16. Jaossa on 250 000 euroa."));
  EXPECT_EQ(poll(grant_call("Haku päättyy 8.3.2026 klo 16. Jaossa on 2,5 miljoonaa euroa.")).revised, 1U);
  const auto all = entries("a");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all[0].summary.revised);
  ASSERT_EQ(all[0].revisions.size(), 1U);
  const archive::Revision& before = all[0].revisions[0];
  EXPECT_TRUE(before.significant);
  EXPECT_EQ(before.at, now_);
  EXPECT_THAT(before.facts, testing::IsSupersetOf({"date 2026-03-09", "sum 250000 eur"}));
  EXPECT_THAT(before.text.str(), testing::HasSubstr("250 000 euroa"));
  EXPECT_THAT(all[0].text.str(), testing::HasSubstr("2,5 miljoonaa"));
}

TEST_F(IdentityTest, OtherWordsAreARevisionThatIsNotSignificant) {
  poll(grant_call("Haku päättyy 9.3.2026 klo 16. Jaossa on 250 000 euroa."));
  EXPECT_EQ(poll(grant_call("Haku loppuu 9.3.2026 klo 16. Jaettavana on 250 000 euroa.")).revised, 1U);
  const auto all = entries("a");
  ASSERT_EQ(all.at(0).revisions.size(), 1U);
  EXPECT_FALSE(all[0].revisions[0].significant);
}

TEST_F(IdentityTest, TypographyIsNoEdit) {
  poll(grant_call("Haku päättyy 9.3.2026 klo 16 - jaossa on 250 000 euroa \"toimintaan\"."));
  const auto report = poll(grant_call("Haku päättyy 9.3.2026 klo&nbsp;16 – jaossa on 250&nbsp;000 euroa ”toimintaan”"));
  EXPECT_EQ(report.revised, 0U);
  EXPECT_EQ(report.unchanged, 1U);
  EXPECT_TRUE(entries("a").at(0).revisions.empty());
}

TEST_F(IdentityTest, ATimeInTheFutureIsNeverOnTop) {
  std::vector<News> all = news();
  all.resize(3);
  all[0].date = "Fri, 01 Jan 2100 10:00:00 +0200";
  poll(all);
  std::vector<News> later = all;
  later.push_back({4, "urn:4", "https://www.example.org/uutiset/4/uusi", "Tullut myöhemmin",
                   base::to_rfc3339(now_ + 30min), "<p>Uutta.</p>"});
  poll(later);
  const auto shown = entries("a");
  ASSERT_EQ(shown.size(), 4U);
  EXPECT_EQ(shown[0].summary.title.str(), "Tullut myöhemmin");
  for (const auto& entry : shown) EXPECT_LE(entry.summary.when(), now_);
  EXPECT_EQ(base::to_rfc3339(*shown[1].summary.published), "2100-01-01T08:00:00Z");
}

}  // namespace
}  // namespace sotevahti::poll
