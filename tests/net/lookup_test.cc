// Look-ups: a name whose addresses change between one and the next (DNS rebinding) opens no
// door, for what is judged is the address that is connected to; and there are never more
// look-ups at a time, each a thread, than requests are allowed.
#include <arpa/inet.h>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <string_view>
#include <thread>
#include <vector>

#include "net/fetching.h"
#include "support/http_server.h"

namespace {

// What the next look-up of a name under rebinding.example answers.
std::atomic<const char*> first_answer{"127.0.0.9"};
std::atomic<int> lookups{0};
std::atomic<int> at_once{0};
std::atomic<int> most_at_once{0};

}  // namespace

// In place of the system's, for this program: curl's look-ups come here.
extern "C" int getaddrinfo(const char* name, const char* service, const struct addrinfo* hints,
                           struct addrinfo** result) {
  using Real = int (*)(const char*, const char*, const struct addrinfo*, struct addrinfo**);
  static const Real real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  const bool ours = name != nullptr && std::string_view(name).ends_with("rebinding.example");
  if (!ours) return real(name, service, hints, result);
  ++lookups;
  const int now = ++at_once;
  for (int most = most_at_once; now > most && !most_at_once.compare_exchange_weak(most, now);) {}
  if (std::string_view(name).starts_with("slow")) std::this_thread::sleep_for(std::chrono::milliseconds(30));
  --at_once;
  return real(first_answer.load(), service, hints, result);
}

namespace sotevahti::net {
namespace {

using test_support::HttpServer;

HttpServer::Options at(std::string address, std::uint16_t port = 0) {
  HttpServer::Options options;
  options.address = std::move(address);
  options.port = port;
  return options;
}

HttpClient::Options allowing_one() {
  HttpClient::Options options;
  options.policy = AddressPolicy::parse({"127.0.0.9/32"}).value();
  return options;
}

TEST(Rebinding, ANameThatTurnsToThisMachineIsRefused) {
  HttpServer stranger(at("127.0.0.9"));
  test_support::Answer page = test_support::page("x");
  page.ending = test_support::Answer::Ending::close;  // the next request needs a connection of its own
  stranger.serve("/", page);
  HttpServer canary(at("127.0.0.1", stranger.port()));
  canary.serve("*", test_support::page("secret"));
  const std::string url = stranger.url("/", "a.rebinding.example");

  first_answer = "127.0.0.9";
  {
    Fetching fetching(allowing_one());
    const auto first = fetching.get(url);
    ASSERT_TRUE(first) << first.error().detail;
  }
  ASSERT_GE(lookups, 1);
  first_answer = "127.0.0.1";
  Fetching fetching(allowing_one());
  const auto second = fetching.get(url);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().error, NetError::blocked_address) << second.error().detail;
  EXPECT_GE(lookups, 2);
  EXPECT_EQ(canary.connections(), 0U);
  EXPECT_EQ(stranger.requests(), 1U);
}

TEST(Rebinding, ARedirectToANameThatTurnedIsRefused) {
  HttpServer stranger(at("127.0.0.9"));
  HttpServer canary(at("127.0.0.1", stranger.port()));
  canary.serve("*", test_support::page("secret"));
  stranger.serve("/", test_support::redirect(302, stranger.url("/x", "b.rebinding.example")));
  first_answer = "127.0.0.1";
  Fetching fetching(allowing_one());
  const auto reply = fetching.get(stranger.url("/"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().error, NetError::blocked_address);
  EXPECT_EQ(canary.connections(), 0U);
}

TEST(LookUps, AreNeverMoreThanRequestsAtATime) {
  HttpServer server(at("127.0.0.9"));
  server.serve("/", test_support::page("x"));
  first_answer = "127.0.0.9";
  lookups = most_at_once = 0;
  HttpClient::Options options = allowing_one();
  options.max_connections = 8;
  Fetching fetching(options);
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 60; ++i)
    requests.emplace_back(server.url("/", "slow" + std::to_string(i) + ".rebinding.example"));
  for (const auto& reply : fetching.get_all(std::move(requests))) EXPECT_TRUE(reply);
  EXPECT_EQ(lookups, 60);
  EXPECT_LE(most_at_once, 8);
  EXPECT_GE(most_at_once, 2);
}

}  // namespace
}  // namespace sotevahti::net
