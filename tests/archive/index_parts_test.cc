#include "archive/index_parts.h"

#include <gtest/gtest.h>

#include "archive/maintenance.h"
#include "archive/query.h"
#include "archive/search.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

class IndexPartsTest : public testing::Test {
 protected:
  IndexPartsTest() {
    samples::introduce(*database_, "yle", samples::start() - std::chrono::hours(1));
    for (int poll = 0; poll < 30; ++poll) store(1);
  }
  // New entries in one transaction.
  void store(int entries) {
    const base::Time at = samples::start() + std::chrono::seconds(stored_);
    std::vector<IncomingEntry> incoming;
    for (int i = 0; i < entries; ++i) {
      const std::string name = "avustus-" + std::to_string(stored_++);
      incoming.push_back(samples::entry(name, "Avustus " + name, "Avustuksia jaetaan.", at));
    }
    samples::store(*database_, "yle", at, std::move(incoming));
  }
  std::int64_t parts() {
    return first_integer(*database_, "SELECT count(DISTINCT segid) FROM entry_index_idx").value_or(0);
  }
  std::int64_t changes() { return first_integer(*database_, "SELECT total_changes()").value_or(0); }
  std::size_t found() {
    Search search(*database_, samples::taxonomy(), samples::start() + std::chrono::hours(1));
    Page page;
    page.limit = 1000;
    return search.find(*parse_filter("avustus story:all"), page).entries.size();
  }

  int stored_ = 0;
  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
};

TEST_F(IndexPartsTest, ManyBecomeFewAndSayTheSame) {
  for (int poll = 0; poll < 5; ++poll) store(100);
  ASSERT_GT(parts(), 4);
  int steps = 0;
  while (join_index_parts(*database_)) ASSERT_LT(++steps, 100);
  EXPECT_GT(steps, 0);
  EXPECT_LE(parts(), 3);
  EXPECT_EQ(found(), 530U);
  EXPECT_TRUE(check_archive(*database_).empty());
}

TEST_F(IndexPartsTest, AreMergedAsLittleComesAndLeftWhileMuchDoes) {
  EXPECT_LE(parts(), 6) << "after 30 polls of an entry each";
  const std::int64_t before = parts();
  for (int poll = 0; poll < 40; ++poll) store(100);
  EXPECT_EQ(parts(), before + 40);
  for (int poll = 0; poll < 10; ++poll) store(1);
  EXPECT_LE(parts(), 12);
  EXPECT_TRUE(check_archive(*database_).empty());
}

TEST_F(IndexPartsTest, StayFewHoweverLongLittleComes) {
  for (int poll = 0; poll < 300; ++poll) store(poll % 10 == 0 ? 20 : 1);
  EXPECT_LE(parts(), 12);
}

TEST_F(IndexPartsTest, BesideFewEntriesLessIsJoinedThanBesideMany) {
  const auto steps = [&](std::size_t entries) {
    for (int poll = 0; poll < 30; ++poll) store(200);
    for (int count = 0; count < 1000; ++count) {
      const std::int64_t before = changes();
      join_some_index_parts(*database_, entries);
      if (changes() - before < 2) return count;
    }
    return 1000;
  };
  const int beside_many = steps(50);
  EXPECT_LT(beside_many * 2, steps(1));
}

TEST_F(IndexPartsTest, WhereNothingIsLeftNothingIsDone) {
  while (join_index_parts(*database_)) {}
  const std::string_view pages = "SELECT sum(id % 1000003) FROM entry_index_data";
  const auto before = first_integer(*database_, pages);
  EXPECT_FALSE(join_index_parts(*database_));
  EXPECT_EQ(first_integer(*database_, pages), before);
}

TEST_F(IndexPartsTest, WhatIsRolledBackIsAsItWas) {
  const std::int64_t before = parts();
  EXPECT_ANY_THROW(database_->transaction([&] {
    EXPECT_TRUE(join_index_parts(*database_));
    throw std::runtime_error("a full disk");
  }));
  EXPECT_EQ(parts(), before);
  EXPECT_EQ(found(), 30U);
  EXPECT_TRUE(check_archive(*database_).empty());
}

}  // namespace
}  // namespace sotevahti::archive
