// Many transfers at once, cancellation, and the end of a client in the middle of its work.
#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>

#include "base/descriptors.h"
#include "net/fetching.h"
#include "support/http_server.h"

namespace sotevahti::net {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using test_support::HttpServer;
using Reply = std::optional<NetResult<HttpReply>>;

TEST(Concurrency, CarriesTwoThousandTransfersAtOnce) {
  constexpr std::size_t count = 2000;
  if (base::raise_descriptor_limit(2 * count + 200) < 2 * count + 200) GTEST_SKIP() << "too few files may be open here";
  HttpServer server;
  server.serve("*", test_support::late(test_support::page("<rss/>"), milliseconds(1500)));
  auto options = loopback_options();
  options.max_connections = count;
  Fetching fetching(options);
  std::vector<HttpRequest> requests;
  for (std::size_t i = 0; i < count; ++i) requests.emplace_back(server.url("/" + std::to_string(i)));
  const auto replies = fetching.get_all(requests);
  for (const auto& reply : replies) ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(server.requests(), count);
  EXPECT_EQ(server.most_at_once(), count);
  EXPECT_EQ(fetching.client.active(), 0U);
}

TEST(Concurrency, HoldsTheLimitAndNoTimeoutRunsWhileWaiting) {
  HttpServer server;
  server.serve("*", test_support::late(test_support::page("x"), milliseconds(100)));
  auto options = loopback_options();
  options.max_connections = 3;
  Fetching fetching(options);
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 24; ++i) {
    requests.emplace_back(server.url("/" + std::to_string(i)));
    requests.back().timeout = milliseconds(600);  // eight rounds of 100 ms wait longer than this
  }
  for (const auto& reply : fetching.get_all(requests)) ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(server.most_at_once(), 3U);
  EXPECT_LE(server.connections(), 3U);
}

TEST(Concurrency, KeepsConnectionsForAnotherRound) {
  HttpServer server;
  server.serve("*", test_support::late(test_support::page("x"), milliseconds(50)));
  auto options = loopback_options();
  options.max_connections = 100;
  Fetching fetching(options);
  for (int round = 0; round < 3; ++round) {
    std::vector<HttpRequest> requests(100, HttpRequest(server.url("/")));
    for (const auto& reply : fetching.get_all(requests)) ASSERT_TRUE(reply);
  }
  EXPECT_EQ(server.connections(), 100U);
}

TEST(Concurrency, KeepsAConnectionToEachHostThoughFewAreAskedAtOnce) {
  std::vector<HttpServer> servers(8);
  auto options = loopback_options();
  options.max_connections = 1;
  Fetching fetching(options);
  std::vector<HttpRequest> requests;
  for (HttpServer& server : servers) {
    server.serve("*", test_support::page("x"));
    requests.emplace_back(server.url("/"));
  }
  for (int round = 0; round < 2; ++round)
    for (const auto& reply : fetching.get_all(requests)) ASSERT_TRUE(reply);
  for (const HttpServer& server : servers) EXPECT_EQ(server.connections(), 1U);
}

asio::awaitable<void> cancel_after(HttpClient& client, std::string url, milliseconds time, Reply& reply) {
  using namespace asio::experimental::awaitable_operators;  // NOLINT(google-build-using-namespace)
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  HttpRequest request(std::move(url));
  auto outcome = co_await (client.fetch(std::move(request)) || timer.async_wait(asio::use_awaitable));
  if (outcome.index() == 0) reply = std::get<0>(std::move(outcome));
}

TEST(Cancellation, DropsTheTransferAtOnce) {
  HttpServer server;
  server.serve("/", test_support::silence());
  Fetching fetching;
  Reply reply;
  const auto start = steady_clock::now();
  asio::co_spawn(fetching.io, cancel_after(fetching.client, server.url("/"), milliseconds(100), reply), asio::detached);
  fetching.io.run();
  EXPECT_FALSE(reply) << "the timer won";
  EXPECT_LT(steady_clock::now() - start, milliseconds(5000));
  EXPECT_EQ(fetching.client.active(), 0U);
  EXPECT_TRUE(server.wait_until_closed(milliseconds(5000)));
}

TEST(Cancellation, AnswersWithItsName) {
  HttpServer server;
  server.serve("/", test_support::silence());
  Fetching fetching;
  Reply reply;
  asio::cancellation_signal signal;
  asio::co_spawn(fetching.io, Fetching::keep(fetching.client, HttpRequest(server.url("/")), reply),
                 asio::bind_cancellation_slot(signal.slot(), asio::detached));
  asio::steady_timer timer(fetching.io, milliseconds(50));
  timer.async_wait([&](const boost::system::error_code&) { signal.emit(asio::cancellation_type::terminal); });
  fetching.io.run();
  ASSERT_TRUE(reply);
  ASSERT_FALSE(*reply);
  EXPECT_EQ(reply->error().error, NetError::cancelled);
}

TEST(Cancellation, ReachesWhatStillWaitsForItsTurn) {
  HttpServer server;
  server.serve("/slow", test_support::late(test_support::page("x"), milliseconds(300)));
  auto options = loopback_options();
  options.max_connections = 1;
  Fetching fetching(options);
  Reply first;
  Reply second;
  asio::co_spawn(fetching.io, Fetching::keep(fetching.client, HttpRequest(server.url("/slow")), first), asio::detached);
  asio::co_spawn(fetching.io, cancel_after(fetching.client, server.url("/slow"), milliseconds(50), second),
                 asio::detached);
  fetching.io.run();
  EXPECT_TRUE(first.value());
  EXPECT_FALSE(second);
  EXPECT_EQ(server.requests(), 1U);
}

TEST(Cancellation, OfAllEndsEachOnce) {
  HttpServer server;
  server.serve("*", test_support::silence());
  auto options = loopback_options();
  options.max_connections = 10;
  Fetching fetching(options);
  std::vector<Reply> replies(30);
  for (auto& reply : replies) {
    asio::co_spawn(fetching.io, Fetching::keep(fetching.client, HttpRequest(server.url("/")), reply), asio::detached);
  }
  asio::steady_timer timer(fetching.io, milliseconds(100));
  timer.async_wait([&](const boost::system::error_code&) {
    EXPECT_EQ(fetching.client.active(), 30U);
    fetching.client.cancel_all();
    EXPECT_EQ(fetching.client.active(), 0U);
  });
  fetching.io.run();
  for (const auto& reply : replies) {
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->error().error, NetError::cancelled);
  }
}

TEST(Cancellation, LeavesTheClientFitForMore) {
  HttpServer server;
  server.serve("/silence", test_support::silence());
  server.serve("/", test_support::page("x"));
  Fetching fetching;
  for (int i = 0; i < 20; ++i) {
    Reply reply;
    asio::co_spawn(fetching.io, cancel_after(fetching.client, server.url("/silence"), milliseconds(2), reply),
                   asio::detached);
    fetching.io.restart();
    fetching.io.run();
    ASSERT_TRUE(fetching.get(server.url("/")));
  }
}

TEST(EndOfClient, AnswersWhatIsUnderWay) {
  HttpServer server;
  server.serve("*", test_support::silence());
  asio::io_context io;
  auto options = loopback_options();
  options.max_connections = 2;
  auto client = std::make_unique<HttpClient>(io, options);
  std::vector<Reply> replies(5);
  for (auto& reply : replies) {
    asio::co_spawn(io, Fetching::keep(*client, HttpRequest(server.url("/")), reply), asio::detached);
  }
  asio::steady_timer timer(io, milliseconds(50));
  timer.async_wait([&](const boost::system::error_code&) { client.reset(); });
  io.run();
  for (const auto& reply : replies) {
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->error().error, NetError::cancelled);
  }
  EXPECT_TRUE(server.wait_until_closed(milliseconds(5000)));
}

TEST(EndOfClient, MayComeFromTheCoroutineThatItAnswered) {
  HttpServer server;
  server.serve("/", test_support::page("x"));
  asio::io_context io;
  auto client = std::make_unique<HttpClient>(io, loopback_options());
  bool is_done = false;
  auto use_and_end = [&]() -> asio::awaitable<void> {
    const std::string url = server.url("/");
    HttpRequest request(url);
    EXPECT_TRUE(co_await client->fetch(std::move(request)));
    client.reset();
    is_done = true;
  };
  asio::co_spawn(io, use_and_end, asio::detached);
  io.run();
  EXPECT_TRUE(is_done);
}

TEST(EndOfClient, WithALoopThatRunsNoMoreIsClean) {
  HttpServer server;
  server.serve("*", test_support::silence());
  asio::io_context io;
  HttpClient client(io, loopback_options());
  Reply reply;
  asio::co_spawn(io, Fetching::keep(client, HttpRequest(server.url("/")), reply), asio::detached);
  io.run_for(milliseconds(50));
  EXPECT_EQ(client.active(), 1U);
}

TEST(Loop, RestsWhenNothingIsUnderWay) {
  HttpServer server;
  server.serve("/", test_support::page("x"));
  Fetching fetching;
  ASSERT_TRUE(fetching.get(server.url("/")));
  fetching.io.restart();
  const auto start = steady_clock::now();
  fetching.io.run();
  EXPECT_LT(steady_clock::now() - start, milliseconds(500));
}

}  // namespace
}  // namespace sotevahti::net
