// Eight hours of one poller in some seconds, by the test's clock: news, edits and failures by turns, and what is on
// the heap does not grow with the hours.
#include <gtest/gtest.h>
#include <malloc.h>

#include <iostream>
#include <map>
#include <string>

#include "poll/polling_world.h"

namespace sotevahti::poll {
namespace {

constexpr int feeds = 30;
constexpr int hours = 8;
constexpr int warm_up = 3;
constexpr std::size_t megabyte = std::size_t{1} << 20;

// Something else at each visit: mostly news, the last ten of them.
test_support::Answer answer(int visit) {
  if (visit % 13 == 0) return with_status(500);
  if (visit % 17 == 0) return test_support::html_page();
  if (visit % 19 == 0) return test_support::wrong_length(rss(10, "", visit), 100'000);
  return test_support::page(rss(10, "", visit));
}

class LongShift : public PollingWorld {
 protected:
  LongShift() {
    settings_.poll.interval = settings_.poll.min_interval = settings_.poll.max_interval = 5min;
    server_.serve("*", [this](const test_support::SeenRequest& request) { return answer(++visits_[request.target]); });
    std::vector<config::Feed> all;
    for (int i = 0; i < feeds; ++i) {
      const std::string number = std::to_string(i);
      all.push_back(feed("f" + number, server_.url("/" + number, "127.0.4." + number)));
    }
    catalogue_ = config::Catalogue(all);
  }
  std::map<std::string, int> visits_;  // the server's thread's
  test_support::HttpServer server_{[] {
    test_support::HttpServer::Options options;
    options.address = "0.0.0.0";
    return options;
  }()};
};

TEST_F(LongShift, EightHoursDoNotGrowTheHeap) {
  Machine machine(*this);
  std::size_t polls = 0, failures = 0, after_warm_up = 0;
  for (int hour = 1; hour <= hours; ++hour) {
    for (int minute = 0; minute < 60; minute += 5) {
      clock_.advance(5min);
      machine.io.restart();
      boost::asio::co_spawn(machine.io, machine.poller.poll_once(machine.poller.due()), [&](std::exception_ptr thrown) {
        EXPECT_FALSE(thrown);
        machine.io.stop();
      });
      machine.io.run();
      polls += machine.results.size();
      for (const auto& result : machine.results) failures += result.milled.state.failure ? 1U : 0U;
      machine.results = {};
    }
    server_.forget();
    if (hour == warm_up) after_warm_up = mallinfo2().uordblks;
  }
  const std::size_t at_the_end = mallinfo2().uordblks;
  std::cout << "  " << polls << " polls, " << failures << " of them failures: " << after_warm_up / 1024 << " KiB after "
            << warm_up << " hours, " << at_the_end / 1024 << " KiB after " << hours << '\n';
  EXPECT_GT(polls, std::size_t{feeds} * hours * 4);
  EXPECT_GT(failures, 100U);
  EXPECT_LT(at_the_end, after_warm_up + megabyte * (hours - warm_up));
}

}  // namespace
}  // namespace sotevahti::poll
