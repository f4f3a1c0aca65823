// The archive on a disk that loses power and on one that fails: whole after each, nothing lost that was
// promised, and well again by itself.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "archive/feed_store.h"
#include "archive/maintenance.h"
#include "deliver/world.h"
#include "faulty_disk.h"

namespace sotevahti::deliver {
namespace {

using test_support::FaultyDisk;
using Lost = FaultyDisk::Lost;
using testing::IsEmpty;

constexpr int editions = 4;
constexpr int entries_each = 3;

// News by an edition's number; the feed's validator names the edition.
void publish_edition(World& world, int edition) {
  archive::PollOutcome outcome;
  outcome.kind = archive::PollOutcome::Kind::updated;
  outcome.state = *archive::FeedStore(*world.database).state("pirha");
  outcome.state.validators.etag = "\"" + std::to_string(edition) + "\"";
  outcome.at = world.clock.now();
  for (int i = 0; i < entries_each; ++i) {
    const std::string key = std::to_string(edition) + "-" + std::to_string(i);
    outcome.entries.push_back(world.entry(key, "Hyvinvointialueen uutinen numero " + key));
  }
  archive::FeedStore(*world.database).store_polls(std::vector{outcome});
}

// What was acknowledged, and when: the number of operations done by then.
struct Acknowledged {
  std::map<std::string, std::size_t> decided, sent;  // by Message-ID
};

// A cycle of the service: news, the decision to tell, the sending, four times; then the end.
void live(World& world, const FaultyDisk& disk, Acknowledged& acknowledged) {
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  for (int edition = 1; edition <= editions; ++edition) {
    publish_edition(world, edition);
    world.clock.set(helsinki(2026, 2, 19 + static_cast<unsigned>(edition), 7, 1));
    world.build();
    for (const auto& row : world.outbox()) acknowledged.decided.try_emplace(row.message_id, disk.operations());
    archive::Ledger ledger(*world.database);
    for (const auto& row : ledger.lease(world.clock.now(), world.clock.now() + 5min, 10)) {
      ledger.mark_sent(row.id, world.clock.now());
      acknowledged.sent.try_emplace(row.message_id, disk.operations());
    }
  }
}

std::unique_ptr<archive::Database> open(const std::filesystem::path& file) {
  archive::OpenOptions options;
  options.lexicon_cache_bytes = std::size_t{4} << 20;
  return must(archive::Database::open(file, options));
}

std::set<std::string> keys_of(archive::Database& database) {
  std::set<std::string> keys;
  SQLite::Statement rows(database.sqlite(), "SELECT url FROM entries");
  while (rows.executeStep())
    keys.insert(rows.getColumn(0).getString().substr(std::string_view("https://www.pirha.fi/").size()));
  return keys;
}

// The validator tells the publisher what we have: were it ahead of the entries, they would be lost for good.
void expect_no_validator_ahead(archive::Database& database) {
  const auto state = archive::FeedStore(database).state("pirha");
  if (!state || state->validators.etag.empty()) return;
  const std::set<std::string> keys = keys_of(database);
  const int edition = std::stoi(state->validators.etag.substr(1));
  for (int e = 1; e <= edition; ++e)
    for (int i = 0; i < entries_each; ++i)
      EXPECT_EQ(keys.count(std::to_string(e) + "-" + std::to_string(i)), 1U) << "edition " << e;
}

class PowerCut : public testing::TestWithParam<Lost> {};

TEST_P(PowerCut, AtEverySyncTheArchiveIsWholeAndKeepsItsWord) {
  FaultyDisk disk;
  Acknowledged acknowledged;
  {
    World world;
    live(world, disk, acknowledged);
  }
  disk.unplug();
  ASSERT_EQ(acknowledged.sent.size(), static_cast<std::size_t>(editions));
  ASSERT_GT(disk.sync_points().size(), 10U);
  std::set<std::size_t> moments;  // before and after every sync, and here and there between them
  for (const std::size_t point : disk.sync_points()) {
    moments.insert(point);
    moments.insert(std::min(point + 1, disk.operations()));
  }
  for (std::size_t at = 0; at < disk.operations(); at += 17) moments.insert(at);
  std::size_t cuts = 0;
  for (const std::size_t at : moments) {
    SCOPED_TRACE(testing::Message() << "power cut at operation " << at);
    test_support::TempFolder folder;
    disk.files_after_power_cut(at, GetParam(), at, folder.path());
    const auto database = open(folder / "sotevahti.db");
    EXPECT_THAT(archive::check_archive(*database), IsEmpty());
    expect_no_validator_ahead(*database);
    archive::Ledger ledger(*database);
    for (const auto& [id, when] : acknowledged.decided)
      EXPECT_TRUE(at < when || ledger.row(id).has_value()) << "a decision was lost";
    for (const auto& [id, when] : acknowledged.sent) {
      if (at < when) continue;
      const auto row = ledger.row(id);
      EXPECT_TRUE(row && row->state == archive::OutboxRow::State::sent) << "a mail would go twice";
    }
    ++cuts;
    if (HasFailure()) return;
  }
  std::cout << "  " << cuts << " power cuts among " << disk.operations() << " operations\n";
}

INSTANTIATE_TEST_SUITE_P(Writes, PowerCut, testing::Values(Lost::all, Lost::none, Lost::some), [](const auto& of) {
  return of.param == Lost::all ? "AllLost" : of.param == Lost::none ? "NoneLost" : "SomeLost";
});

struct Failure {
  const char* name;
  int code;
  bool for_good;
};

class FailingDisk : public testing::TestWithParam<Failure> {};

TEST_P(FailingDisk, AtAnyOperationNothingIsLostAndItRecovers) {
  std::size_t last = 0, failures = 0;
  for (std::size_t nth = 0; nth <= last; nth += 1 + nth / 24) {
    SCOPED_TRACE(testing::Message() << "operation " << nth << " fails");
    FaultyDisk disk;
    World world;
    const auto aino = world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
    publish_edition(world, 1);
    const std::size_t before = disk.operations();
    disk.fail(nth, GetParam().code, GetParam().for_good);
    const auto attempt = [&] {
      publish_edition(world, 2);
      world.clock.set(helsinki(2026, 2, 20, 7, 1));
      world.build();
      archive::Ledger ledger(*world.database);
      for (const auto& row : ledger.lease(world.clock.now(), world.clock.now() + 5min, 10))
        ledger.mark_sent(row.id, world.clock.now());
    };
    try {
      attempt();
      last = std::max(last, disk.operations() - before);
    } catch (const std::exception& problem) {
      EXPECT_STRNE(problem.what(), "");
    }
    failures += disk.has_failed() ? 1U : 0U;
    if (nth == 0 && last == 0) last = 60;  // the first one failed: go on a while
    EXPECT_NO_THROW(keys_of(*world.database)) << "it still reads";
    expect_no_validator_ahead(*world.database);

    disk.heal();
    world.clock.advance(10min);  // what was leased is due again
    attempt();
    EXPECT_THAT(archive::check_archive(*world.database), IsEmpty());
    expect_no_validator_ahead(*world.database);
    EXPECT_EQ(keys_of(*world.database).size(), 2U * entries_each);
    const auto rows = world.outbox();
    EXPECT_EQ(rows.size(), 1U) << "one digest, whatever failed";
    EXPECT_EQ(rows.front().state, archive::OutboxRow::State::sent);
    EXPECT_GT(archive::People(*world.database).subscription(aino)->window_start, helsinki(2026, 2, 19, 12));
    if (HasFailure()) return;
  }
  EXPECT_GT(failures, 10U);
  std::cout << "  " << failures << " failures among " << last << " operations\n";
}

INSTANTIATE_TEST_SUITE_P(Codes, FailingDisk,
                         testing::Values(Failure{"OneError", SQLITE_IOERR_WRITE, false},
                                         Failure{"ErrorsForGood", SQLITE_IOERR_FSYNC, true},
                                         Failure{"DiskFull", SQLITE_FULL, true},
                                         Failure{"ReadOnly", SQLITE_READONLY, true}),
                         [](const auto& of) { return of.param.name; });

}  // namespace
}  // namespace sotevahti::deliver
