// The mill under load: what is tagged waits for the writer within bounds, and all of it is stored.
#include "poll/mill.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <future>
#include <string>
#include <thread>

#include "archive/meta.h"
#include "support/temp_folder.h"

namespace sotevahti::poll {
namespace {

using namespace std::chrono_literals;

const config::Taxonomy& taxonomy() {
  static const config::Taxonomy built_in = *config::load_taxonomy({});
  return built_in;
}

class MillTest : public testing::Test {
 protected:
  MillTest() {
    Mill::Options options;
    options.archive = folder_ / "archive.db";
    options.lexicon_cache_bytes = std::size_t{4} << 20;
    options.most_waiting_bytes = 4096;
    options.chance = [this] {
      ++concluded_;  // by the stage that is done with an answer's news
      return 0.5;
    };
    mill_ = std::move(*Mill::start([]() -> const config::Taxonomy& { return taxonomy(); }, options));
  }

  void submit(int entries) {
    config::Feed& feed = feeds_.emplace_back();
    feed.id = feed.title = feed.publisher = fmt::format("feed{}", feeds_.size());
    feed.url = "https://www.example.org/" + feed.id;
    Fetched fetched;
    fetched.feed = &feed;
    fetched.state.feed_id = feed.id;
    fetched.state.url = fetched.state.catalogue_url = fetched.effective_url = feed.url;
    fetched.at = base::from_unix(1772000000);
    fetched.status = 200;
    fetched.body = "<rss version='2.0'><channel><title>Uutiset</title>";
    for (int i = 0; i < entries; ++i)
      fetched.body +=
          fmt::format("<item><title>Tiedote {0} {1}</title><link>{2}/{1}</link></item>", feed.id, i, feed.url);
    fetched.body += "</channel></rss>";
    mill_->submit(std::move(fetched), [this](Milled milled) { stored_ += milled.report.new_entries; });
  }

  test_support::TempFolder folder_;
  std::deque<config::Feed> feeds_;
  std::atomic<int> concluded_{0};
  std::size_t stored_ = 0;
  std::unique_ptr<Mill> mill_;
};

TEST_F(MillTest, TaggingWaitsForTheWriter) {
  std::promise<void> may_go_on;
  mill_->write([&](archive::Database&) { may_go_on.get_future().wait(); }, {});
  constexpr int answers = 100, entries = 50, most_waiting = 300;
  for (int i = 0; i < answers; ++i) submit(entries);
  while (concluded_ < most_waiting / entries) std::this_thread::yield();
  std::this_thread::sleep_for(100ms);  // time for a breach, of which one is enough: the one that waits is concluded
  EXPECT_LE(concluded_, most_waiting / entries + 1);
  EXPECT_TRUE(mill_->is_full(0));
  may_go_on.set_value();
  mill_->drain();
  EXPECT_EQ(stored_, std::size_t{answers * entries});
  EXPECT_FALSE(mill_->is_full(0));
}

TEST_F(MillTest, AnAnswerOfMoreEntriesThanMayWaitIsStoredAsWell) {
  submit(2000);
  submit(2000);
  submit(1);
  mill_->drain();
  EXPECT_EQ(stored_, 4001U);
}

TEST_F(MillTest, WhatCannotBeWrittenIsToldAndHoldsNothingBack) {
  std::promise<void> may_go_on;
  mill_->write([&](archive::Database&) { may_go_on.get_future().wait(); }, {});
  std::vector<std::string> told;
  const auto write = [&](const std::string& key, bool fails) {
    mill_->write(
        [key, fails](archive::Database& database) {
          archive::write_meta(database, key, "written");
          if (fails) throw archive::ArchiveError("disk full");
        },
        [key, &told](bool written) { told.push_back(key + (written ? " is written" : " is not")); });
  };
  write("first", false);
  write("second", true);
  write("third", false);
  may_go_on.set_value();
  mill_->drain();
  EXPECT_THAT(told, testing::ElementsAre("first is written", "second is not", "third is written"));
  const auto archive = std::move(*archive::Database::open(folder_ / "archive.db"));
  EXPECT_EQ(archive::read_meta(*archive, "first"), "written");
  EXPECT_EQ(archive::read_meta(*archive, "second"), std::nullopt);
  EXPECT_EQ(archive::read_meta(*archive, "third"), "written");
}

}  // namespace
}  // namespace sotevahti::poll
