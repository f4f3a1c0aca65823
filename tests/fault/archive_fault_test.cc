// The archive on a disk that loses power and on one that fails: whole after each, nothing lost that was
// promised, and well again by itself.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "archive/maintenance.h"
#include "faulty_disk.h"
#include "short_life.h"

namespace sotevahti::deliver {
namespace {

using test_support::FaultyDisk;
using Lost = FaultyDisk::Lost;
using testing::IsEmpty;

class PowerCut : public testing::TestWithParam<Lost> {};

TEST_P(PowerCut, AtEverySyncTheArchiveIsWholeAndKeepsItsWord) {
  FaultyDisk disk;
  std::map<std::string, std::size_t> decided, sent;  // how many operations were done by then
  {
    World world;
    live(world, [&](Promise promise, const std::string& id) {
      (promise == Promise::sent ? sent : decided).try_emplace(id, disk.operations());
    });
  }
  disk.unplug();
  ASSERT_EQ(sent.size(), static_cast<std::size_t>(editions));
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
    for (const auto& [id, when] : decided)
      EXPECT_TRUE(at < when || ledger.row(id).has_value()) << "a decision was lost";
    for (const auto& [id, when] : sent) {
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
