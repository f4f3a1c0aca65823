// How the poller treats its hosts: what the servers saw.
#include <gmock/gmock.h>

#include <boost/asio/steady_timer.hpp>
#include <thread>

#include "poll/polling_world.h"

namespace sotevahti::poll {
namespace {

using test_support::Answer;
using test_support::HttpServer;
using testing::Each;
using testing::SizeIs;
using MannersTest = PollingWorld;

HttpServer::Options at(std::string address) {
  HttpServer::Options options;
  options.address = std::move(address);
  return options;
}

// The service runs, and is told to stop while it waits for its servers.
void run_and_stop(auto& machine) {
  boost::asio::co_spawn(machine.io, machine.poller.run(), [&](std::exception_ptr) { machine.io.stop(); });
  boost::asio::steady_timer later(machine.io, 200ms);
  later.async_wait([&](auto) {
    machine.poller.stop();
    machine.http.cancel_all();
  });
  machine.io.run();
}

TEST_F(MannersTest, RetryAfterHoldsTheHostOverARestartWhateverIsAsked) {
  settings_.poll.per_host = 1;
  const std::pair<int, const char*> wishes[] = {{429, "14400"}, {429, "Fri, 20 Feb 2026 14:40:00 GMT"},
                                                {503, "14400"}, {503, "Fri, 20 Feb 2026 14:40:00 GMT"},
                                                {403, "14400"}, {500, "Friday, 20-Feb-26 14:40:00 GMT"}};
  for (const auto& [status, four_hours] : wishes) {
    const std::string a = "/a" + std::to_string(status);
    server_.serve(a, test_support::busy(status, four_hours));
    server_.serve("/b", test_support::page(rss(1)));
    round({feed("a", server_.url(a)), feed("b", server_.url("/b"))});
    EXPECT_THAT(round({feed("c", server_.url("/b"))})[0].postponed, true) << status;
    EXPECT_THAT(server_.seen("/b"), SizeIs(0)) << status;
    EXPECT_GE(state("b").next_poll, clock_.now() + 4h) << status;
    clock_.advance(4h);
    EXPECT_FALSE(round({feed("c", server_.url("/b"))})[0].postponed) << status;
    server_.forget();
    clock_.set(base::from_unix(1771584000));
    std::filesystem::remove_all(folder_.path() / "archive.db");
    for (const char* more : {"archive.db-wal", "archive.db-shm"}) std::filesystem::remove(folder_.path() / more);
  }
}

TEST_F(MannersTest, TooManyWithoutAWordForHowLongIsAQuarterOfAnHour) {
  settings_.poll.per_host = 1;
  server_.serve("/a", with_status(429));
  server_.serve("/b", test_support::page(rss(1)));
  const auto results = round({feed("a", server_.url("/a")), feed("b", server_.url("/b"))});
  EXPECT_TRUE(results[1].postponed);
  EXPECT_GE(state("b").next_poll, clock_.now() + 15min);
}

TEST_F(MannersTest, ARedirectsTargetHasItsOwnBudget) {
  HttpServer target(at("127.0.0.2"));
  target.serve("*", test_support::late(test_support::page(rss(1)), 20ms));
  std::vector<config::Feed> feeds;
  for (int i = 0; i < 6; ++i) {
    const std::string path = "/" + std::to_string(i);
    server_.serve(path, test_support::redirect(302, target.url(path)));
    feeds.push_back(feed("f" + std::to_string(i), server_.url(path)));
  }
  settings_.poll.per_host = 6;
  settings_.poll.hosts["127.0.0.2"] = {1, 0ms};
  round(feeds);
  EXPECT_EQ(target.requests(), 6U);
  EXPECT_EQ(target.most_at_once(), 1U);
}

TEST_F(MannersTest, TheHostThatAskedForQuietIsHeldNotTheOneThatLedThere) {
  HttpServer target(at("127.0.0.2"));
  target.serve("*", test_support::busy(503, "7200"));
  server_.serve("/a", test_support::redirect(302, target.url("/a")));
  server_.serve("/b", test_support::page(rss(1)));
  round({feed("a", server_.url("/a"))});
  EXPECT_FALSE(round({feed("b", server_.url("/b"))})[0].postponed);
  EXPECT_TRUE(round({feed("c", target.url("/c"))})[0].postponed);
  EXPECT_EQ(target.requests(), 1U);
}

TEST_F(MannersTest, ASearchWaitsForTheQuietOfItsHost) {
  server_.serve("/a", test_support::busy(429, "14400"));
  server_.serve("/uutiset", test_support::page("<html><body>Ei syötettä.</body></html>", "text/html"));
  round({feed("a", server_.url("/a"))});
  auto page = feed("f", server_.url("/uutiset"));
  page.discover = true;
  const auto results = round({page});
  EXPECT_TRUE(results[0].postponed);
  EXPECT_GE(state("f").next_poll, clock_.now() + 4h);
  EXPECT_EQ(server_.seen().size(), 1U);
}

// What lies behind the first link is not known, which is not "no feed".
TEST_F(MannersTest, ASearchThatIsHushedHalfwayFindsNothingOut) {
  server_.serve("/uutiset", test_support::page("<html><head><link rel=\"alternate\" type=\"application/rss+xml\" "
                                               "href=\"/rss\"></head></html>",
                                               "text/html"));
  server_.serve("/rss", test_support::busy(429, "14400"));
  auto page = feed("f", server_.url("/uutiset"));
  page.discover = true;
  const auto results = round({page});
  EXPECT_TRUE(results[0].postponed);
  EXPECT_GE(state("f").next_poll, clock_.now() + 4h);
  EXPECT_NE(cause_of(results[0]), "no-feed-found");
}

TEST_F(MannersTest, SearchingAPageKeepsTheGapToo) {
  settings_.poll.hosts["127.0.0.1"] = {2, 60ms};
  server_.serve("/uutiset", test_support::page("<html><body>Ei syötettä.</body></html>", "text/html"));
  auto page = feed("f", server_.url("/uutiset"));
  page.discover = true;
  round({page});
  const auto seen = server_.seen();
  ASSERT_GE(seen.size(), 4U);
  EXPECT_GE(seen.back().at - seen.front().at, 60ms * (seen.size() - 2));  // a busy machine sends one late
}

TEST_F(MannersTest, WhatCannotBeUnpackedIsAskedForUnpackedAfterTheGap) {
  settings_.poll.hosts["127.0.0.1"] = {2, 60ms};
  server_.serve("/", [](const test_support::SeenRequest& request) {
    if (request.header("Accept-Encoding") == "identity") return test_support::page(rss(3));
    test_support::Answer answer =
        test_support::page(test_support::gzip(rss(1)) + test_support::gzip("a second member"));
    answer.headers.emplace_back("Content-Encoding", "gzip");
    return answer;
  });
  EXPECT_EQ(round({feed("f", server_.url("/"))})[0].milled.report.new_entries, 3U);
  const auto seen = server_.seen();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_GE(seen[1].at - seen[0].at, 50ms);
}

TEST_F(MannersTest, WhatCouldNotBeUnpackedIsAskedForUnpackedFromThenOn) {
  server_.serve("/", [](const test_support::SeenRequest& request) {
    if (request.header("Accept-Encoding") == "identity") return test_support::page(rss(3));
    test_support::Answer answer = test_support::page(test_support::gzip(rss(1)) + "junk");
    answer.headers.emplace_back("Content-Encoding", "gzip");
    return answer;
  });
  catalogue_ = config::Catalogue({feed("f", server_.url("/"))});
  Machine machine(*this);
  for (int poll = 0; poll < 3; ++poll) {
    boost::asio::co_spawn(machine.io, machine.poller.poll_once({&catalogue_.feeds().front()}),
                          [&](std::exception_ptr) { machine.io.stop(); });
    machine.io.run();
    machine.io.restart();
  }
  const auto seen = server_.seen();
  ASSERT_EQ(seen.size(), 4U);
  EXPECT_NE(seen[0].header("Accept-Encoding"), "identity");
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_EQ(seen[i].header("Accept-Encoding"), "identity");
}

TEST_F(MannersTest, WhatStaysPackedIsAskedForTwiceAndNamed) {
  test_support::Answer answer = test_support::page(test_support::gzip(rss(1)) + "junk");
  answer.headers.emplace_back("Content-Encoding", "gzip");
  server_.serve("/", answer);
  EXPECT_EQ(cause_of(round({feed("f", server_.url("/"))})[0]), "protocol");
  EXPECT_EQ(server_.seen().size(), 2U);
}

TEST_F(MannersTest, AnErrorWhoseBodyCannotBeUnpackedIsHeeded) {
  test_support::Answer busy = test_support::busy(429, "3600");
  busy.body = "<html>later</html>";
  busy.headers.emplace_back("Content-Encoding", "gzip");
  server_.serve("/a", busy);
  server_.serve("/b", test_support::page(rss(1)));
  EXPECT_EQ(cause_of(round({feed("a", server_.url("/a"))})[0]), "429");
  EXPECT_TRUE(round({feed("b", server_.url("/b"))})[0].postponed);
  EXPECT_EQ(server_.seen().size(), 1U);
}

TEST_F(MannersTest, WhatTheDocumentAskedHoldsAfterA304) {
  server_.serve("/f", test_support::validated(rss(1, "<ttl>300</ttl><skipHours><hour>16</hour></skipHours>"), "\"a\""));
  round({feed("f", server_.url("/f"))});
  clock_.advance(6h);
  round({feed("f", server_.url("/f"))});
  EXPECT_EQ(state("f").unchanged, 1U);
  EXPECT_GE(state("f").next_poll, clock_.now() + 5h);
}

TEST_F(MannersTest, ARowsOwnIntervalIsKept) {
  server_.serve("/f", test_support::page(rss(1)));
  auto own = feed("f", server_.url("/f"));
  own.interval = 30min;
  round({own});
  EXPECT_EQ(state("f").next_poll, clock_.now() + 30min + 90s);  // with half its jitter
}

TEST_F(MannersTest, AStopIsNoFailureOfTheFeed) {
  server_.serve("/f", test_support::silence());
  catalogue_ = config::Catalogue({feed("f", server_.url("/f"))});
  {
    Machine machine(*this);
    run_and_stop(machine);
    ASSERT_THAT(machine.results, SizeIs(1));
    EXPECT_TRUE(machine.results[0].postponed);
  }
  EXPECT_EQ(state("f").failures, 0);
  EXPECT_LE(state("f").next_poll, clock_.now());  // asked again at the next start
}

TEST_F(MannersTest, AStopEndsAlsoForThoseWhoWaitBehindOneAnother) {
  settings_.poll.per_host = 1;
  server_.serve("*", test_support::silence());
  std::vector<config::Feed> feeds;
  for (int i = 0; i < 5; ++i) feeds.push_back(feed("f" + std::to_string(i), server_.url("/" + std::to_string(i))));
  catalogue_ = config::Catalogue(feeds);
  Machine machine(*this);
  run_and_stop(machine);
  ASSERT_THAT(machine.results, SizeIs(5));
  for (const FeedResult& result : machine.results) EXPECT_TRUE(result.postponed);
  EXPECT_EQ(server_.requests(), 1U);
}

TEST_F(MannersTest, WhoIsDueLaterIsAskedBehindThoseWhoWaitAtTheHost) {
  settings_.poll.per_host = 1;
  server_.serve("*", test_support::late(test_support::page(rss(1)), 20ms));
  std::vector<config::Feed> feeds;
  for (int i = 0; i < 6; ++i) feeds.push_back(feed("f" + std::to_string(i), server_.url("/" + std::to_string(i))));
  catalogue_ = config::Catalogue(feeds);
  std::vector<const config::Feed*> first;
  for (const auto& each : catalogue_.feeds()) first.push_back(&each);
  const std::vector<const config::Feed*> second{first.back()};
  first.pop_back();
  Machine machine(*this);
  int under_way = 2;
  for (const auto& round : {first, second})
    boost::asio::co_spawn(machine.io, machine.poller.poll_once(round), [&](std::exception_ptr thrown) {
      EXPECT_FALSE(thrown);
      if (--under_way == 0) machine.io.stop();
    });
  machine.io.run();
  const auto seen = server_.seen();
  ASSERT_THAT(seen, SizeIs(6));
  EXPECT_EQ(seen.back().target, "/5");
}

// The service runs in real time; its wall clock is the test's.
TEST_F(MannersTest, AClockThatJumpsMakesNoBurstAndNoSilence) {
  server_.serve("*", test_support::page(rss(1)));
  std::vector<config::Feed> feeds;
  for (int i = 0; i < 5; ++i) feeds.push_back(feed("f" + std::to_string(i), server_.url("/" + std::to_string(i))));
  round(feeds);
  const base::Time before = state("f0").next_poll;
  constexpr base::Seconds year = 365 * 24h;
  for (const base::Seconds jump : {base::Seconds(48h), base::Seconds(-72h), 3 * year, -5 * year}) {
    server_.forget();
    Machine machine(*this);
    boost::asio::co_spawn(machine.io, machine.poller.run(), [&](std::exception_ptr) { machine.io.stop(); });
    boost::asio::steady_timer jumps(machine.io, 50ms);
    boost::asio::steady_timer ends(machine.io, 250ms);
    const base::Seconds wait = *machine.poller.next_due() - clock_.now();
    jumps.async_wait([&](auto) {
      clock_.advance(jump);
      machine.poller.look();
    });
    ends.async_wait([&](auto) {
      EXPECT_LE(std::chrono::abs(*machine.poller.next_due() - clock_.now() - wait), 5s);  // the steady clock ran on
      machine.poller.stop();
    });
    machine.io.run();
    EXPECT_EQ(server_.requests(), 0U) << jump.count();
    clock_.advance(-jump);
  }
  EXPECT_EQ(state("f0").next_poll, before);
}

// 50 servers that never answer, each with three feeds that are due; 15 feeds of another host,
// due a second apart. A second of the test's clock is a fifth of a real one.
TEST_F(MannersTest, DueFeedsArePolledOnTimeBesideFiftyHostileServers) {
  constexpr int good = 15;
  HttpServer hostile(at("0.0.0.0"));
  hostile.serve("*", test_support::silence());
  server_.serve("*", test_support::page(rss(1)));
  settings_.net.timeout = 30s;
  std::vector<config::Feed> feeds;
  for (int i = 0; i < good; ++i)
    feeds.push_back(feed("good" + std::to_string(i), server_.url("/" + std::to_string(i))));
  round(feeds);
  const base::Time start = clock_.now();
  std::vector<std::pair<std::string, base::Time>> turns;
  for (int i = 0; i < good; ++i) turns.emplace_back(feeds[static_cast<std::size_t>(i)].id, start + i * 1s);
  const auto database = std::move(*archive::Database::open(settings_.archive.path));
  archive::FeedStore(*database).write_next_polls(turns);
  for (int i = 0; i < 150; ++i)
    feeds.push_back(
        feed("bad" + std::to_string(i), hostile.url("/" + std::to_string(i), "127.0.3." + std::to_string(i % 50 + 1))));
  catalogue_ = config::Catalogue(feeds);

  Machine machine(*this);
  boost::asio::co_spawn(machine.io, machine.poller.run(), [&](std::exception_ptr) { machine.io.stop(); });
  boost::asio::steady_timer second(machine.io);
  const std::function<void()> tick = [&] {
    second.expires_after(200ms);
    second.async_wait([&](auto) {
      clock_.advance(1s);
      machine.poller.look();
      if (clock_.now() < start + (good + 5) * 1s) return tick();
      EXPECT_EQ(hostile.open_connections(), 100U);  // two of each: they hang to the end
      machine.poller.stop();
      machine.http.cancel_all();
    });
  };
  tick();
  machine.io.run();

  std::size_t polled = 0;
  for (const auto& result : machine.results) {
    if (result.postponed || !result.feed->id.starts_with("good")) continue;
    ++polled;
    const base::Time due = start + std::stoi(result.feed->id.substr(4)) * 1s;
    EXPECT_LE(*result.milled.state.last_poll - due, 5s) << result.feed->id;
  }
  EXPECT_EQ(polled, static_cast<std::size_t>(good));
}

}  // namespace
}  // namespace sotevahti::poll
