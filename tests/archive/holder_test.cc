#include "archive/holder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "samples.h"

namespace sotevahti::archive {
namespace {

using testing::HasSubstr;

TEST(HolderTest, NamesWhoHoldsTheArchive) {
  const test_support::TempFolder folder;
  const auto first = Holder::take(folder / "archive.db", "sotevahti run", samples::start());
  ASSERT_TRUE(first);
  const auto second = Holder::take(folder / "archive.db", "sotevahti poll", samples::start());
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, testing::AllOf(HasSubstr("sotevahti run, process " + std::to_string(getpid())),
                                                     HasSubstr("since 2026-02-20T10:00:00Z"), HasSubstr("archive.db")));
}

TEST(HolderTest, LetsGoAtItsEnd) {
  const test_support::TempFolder folder;
  { const auto first = Holder::take(folder / "archive.db", "sotevahti run", samples::start()); }
  EXPECT_TRUE(Holder::take(folder / "archive.db", "sotevahti poll", samples::start()));
}

TEST(HolderTest, MovesTheLockWithItself) {
  const test_support::TempFolder folder;
  auto first = Holder::take(folder / "archive.db", "sotevahti run", samples::start());
  ASSERT_TRUE(first);
  {
    const Holder moved = std::move(*first);
    EXPECT_FALSE(Holder::take(folder / "archive.db", "sotevahti poll", samples::start()));
  }
  EXPECT_TRUE(Holder::take(folder / "archive.db", "sotevahti poll", samples::start()));
}

TEST(HolderTest, AKilledHolderHoldsNothing) {
  const test_support::TempFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    const auto held = Holder::take(folder / "archive.db", "sotevahti run", samples::start());
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(Holder::take(folder / "archive.db", "sotevahti run", samples::start()));
}

}  // namespace
}  // namespace sotevahti::archive
