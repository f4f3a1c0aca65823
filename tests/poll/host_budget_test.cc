// How many requests are under way at once, by a clock that is set by hand.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <vector>

#include "poll/hand_clock.h"
#include "poll/host_budget_on.h"

namespace sotevahti::poll {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Budget = HostBudgetOn<HandClock>;

class HostBudgetTest : public testing::Test {
 protected:
  HostBudgetTest() { HandClock::present = HandClock::time_point(); }

  // Somebody who comes to a host of his own and stays.
  void comes(std::size_t count = 1) {
    for (std::size_t i = 0; i < count; ++i) {
      asio::co_spawn(
          io_,
          [](HostBudgetTest& test, std::string host) -> asio::awaitable<void> {
            test.inside_.push_back(co_await test.budget_.enter(std::move(host)));
          }(*this, "host" + std::to_string(++hosts_)),
          asio::detached);
    }
    settle();
  }
  void goes(std::size_t count = 1) {
    inside_.resize(inside_.size() - count);
    settle();
  }
  void passes(std::chrono::milliseconds time) {
    HandClock::present += time;
    settle();
  }
  std::size_t inside() const { return inside_.size(); }

 private:
  void settle() {
    io_.restart();
    for (int i = 0; i < 20; ++i) io_.poll();
  }

  asio::io_context io_;
  std::size_t hosts_ = 0;

 protected:
  Budget budget_{io_, [](const std::string&) { return Budget::Limit{1, 0ms}; }, 100};

 private:
  std::vector<Budget::Permit> inside_;
};

TEST_F(HostBudgetTest, FewAreInsideWhileAnswersComeFast) {
  comes(90);
  EXPECT_EQ(inside(), Budget::first_room);
  passes(Budget::patience - 1ms);
  goes(20);
  EXPECT_EQ(inside(), Budget::first_room) << "who came first goes in first, and nobody has waited long";
}

TEST_F(HostBudgetTest, WhoHasWaitedAWhileOpensPlacesUpToTheMost) {
  comes(300);
  passes(Budget::patience);
  EXPECT_EQ(inside(), 100U);
  goes(30);
  EXPECT_EQ(inside(), 100U);
}

TEST_F(HostBudgetTest, WhenAllHaveGoneItBeginsWithFewAgain) {
  comes(100);
  passes(Budget::patience);
  ASSERT_EQ(inside(), 100U);
  goes(100);
  comes(100);
  EXPECT_EQ(inside(), Budget::first_room);
}

TEST_F(HostBudgetTest, SlowAnswersDoNotHoldTheOthersBackThoughPlacesComeFreeAllTheTime) {
  comes(300);
  for (int i = 0; i < 20; ++i) {
    passes(Budget::patience / 10);
    goes();
  }
  EXPECT_EQ(inside(), 100U);
}

}  // namespace
}  // namespace sotevahti::poll
