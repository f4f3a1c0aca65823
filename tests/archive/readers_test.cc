// Several readers and one writer: nobody stands in another's way. Whoever finds a lock taken asks
// SQLite's busy handler what to do; here it counts, and is never asked.
#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <thread>

#include "archive/query.h"
#include "archive/search.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

class ReadersTest : public testing::Test {
 protected:
  ReadersTest() {
    introduce(*writer_, "yle", samples::start() - std::chrono::hours(1));
    put(1);
    reader_ = samples::open(file_, Access::read);
    for (Database* each : {writer_.get(), reader_.get()})
      sqlite3_busy_handler(each->sqlite().getHandle(), count_wait, &waits_);
  }

  static int count_wait(void* waits, int) {
    ++*static_cast<std::atomic<int>*>(waits);
    return 0;
  }
  static void introduce(Database& database, const std::string& feed, base::Time at) {
    samples::introduce(database, feed, at);
  }
  void put(int number) {
    const std::string name = "avustus-" + std::to_string(number);
    const base::Time at = samples::start() + std::chrono::seconds(number);
    samples::store(*writer_, "yle", at, {samples::entry(name, "Avustus " + name, "Avustuksia jaetaan.", at)});
  }
  std::size_t found() {
    Search search(*reader_, samples::taxonomy(), samples::start() + std::chrono::hours(1));
    Page page;
    page.limit = 1000;
    return search.find(*parse_filter("avustus story:all"), page).entries.size();
  }

  test_support::TempFolder folder_;
  std::filesystem::path file_ = folder_ / "archive.db";
  std::unique_ptr<Database> writer_ = samples::open(file_);
  std::unique_ptr<Database> reader_;
  std::atomic<int> waits_{0};
};

TEST_F(ReadersTest, AReaderSeesWhatWasBeforeAnOpenTransaction) {
  writer_->transaction([&] {
    put(2);
    EXPECT_EQ(found(), 1U);
  });
  EXPECT_EQ(found(), 2U);
  EXPECT_EQ(waits_, 0);
}

TEST_F(ReadersTest, AWriterWritesBesideAnOpenRead) {
  Query rows(*reader_, "SELECT id FROM entries");
  ASSERT_TRUE(rows.step());
  put(2);
  sqlite3_wal_checkpoint_v2(writer_->sqlite().getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  put(3);
  EXPECT_FALSE(rows.step()) << "its answer is of one moment";
  EXPECT_EQ(waits_, 0);
}

TEST_F(ReadersTest, NobodyWaitsWhileRoundIsWrittenAfterRound) {
  std::atomic<bool> ended{false};
  std::thread writing([&] {
    for (int number = 2; number <= 200; ++number) put(number);
    ended = true;
  });
  std::size_t last = 0;
  std::size_t asked = 0;
  while (!ended || asked == 0) {
    const std::size_t now = found();
    EXPECT_GE(now, last);
    last = now;
    ++asked;
  }
  writing.join();
  EXPECT_EQ(found(), 200U);
  EXPECT_EQ(waits_, 0);
}

}  // namespace
}  // namespace sotevahti::archive
