// Killed at the very operations on its files: before each opening, write, truncation, sync and removal of a
// life of the archive, in a process of its own.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <sstream>

#include "archive/maintenance.h"
#include "faulty_disk.h"
#include "short_life.h"
#include "support/temp_folder.h"

namespace sotevahti::deliver {
namespace {

using test_support::FaultyDisk;
using testing::IsEmpty;

// By hand, with EVERY=1: at each.
std::size_t step() {
  const char* every = std::getenv("EVERY");
  return every == nullptr ? 19 : static_cast<std::size_t>(std::max(1, std::atoi(every)));
}

// What the child promised before its end, a line each: "s ID" or "d ID".
std::string hear(int from) {
  std::string heard;
  char bytes[4096];
  for (ssize_t got = 0; (got = read(from, bytes, sizeof bytes)) > 0;)
    heard.append(bytes, static_cast<std::size_t>(got));
  close(from);
  return heard;
}

// Whether it was killed; its archive lies somewhere below `folder`.
bool live_until(std::size_t operation, const std::filesystem::path& folder, std::string& promises) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = fork();
  if (child == 0) {
    setenv("TMPDIR", folder.c_str(), 1);
    FaultyDisk disk;
    disk.kill_before(operation);
    World world;
    live(world, [&](Promise promise, const std::string& id) {
      const std::string line = (promise == Promise::sent ? "s " : "d ") + id + "\n";
      if (write(ends[1], line.data(), line.size()) < 0) _exit(1);
    });
    _exit(0);
  }
  close(ends[1]);
  promises = hear(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

void expect_kept(archive::Database& database, const std::string& promises) {
  archive::Ledger ledger(database);
  std::istringstream lines(promises);
  for (std::string promise, id; lines >> promise >> id;) {
    const auto row = ledger.row(id);
    ASSERT_TRUE(row.has_value()) << "a decision was lost";
    EXPECT_TRUE(promise == "d" || row->state == archive::OutboxRow::State::sent) << "a mail would go twice";
  }
}

TEST(Crash, BeforeAnyOperationTheArchiveIsWholeAndKeepsItsWord) {
  std::size_t kills = 0, promised = 0;
  for (std::size_t operation = 0;; operation += step()) {
    SCOPED_TRACE(testing::Message() << "killed before operation " << operation);
    test_support::TempFolder folder;
    std::string promises;
    const bool was_killed = live_until(operation, folder.path(), promises);
    for (const auto& world : std::filesystem::directory_iterator(folder.path())) {
      if (!std::filesystem::exists(world.path() / "sotevahti.db")) continue;  // before its first moment
      const auto database = open(world.path() / "sotevahti.db");
      EXPECT_THAT(archive::check_archive(*database), IsEmpty());
      expect_no_validator_ahead(*database);
      expect_kept(*database, promises);
      promised += promises.empty() ? 0U : 1U;
    }
    if (HasFailure() || !was_killed) break;
    ++kills;
  }
  EXPECT_GT(kills, 10U);
  EXPECT_GT(promised, 5U);
  std::cout << "  " << kills << " kills, " << promised << " of them after something was promised\n";
}

}  // namespace
}  // namespace sotevahti::deliver
