// What is kept in memory answers as the table does.
#include "archive/story_keys.h"

#include <gmock/gmock.h>

#include <array>

#include "samples.h"

namespace sotevahti::archive {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class StoryKeysTest : public testing::Test {
 protected:
  void add(std::int64_t key, EntryId entry) { keys_.add(std::array{key}, entry); }
  std::vector<EntryId> find(std::int64_t key, const StoryKeys::Range& range) {
    std::vector<EntryId> found;
    keys_.find(key, range, found);
    return found;
  }
  void SetUp() override {
    for (const EntryId entry : {50, 10, 40, 20, 30}) add(7, entry);
    add(8, 20);
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
  StoryKeys keys_{*database_};
};

TEST_F(StoryKeysTest, GivesTheNewestWithinARangeHoweverOftenItIsAsked) {
  for (int times = 0; times < 3; ++times) {
    EXPECT_THAT(find(7, {10, 50, 2}), ElementsAre(50, 40));
    EXPECT_THAT(find(7, {20, 45, 9}), ElementsAre(40, 30, 20));
    EXPECT_THAT(find(7, {51, 99, 9}), IsEmpty());
    EXPECT_THAT(find(8, {10, 50, 9}), ElementsAre(20));
    EXPECT_THAT(find(9, {10, 50, 9}), IsEmpty());
  }
}

TEST_F(StoryKeysTest, FollowsWhatIsAddedAndRemoved) {
  const StoryKeys::Range all{0, 99, 9};
  find(7, all);
  find(7, all);
  add(7, 35);
  add(7, 35);
  keys_.remove(7, 50);
  keys_.remove(7, 51);
  EXPECT_THAT(find(7, all), ElementsAre(40, 35, 30, 20, 10));
  EXPECT_THAT(find(8, all), ElementsAre(20));
}

TEST_F(StoryKeysTest, LooksAnewWhenItForgot) {
  const StoryKeys::Range all{0, 99, 9};
  find(7, all);
  find(7, all);
  StoryKeys(*database_).remove(7, 10);
  keys_.forget();
  for (int times = 0; times < 2; ++times) EXPECT_THAT(find(7, all), ElementsAre(50, 40, 30, 20));
}

TEST_F(StoryKeysTest, IsRightWhenItHasMoreThanItKeeps) {
  const StoryKeys::Range all{0, 99, 2};
  for (std::int64_t key = 100; key < 60'100; ++key) {
    find(key, all);
    find(key, all);
  }
  EXPECT_THAT(find(7, all), ElementsAre(50, 40));
  EXPECT_THAT(find(7, all), ElementsAre(50, 40));
}

}  // namespace
}  // namespace sotevahti::archive
