// Jobs are done in their order, and the thread comes and goes with them.
#include "poll/stage.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <vector>

namespace sotevahti::poll {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

TEST(Stage, DoesItsJobsInTheirOrderBeforeItCloses) {
  std::vector<int> seen;
  Stage<int> stage([&] { return [&](int number) { seen.push_back(number); }; }, 1h);
  for (int number = 0; number < 4; ++number) stage.push(int{number});
  stage.close();
  EXPECT_THAT(seen, ElementsAre(0, 1, 2, 3));
}

TEST(Stage, WithoutAJobOpensNothing) {
  int opened = 0;
  Stage<int> stage(
      [&] {
        ++opened;
        return [](int) {};
      },
      1ms);
  stage.close();
  EXPECT_EQ(opened, 0);
}

TEST(Stage, WorksOnWithWhatItOpened) {
  int opened = 0;
  Stage<int> stage(
      [&] {
        ++opened;
        return [](int) {};
      },
      1h);
  stage.push(1);
  stage.push(2);
  stage.close();
  EXPECT_EQ(opened, 1);
}

// Tells when what a stage worked with is gone.
struct Held {
  explicit Held(std::promise<void>& promise) : gone(promise) {}
  ~Held() { gone.set_value(); }
  std::promise<void>& gone;
};

TEST(Stage, FreesWhatItWorkedWithAtRestAndOpensItAnew) {
  std::promise<void> gone[2];
  std::atomic<int> opened = 0;
  std::atomic<int> done = 0;
  Stage<int> stage(
      [&] {
        auto held = std::make_shared<Held>(gone[opened++]);
        return [&done, held](int number) { done += number; };
      },
      1ms);
  stage.push(1);
  ASSERT_EQ(gone[0].get_future().wait_for(1min), std::future_status::ready);
  stage.push(10);
  ASSERT_EQ(gone[1].get_future().wait_for(1min), std::future_status::ready);
  stage.close();
  EXPECT_EQ(opened, 2);
  EXPECT_EQ(done, 11);
}

}  // namespace
}  // namespace sotevahti::poll
