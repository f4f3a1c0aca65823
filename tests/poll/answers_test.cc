// What servers answer in the field, each with what they were asked and what became of the feed.
#include <gmock/gmock.h>

#include <random>

#include "poll/polling_world.h"

namespace sotevahti::poll {
namespace {

using archive::PollOutcome;
using test_support::Answer;
using test_support::HttpServer;
using testing::SizeIs;
using AnswersTest = PollingWorld;

TEST_F(AnswersTest, ValidatorsInOddSpellingsGoBackAsTheyCame) {
  const std::pair<const char*, const char*> spellings[] = {
      {"W/\"weak\"", ""},
      {"w/'single'", "Thu, 1 Jan 1970 00:00:00 GMT"},
      {"without quotes", "2026-02-20T10:00:00Z"},
      {"\"unended", "Friday, 20-Feb-26 10:00:00 GMT"},
      {"\"a\", \"b\"", "yesterday"},
      {"\"\"", "Fri, 20 Feb 2026 10:00:00 +0200"},
      {"", "Fri,  20 Feb  2026 10:00:00 GMT"},
      {"\"tab\there\"", "0"},
  };
  int number = 0;
  for (const auto& [etag, modified] : spellings) {
    const std::string path = "/" + std::to_string(++number);
    server_.serve(path, test_support::validated(rss(1), etag, modified));
    const auto one = feed("f" + std::to_string(number), server_.url(path));
    round({one});
    EXPECT_EQ(round({one})[0].milled.kind, PollOutcome::Kind::unchanged) << etag << " " << modified;
    const auto seen = server_.seen(path);
    ASSERT_THAT(seen, SizeIs(2));
    EXPECT_EQ(seen[1].header("if-none-match").value_or(""), etag);
    EXPECT_EQ(seen[1].header("if-modified-since").value_or(""), modified);
  }
}

TEST_F(AnswersTest, AWholeAnswerReplacesTheValidatorsAlsoByNone) {
  Answer first = test_support::page(rss(1));
  first.headers.emplace_back("ETag", "\"one\"");
  server_.serve("/f", test_support::in_turn({first, test_support::page(rss(1)), test_support::page(rss(1))}));
  for (int i = 0; i < 3; ++i) round({feed("f", server_.url("/f"))});
  const auto seen = server_.seen("/f");
  ASSERT_THAT(seen, SizeIs(3));
  EXPECT_EQ(seen[1].header("if-none-match"), "\"one\"");
  EXPECT_FALSE(seen[2].header("if-none-match"));
}

TEST_F(AnswersTest, ValidatorsOfAnAnswerThatIsNoFeedAreNotKept) {
  Answer wrong = test_support::html_page();
  wrong.headers.emplace_back("ETag", "\"of the error page\"");
  Answer good = test_support::page(rss(1));
  good.headers.emplace_back("ETag", "\"good\"");
  server_.serve("/f", test_support::in_turn({good, wrong, good}));
  for (int i = 0; i < 3; ++i) round({feed("f", server_.url("/f"))});
  const auto seen = server_.seen("/f");
  EXPECT_EQ(seen[2].header("if-none-match"), "\"good\"");
}

TEST_F(AnswersTest, TemporaryRedirectsNeverChangeTheAddress) {
  server_.serve("/new", test_support::page(rss(1)));
  for (const int status : {302, 303, 307}) {
    const std::string old = "/old" + std::to_string(status);
    server_.serve(old, test_support::redirect(status, "/new"));
    const auto one = feed("f" + std::to_string(status), server_.url(old));
    for (int day = 0; day < 10; ++day) {
      round({one});
      clock_.advance(24h);
    }
    EXPECT_EQ(state(one.id).url, server_.url(old));
    EXPECT_THAT(server_.seen(old), SizeIs(10));
  }
}

TEST_F(AnswersTest, AChainMovesTheFeedOnlyWhenEachStepIsPermanent) {
  server_.serve("/a", test_support::redirect(301, "/b"));
  server_.serve("/b", test_support::redirect(308, "/c"));
  server_.serve("/x", test_support::redirect(301, "/y"));
  server_.serve("/y", test_support::redirect(302, "/c"));
  server_.serve("/c", test_support::page(rss(1)));
  for (int day = 0; day < 8; ++day) {
    round({feed("all", server_.url("/a")), feed("some", server_.url("/x"))});
    clock_.advance(24h);
  }
  EXPECT_EQ(state("all").url, server_.url("/c"));
  EXPECT_EQ(state("some").url, server_.url("/x"));
}

TEST_F(AnswersTest, ATargetThatIsNoFeedBeginsTheWeekAnew) {
  server_.serve("/old", test_support::redirect(301, "/new"));
  server_.serve("/new", [this](const test_support::SeenRequest& request) {
    return request.nth <= 7 ? test_support::html_page() : test_support::page(rss(1));
  });
  for (int day = 0; day < 9; ++day) {
    round({feed("f", server_.url("/old"))});
    clock_.advance(24h);
  }
  EXPECT_EQ(state("f").url, server_.url("/old"));
}

TEST_F(AnswersTest, AMoveCanBeTakenBackForGood) {
  server_.serve("/old", test_support::redirect(301, "/new"));
  server_.serve("/new", test_support::page(rss(1)));
  const auto week = [&] {
    for (int day = 0; day < 8; ++day) {
      round({feed("f", server_.url("/old"))});
      clock_.advance(24h);
    }
  };
  week();
  ASSERT_EQ(state("f").permanent_from, server_.url("/old"));
  {
    const auto database = std::move(*archive::Database::open(settings_.archive.path));
    EXPECT_TRUE(archive::FeedStore(*database).revert_redirect("f"));
    EXPECT_FALSE(archive::FeedStore(*database).revert_redirect("f"));
  }
  week();
  EXPECT_EQ(state("f").url, server_.url("/old"));
  EXPECT_EQ(state("f").entries, 1U);
}

TEST_F(AnswersTest, SlowAndBrokenAnswersHaveTheirNames) {
  settings_.net.timeout = 1s;
  settings_.net.max_bytes = std::size_t{1} << 20;
  settings_.poll.per_host = 20;
  Answer slow_header = test_support::slowly(test_support::page(rss(1)), 1, 100ms);
  server_.serve("/slow-header", slow_header);
  Answer slow_body = test_support::slowly(test_support::page(rss(50)), 400, 100ms);
  server_.serve("/slow-body", slow_body);
  server_.serve("/endless-headers", test_support::endless_headers());
  server_.serve("/endless-line", test_support::endless_header_line());
  server_.serve("/too-long", test_support::wrong_length(rss(1), 100000));
  server_.serve("/too-short", test_support::wrong_length(rss(1), 40));
  server_.serve("/no-http", test_support::no_http());
  std::vector<std::pair<std::string, const char*>> expected = {
      {"slow-header", "timeout"},    {"slow-body", "timeout"}, {"endless-headers", "too-large"},
      {"endless-line", "too-large"}, {"too-long", "reset"},    {"too-short", "none"},
      {"no-http", "protocol"}};
  std::mt19937 random(1);  // anywhere in the answer
  for (int i = 0; i < 12; ++i) {
    const Answer whole = test_support::page(rss(30));
    const std::size_t bytes = 1 + random() % (test_support::to_bytes(whole, true).size() - 1);
    expected.emplace_back("reset" + std::to_string(bytes), "reset");
    server_.serve("/" + expected.back().first, test_support::reset_after(whole, bytes));
  }
  std::vector<config::Feed> feeds;
  for (const auto& [id, cause] : expected) feeds.push_back(feed(id, server_.url("/" + id)));
  const auto results = round(feeds);
  for (const auto& [id, cause] : expected) {
    const auto found = std::find_if(results.begin(), results.end(), [&](const auto& r) { return r.feed->id == id; });
    ASSERT_NE(found, results.end()) << id;
    if (id == "too-short") {
      // Cut off by its own word: an empty document, or what of it could be read.
      EXPECT_NE(cause_of(*found), "timeout");
    } else {
      EXPECT_EQ(cause_of(*found), cause) << id << ": " << found->milled.state.failure->detail;
    }
    EXPECT_THAT(server_.seen("/" + id), SizeIs(1)) << "no retry inside a poll";
  }
}

TEST_F(AnswersTest, NothingNewIsNoNewsOfAFeedThatWasNeverRead) {
  server_.serve("/f", with_status(304));
  const auto found = round({feed("f", server_.url("/f"))});
  EXPECT_EQ(found[0].milled.kind, PollOutcome::Kind::failed);
  EXPECT_EQ(found[0].milled.state.failure->cause, "protocol");
  EXPECT_FALSE(found[0].milled.state.last_success);
}

TEST_F(AnswersTest, ARedirectToNowhereSaysSo) {
  server_.serve("/f", with_status(303));
  EXPECT_EQ(round({feed("f", server_.url("/f"))})[0].milled.state.failure->detail, "303 without an address to go to");
}

TEST_F(AnswersTest, ACertificateForAnotherNameIsRefused) {
  HttpServer::Options options;
  options.tls_name = "toinen.example";
  HttpServer tls(options);
  tls.serve("*", test_support::page(rss(1)));
  ca_file_ = tls.ca_file();
  const auto results = round({feed("f", tls.url("/f", "127.0.0.1"))});
  EXPECT_EQ(cause_of(results[0]), "tls");
  EXPECT_THAT(tls.seen(), SizeIs(0));
}

TEST_F(AnswersTest, ARedirectFromHttpToHttpsIsTakenAtOnce) {
  // Another port, so the rule does not apply: only the scheme may differ.
  HttpServer::Options options;
  options.tls_name = "127.0.0.1";
  HttpServer tls(options);
  tls.serve("/f", test_support::page(rss(1)));
  ca_file_ = tls.ca_file();
  server_.serve("/f", test_support::redirect(301, tls.url("/f")));
  EXPECT_EQ(cause_of(round({feed("f", server_.url("/f"))})[0]), "none");
  EXPECT_EQ(state("f").redirect_to, tls.url("/f"));
  EXPECT_EQ(state("f").url, server_.url("/f"));
}

TEST_F(AnswersTest, AFloodIsToldUpToItsBound) {
  settings_.poll.flood = 10;
  server_.serve("/f", test_support::in_turn({test_support::page(rss(3)), test_support::page(rss(40, "", 3)),
                                             test_support::page(rss(5, "", 43))}));
  EXPECT_EQ(round({feed("f", server_.url("/f"))})[0].milled.report.hushed, 0U);
  clock_.advance(2h);
  const auto flood = round({feed("f", server_.url("/f"))});
  EXPECT_EQ(flood[0].milled.report.new_entries, 40U);
  EXPECT_EQ(flood[0].milled.report.hushed, 30U);
  EXPECT_EQ(state("f").flooded_entries, 30U);
  EXPECT_EQ(state("f").flooded_at, clock_.now());
  clock_.advance(2h);
  EXPECT_EQ(round({feed("f", server_.url("/f"))})[0].milled.report.hushed, 0U);
  EXPECT_EQ(state("f").entries, 48U);
}

TEST_F(AnswersTest, TheFeedsOwnPaceIsKnownFromItsHistory) {
  server_.serve("/f", test_support::in_turn({test_support::page(rss(1)), test_support::page(rss(1, "", 1)),
                                             test_support::page(rss(1, "", 2))}));
  for (int i = 0; i < 3; ++i) {
    round({feed("f", server_.url("/f"))});
    if (i < 2) clock_.advance(24h * 10);
  }
  EXPECT_EQ(state("f").usual_gap, 24h * 10);
  EXPECT_EQ(state("f").last_new_entry, clock_.now());
}

TEST_F(AnswersTest, AFoundFeedThatDiedIsLookedForAnew) {
  const auto page_with = [](const std::string& href) {
    return test_support::page(
        "<html><head><link rel=alternate type=application/rss+xml href=" + href + "></head></html>", "text/html");
  };
  server_.serve("/uutiset", page_with("/rss"));
  server_.serve("/rss", test_support::page(rss(2)));
  auto page = feed("f", server_.url("/uutiset"));
  page.discover = true;
  round({page});
  server_.serve("/rss", with_status(404));
  server_.serve("/uutiset", page_with("/uusi"));
  server_.serve("/uusi", test_support::page(rss(3)));
  for (int i = 0; i < 3; ++i) {
    clock_.advance(24h * 3);
    round({page});
    EXPECT_EQ(state("f").url, server_.url("/rss"));
  }
  clock_.advance(24h * 3);
  round({page});
  EXPECT_EQ(state("f").url, server_.url("/uusi"));
  EXPECT_EQ(state("f").discovered_at, clock_.now());
  EXPECT_EQ(state("f").entries, 3U);
}

TEST_F(AnswersTest, BesideAHubAFeedIsPolledOnceADay) {
  server_.serve("/f", test_support::page(rss(1)));
  catalogue_ = config::Catalogue({feed("f", server_.url("/f"))});
  Machine machine(*this);
  machine.has_hub = true;
  boost::asio::co_spawn(machine.io, machine.poller.poll_once({&catalogue_.feeds()[0]}),
                        [&](std::exception_ptr) { machine.io.stop(); });
  machine.io.run();
  EXPECT_EQ(machine.results.at(0).milled.state.next_poll, clock_.now() + 24h + 72min);  // with half its jitter
}

}  // namespace
}  // namespace sotevahti::poll
