// The poller against a real server on loopback: what the server saw, and what the
// archive holds after.
#include "poll/poller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "poll/polling_world.h"

namespace sotevahti::poll {
namespace {

using archive::PollOutcome;
using test_support::Answer;
using testing::ElementsAre;
using testing::SizeIs;

using PollerTest = PollingWorld;

TEST_F(PollerTest, ValidatorsGoBackByteForByteAndASecondPollBringsNothing) {
  const std::string etag = "W/\"odd  \xC3\xA4\\etag\"";
  server_.serve("/f", test_support::validated(rss(3), etag, "Fri, 20 feb 2026 10:00:00 gmt"));
  const auto first = round({feed("f", server_.url("/f"))});
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].milled.kind, PollOutcome::Kind::updated);
  EXPECT_EQ(first[0].milled.report.new_entries, 3U);
  clock_.advance(2h);
  const auto second = round({feed("f", server_.url("/f"))});
  EXPECT_EQ(second[0].milled.kind, PollOutcome::Kind::unchanged);
  const auto seen = server_.seen("/f");
  ASSERT_THAT(seen, SizeIs(2));
  EXPECT_FALSE(seen[0].header("if-none-match"));
  EXPECT_EQ(seen[1].header("if-none-match"), etag);
  EXPECT_EQ(seen[1].header("if-modified-since"), "Fri, 20 feb 2026 10:00:00 gmt");
  EXPECT_EQ(seen[0].header("user-agent"), settings_.poll.user_agent);
  EXPECT_FALSE(seen[0].header("referer"));
  EXPECT_FALSE(seen[0].header("cookie"));
  EXPECT_EQ(state("f").entries, 3U);
}

TEST_F(PollerTest, A304BringsNewValidators) {
  Answer first = test_support::page(rss(1));
  first.headers.emplace_back("ETag", "\"one\"");
  Answer unchanged;
  unchanged.status = 304;
  unchanged.headers.emplace_back("ETag", "\"two\"");
  server_.serve("/f", test_support::in_turn({first, unchanged, unchanged}));
  for (int i = 0; i < 3; ++i) {
    round({feed("f", server_.url("/f"))});
    clock_.advance(2h);
  }
  const auto seen = server_.seen("/f");
  ASSERT_THAT(seen, SizeIs(3));
  EXPECT_EQ(seen[2].header("if-none-match"), "\"two\"");
}

TEST_F(PollerTest, TheSameBodyIsUnchangedWithoutValidatorsToo) {
  server_.serve("/f", test_support::page(rss(2)));
  round({feed("f", server_.url("/f"))});
  clock_.advance(2h);
  EXPECT_EQ(round({feed("f", server_.url("/f"))})[0].milled.kind, PollOutcome::Kind::unchanged);
}

TEST_F(PollerTest, TheNextPollIsOnDiskBeforeTheRequest) {
  base::Time promised{};
  server_.serve("/f", [&](const test_support::SeenRequest&) {
    promised = state("f").next_poll;
    return test_support::page(rss(1));
  });
  round({feed("f", server_.url("/f"))});
  EXPECT_GT(promised, clock_.now());
}

TEST_F(PollerTest, ARestartAsksNobodyWhoIsNotDue) {
  server_.serve("/f", test_support::page(rss(1)));
  round({feed("f", server_.url("/f"))});
  EXPECT_THAT(round({feed("f", server_.url("/f"))}, true), SizeIs(0));
  EXPECT_EQ(server_.requests(), 1U);
  clock_.advance(24h);
  EXPECT_THAT(round({feed("f", server_.url("/f"))}, true), SizeIs(1));
}

TEST_F(PollerTest, WhoWasAskedWhenWeWereKilledIsNotAskedAtOnceByTheNext) {
  server_.serve("/f", test_support::silence());
  catalogue_ = config::Catalogue({feed("f", server_.url("/f")), feed("g", server_.url("/f"))});
  Machine killed(*this);
  boost::asio::co_spawn(killed.io, killed.poller.run(), [&](std::exception_ptr) { killed.io.stop(); });
  while (server_.requests() == 0) killed.io.run_one_for(10ms);
  {
    // What it would find that starts now. Neither feed has ever been stored. They come again one by one: one of
    // them may have been what killed us.
    const Machine next(*this);
    EXPECT_THAT(next.poller.due(), SizeIs(0));
    EXPECT_GE(state("f").next_poll, clock_.now() + 10min);
    EXPECT_LE(state("f").next_poll, clock_.now() + 20min);
    EXPECT_NE(state("f").next_poll, state("g").next_poll);
  }
  killed.poller.stop();
  killed.http.cancel_all();
  killed.io.run();
}

TEST_F(PollerTest, ManyLargeAnswersAtOnceTakeTurnsAndComeAll) {
  settings_.poll.per_host = 24;
  server_.serve("*", test_support::page(rss(1, "<description>" + std::string(400'000, 'x') + "</description>")));
  std::vector<config::Feed> feeds;
  for (int i = 0; i < 24; ++i) feeds.push_back(feed("f" + std::to_string(i), server_.url("/" + std::to_string(i))));
  for (const auto& result : round(feeds)) EXPECT_EQ(result.milled.kind, PollOutcome::Kind::updated) << cause_of(result);
  EXPECT_GT(server_.requests(), 24U) << "nobody had to wait";
  EXPECT_LE(server_.requests(), 48U) << "asked for a third time";
}

TEST_F(PollerTest, WhoWaitsWithALargeAnswerWhenWeStopIsNoFailure) {
  settings_.poll.per_host = 24;
  settings_.net.timeout = 20s;
  const std::string body = rss(1, "<description>" + std::string(400'000, 'x') + "</description>");
  server_.serve("*", test_support::page(body));
  std::vector<config::Feed> feeds;
  for (int i = 0; i < 24; ++i) feeds.push_back(feed("f" + std::to_string(i), server_.url("/" + std::to_string(i))));
  catalogue_ = config::Catalogue(feeds);
  Machine machine(*this);
  boost::asio::co_spawn(machine.io, machine.poller.run(), [&](std::exception_ptr) { machine.io.stop(); });
  while (machine.results.empty()) machine.io.run_one();
  machine.poller.stop();
  machine.io.run();
  EXPECT_THAT(machine.results, SizeIs(24));
  for (const auto& result : machine.results)
    EXPECT_TRUE(result.postponed || result.milled.kind == PollOutcome::Kind::updated) << cause_of(result);
}

// What is made of an answer is many times its size; reading waits until that is stored.
TEST_F(PollerTest, WhatIsReadAheadIsBoundedAndAllIsStored) {
  settings_.poll.per_host = 4;
  most_read_bytes_ = 1;  // one at a time, then
  server_.serve("*", [](const test_support::SeenRequest& request) {
    return test_support::page(rss(5, "", std::stoi(request.target.substr(1)) * 10));
  });
  std::vector<config::Feed> feeds;
  for (int i = 0; i < 4; ++i) feeds.push_back(feed("f" + std::to_string(i), server_.url("/" + std::to_string(i))));
  round(feeds);
  for (const auto& state : states()) EXPECT_EQ(state.entries, 5U) << state.feed_id;
}

TEST_F(PollerTest, AClockThatWasSetBackDoesNotSilence) {
  server_.serve("/f", test_support::page(rss(1)));
  clock_.advance(24h * 365);
  round({feed("f", server_.url("/f"))});
  clock_.advance(-24h * 365);
  EXPECT_THAT(round({feed("f", server_.url("/f"))}, true), SizeIs(1));
}

TEST_F(PollerTest, RetryAfterHoldsTheWholeHost) {
  settings_.poll.per_host = 1;
  server_.serve("/a", test_support::busy(429, "3600"));
  server_.serve("/b", test_support::page(rss(1)));
  const auto results = round({feed("a", server_.url("/a")), feed("b", server_.url("/b"))});
  ASSERT_THAT(results, SizeIs(2));
  EXPECT_EQ(results[0].milled.state.failure->cause, "429");
  EXPECT_TRUE(results[1].postponed);
  EXPECT_EQ(server_.seen("/b").size(), 0U);
  // The wish outlives the process.
  EXPECT_GE(state("a").next_poll, clock_.now() + 1h);
  EXPECT_GE(state("b").next_poll, clock_.now() + 15min);
}

TEST_F(PollerTest, AHostIsTakenFewConnectionsAtATime) {
  settings_.poll.per_host = 2;
  server_.serve("*", test_support::late(test_support::page(rss(1)), 20ms));
  std::vector<config::Feed> feeds;
  for (int i = 0; i < 12; ++i) feeds.push_back(feed("f" + std::to_string(i), server_.url("/" + std::to_string(i))));
  round(feeds);
  EXPECT_EQ(server_.requests(), 12U);
  EXPECT_LE(server_.most_at_once(), 2U);
}

TEST_F(PollerTest, StartsOnAHostKeepTheirGap) {
  settings_.poll.hosts["127.0.0.1"] = {4, 60ms};
  server_.serve("*", test_support::page(rss(1)));
  round({feed("a", server_.url("/a")), feed("b", server_.url("/b")), feed("c", server_.url("/c"))});
  auto seen = server_.seen();
  ASSERT_THAT(seen, SizeIs(3));
  EXPECT_GE(seen[1].at - seen[0].at, 50ms);
  EXPECT_GE(seen[2].at - seen[1].at, 50ms);
}

TEST_F(PollerTest, EachTroubleHasItsNameAndHurtsNobodyElse) {
  settings_.net.max_bytes = std::size_t{1} << 20;
  server_.serve("/good", test_support::page(rss(2)));
  server_.serve("/html", test_support::html_page());
  server_.serve("/captcha", test_support::captcha_page());
  server_.serve("/empty", test_support::page(""));
  server_.serve("/gone", with_status(410));
  server_.serve("/5xx", with_status(500));
  server_.serve("/endless", test_support::endless_body());
  server_.serve("/bomb", test_support::gzip_bomb(std::size_t{64} << 20));
  server_.serve("/reset", test_support::reset_after(test_support::page(rss(50)), 300));
  server_.serve("/silence", test_support::silence());
  server_.serve("/loop", test_support::redirect(301, "/loop"));
  settings_.poll.per_host = 20;
  const auto result_of = [&](const std::vector<FeedResult>& results, const std::string& id) {
    for (const auto& r : results)
      if (r.feed->id == id) return r.milled.state.failure ? r.milled.state.failure->cause : std::string("none");
    return std::string("no result");
  };
  std::vector<config::Feed> feeds;
  for (const char* id :
       {"good", "html", "captcha", "empty", "gone", "5xx", "missing", "endless", "bomb", "reset", "silence", "loop"})
    feeds.push_back(feed(id, server_.url(std::string("/") + id)));
  feeds.push_back(feed("dns", "http://no-such-host.invalid/feed"));
  feeds.push_back(feed("private", "http://[::1]:1/feed"));
  const auto results = round(feeds);
  EXPECT_EQ(result_of(results, "good"), "none");
  EXPECT_EQ(result_of(results, "html"), "not-a-feed");
  EXPECT_EQ(result_of(results, "captcha"), "challenge-page");
  EXPECT_EQ(result_of(results, "empty"), "not-a-feed");
  EXPECT_EQ(result_of(results, "gone"), "gone");
  EXPECT_EQ(result_of(results, "5xx"), "5xx");
  EXPECT_EQ(result_of(results, "missing"), "http-4xx");
  EXPECT_EQ(result_of(results, "endless"), "too-large");
  EXPECT_EQ(result_of(results, "bomb"), "too-large");
  EXPECT_EQ(result_of(results, "reset"), "reset");
  EXPECT_EQ(result_of(results, "silence"), "timeout");
  EXPECT_EQ(result_of(results, "loop"), "redirects");
  EXPECT_EQ(result_of(results, "dns"), "dns");
  EXPECT_EQ(result_of(results, "private"), "blocked-address");
  EXPECT_EQ(state("good").entries, 2U);
}

TEST_F(PollerTest, ASuccessEndsTheFailures) {
  server_.serve("/f", test_support::in_turn({with_status(500), with_status(500), test_support::page(rss(1))}));
  round({feed("f", server_.url("/f"))});
  round({feed("f", server_.url("/f"))});
  EXPECT_EQ(state("f").failures, 2);
  EXPECT_EQ(state("f").failing_since, clock_.now());
  round({feed("f", server_.url("/f"))});
  EXPECT_EQ(state("f").failures, 0);
  EXPECT_FALSE(state("f").failure);
}

TEST_F(PollerTest, APermanentRedirectIsTakenAfterAWeek) {
  server_.serve("/old", test_support::redirect(301, server_.url("/new")));
  server_.serve("/new", test_support::page(rss(1)));
  for (int day = 0; day < 8; ++day) {
    round({feed("f", server_.url("/old"))});
    clock_.advance(24h);
  }
  EXPECT_EQ(state("f").url, server_.url("/new"));
  EXPECT_EQ(state("f").permanent_from, server_.url("/old"));
  EXPECT_EQ(state("f").entries, 1U);
  server_.forget();
  round({feed("f", server_.url("/old"))});
  EXPECT_EQ(server_.seen("/old").size(), 0U);
  EXPECT_EQ(server_.seen("/new").size(), 1U);
}

TEST_F(PollerTest, AnotherAddressInTheCatalogueStartsAnew) {
  server_.serve("/a", test_support::validated(rss(1), "\"a\""));
  server_.serve("/b", test_support::validated(rss(1), "\"b\""));
  round({feed("f", server_.url("/a"))});
  round({feed("f", server_.url("/b"))}, true);
  const auto seen = server_.seen("/b");
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_FALSE(seen[0].header("if-none-match"));
}

TEST_F(PollerTest, AFeedIsFoundFromItsPage) {
  server_.serve("/uutiset",
                test_support::page("<html><head><link rel=alternate type=application/rss+xml href=/rss></head></html>",
                                   "text/html"));
  server_.serve("/rss", test_support::page(rss(2)));
  auto page = feed("f", server_.url("/uutiset"));
  page.discover = true;
  round({page});
  EXPECT_EQ(state("f").url, server_.url("/rss"));
  EXPECT_EQ(state("f").discovered_at, clock_.now());
  EXPECT_EQ(state("f").entries, 2U);
  server_.forget();
  round({page});
  EXPECT_EQ(server_.seen("/uutiset").size(), 0U);
}

TEST_F(PollerTest, APageWithoutAFeedIsAQuietState) {
  server_.serve("/uutiset", test_support::page("<html><body>Ei syötettä.</body></html>", "text/html"));
  auto page = feed("f", server_.url("/uutiset"));
  page.discover = true;
  round({page});
  EXPECT_EQ(state("f").failure->cause, "no-feed-found");
  EXPECT_GE(state("f").next_poll, clock_.now() + 20h);
}

TEST_F(PollerTest, RobotsTxtIsHonouredForPages) {
  server_.serve("/robots.txt", test_support::page("User-agent: *\nDisallow: /uutiset\n", "text/plain"));
  server_.serve("/uutiset",
                test_support::page("<html><head><link rel=alternate type=application/rss+xml href=/rss></head></html>",
                                   "text/html"));
  auto page = feed("f", server_.url("/uutiset"));
  page.discover = true;
  round({page});
  EXPECT_EQ(server_.seen("/uutiset").size(), 0U);
}

TEST_F(PollerTest, WhatThePublisherAsksIsKept) {
  Answer answer = test_support::page(rss(1, "<ttl>300</ttl>"));
  server_.serve("/ttl", answer);
  Answer cached = test_support::page(rss(2));
  cached.headers.emplace_back("Cache-Control", "public, max-age=18000");
  server_.serve("/cached", cached);
  round({feed("a", server_.url("/ttl")), feed("b", server_.url("/cached"))});
  EXPECT_GE(state("a").next_poll, clock_.now() + 5h);
  EXPECT_GE(state("b").next_poll, clock_.now() + 5h);
}

}  // namespace
}  // namespace sotevahti::poll
