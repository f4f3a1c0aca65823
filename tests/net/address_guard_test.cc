// No connection reaches this machine or its neighbours, however the address is spelled
// (server-side request forgery), on any path of this room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/fetching.h"
#include "support/http_server.h"

namespace sotevahti::net {
namespace {

using test_support::HttpServer;
using testing::AnyOf;
using testing::HasSubstr;

// No resolver is asked for a label of 64 letters: a test must not leave the machine.
#define NOWHERE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

enum class Reading { address, resolvers, none };

struct Spelling {
  const char* host;
  Reading reading = Reading::address;  // by whom it may be taken for an address
};

constexpr Spelling spellings[] = {
    // This machine, where the canary listens.
    {"127.0.0.1"},
    {"127.1"},
    {"127.0.1"},
    {"127.0.0.1.", Reading::resolvers},
    {"0x7f.1"},
    {"0x7f000001"},
    {"0X7F.0x0.0x0.0x1"},
    {"2130706433"},
    {"0177.0.0.1"},
    {"017700000001"},
    {"00177.1"},
    {"127.255.255.254"},
    {"0"},
    {"0.0.0.0"},
    {"localhost"},
    {"LOCALHOST"},
    {"localhost.", Reading::resolvers},
    {"foo.localhost"},
    {"[::1]"},
    {"[0:0:0:0:0:0:0:1]"},
    {"[0000::0001]"},
    {"[::]"},
    {"[::ffff:127.0.0.1]"},
    {"[::ffff:7f00:1]"},
    {"[::ffff:0:127.0.0.1]"},
    {"[::127.0.0.1]"},
    {"[64:ff9b::7f00:1]"},
    {"[64:ff9b::127.0.0.1]"},
    {"[64:ff9b:1::7f00:1]"},
    {"[2002:7f00:1::]"},
    {"[2001:0:7f00:1::]"},
    {"[2001:0:808:808::80ff:fffe]"},
    {"[fe80::1]"},
    {"[fe80::1%25lo]"},
    {"user@127.0.0.1"},
    {"yle.fi@127.0.0.1"},
    {"user:80@127.0.0.1"},
    {"１２７.0.0.1"},
    {"①②⑦.⓪.⓪.①"},
    {"127。0。0。1"},
    {"%31%32%37.0.0.1"},
    {"127.0.0.1%00." NOWHERE, Reading::none},
    {"127.0.0.1%2f." NOWHERE, Reading::none},
    {"127.0.0.1%23@" NOWHERE, Reading::none},
    {"127.0.0.1\\@" NOWHERE, Reading::none},
    {"127.0.0.1 ." NOWHERE, Reading::none},
    // Its neighbours.
    {"10.0.0.1"},
    {"100.64.0.1"},
    {"169.254.169.254"},
    {"172.16.0.1"},
    {"192.168.1.1"},
    {"192.0.0.1"},
    {"198.18.0.1"},
    {"224.0.0.1"},
    {"240.0.0.1"},
    {"255.255.255.255"},
    {"[fd00::1]"},
    {"[ff02::1]"},
    {"[2002:a00:1::1]"},
    {"[::ffff:169.254.169.254]"}};

HttpServer::Options at(std::string address) {
  HttpServer::Options options;
  options.address = std::move(address);
  return options;
}

HttpClient::Options allowing(const std::string& network) {
  HttpClient::Options options;
  options.policy = AddressPolicy::parse({network}).value();
  return options;
}

TEST(AddressGuard, ACanaryOnThisMachineSeesNoConnectionDirectlyOrByRedirect) {
  HttpServer canary(at("::"));
  canary.serve("*", test_support::page("secret"));
  HttpServer redirecting(at("127.0.0.9"));
  Fetching fetching(allowing("127.0.0.9"));
  for (const auto& [host, reading] : spellings) {
    const std::string target =
        "http://" + std::string(host) + ":" + std::to_string(canary.port()) + "/latest/meta-data";
    redirecting.serve("/to", test_support::redirect(302, target));
    for (const std::string& url : {target, redirecting.url("/to")}) {
      const auto reply = fetching.get(url);
      ASSERT_FALSE(reply) << url << " to " << target;
      const bool is_blocked = reply.error().error == NetError::blocked_address;
      const bool is_unknown = reply.error().error == NetError::bad_url || reply.error().error == NetError::dns;
      EXPECT_TRUE((is_blocked && reading != Reading::none) || (is_unknown && reading != Reading::address))
          << target << ": " << to_string(reply.error().error) << ", " << reply.error().detail;
    }
  }
  EXPECT_EQ(canary.connections(), 0U);
  EXPECT_EQ(redirecting.requests(), std::size(spellings));
}

TEST(AddressGuard, SaysWhichAddressWasRefused) {
  Fetching fetching(HttpClient::Options{});
  const auto reply = fetching.get("http://foo.localhost:1/");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().error, NetError::blocked_address);
  EXPECT_THAT(reply.error().detail, AnyOf(HasSubstr("127.0.0.1 is not"), HasSubstr("::1 is not")));
}

TEST(AddressGuard, AConnectionThatIsOpenIsJudgedAgainBeforeEachRequest) {
  HttpServer server;
  server.serve("/", test_support::page("x"));
  Fetching fetching;
  ASSERT_TRUE(fetching.get(server.url("/")));
  fetching.client.set_policy(AddressPolicy());
  const auto reply = fetching.get(server.url("/"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().error, NetError::blocked_address);
  EXPECT_EQ(server.requests(), 1U);
  EXPECT_EQ(server.connections(), 1U);
}

TEST(AddressGuard, AnAllowanceServesItsPurposeAlone) {
  HttpServer server;
  server.serve("/", test_support::page("x"));
  boost::asio::io_context io;
  HttpClient webhooks(io, loopback_options());
  HttpClient feeds(io, HttpClient::Options{});
  std::optional<NetResult<HttpReply>> hook;
  std::optional<NetResult<HttpReply>> feed;
  boost::asio::co_spawn(io, Fetching::keep(webhooks, HttpRequest(server.url("/")), hook), boost::asio::detached);
  io.run();
  boost::asio::co_spawn(io, Fetching::keep(feeds, HttpRequest(server.url("/")), feed), boost::asio::detached);
  io.restart();
  io.run();
  EXPECT_TRUE(hook.value());
  ASSERT_FALSE(feed.value());
  EXPECT_EQ(feed.value().error().error, NetError::blocked_address);
  EXPECT_EQ(server.connections(), 1U);
}

TEST(AddressGuard, AnotherAddressOfTheSameNameMayServe) {
  // localhost is ::1 and 127.0.0.1; only the second is allowed.
  HttpServer server;
  server.serve("/", test_support::page("x"));
  Fetching fetching(allowing("127.0.0.1"));
  const auto reply = fetching.get(server.url("/", "localhost"));
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->body, "x");
}

TEST(AddressGuard, BehindAProxyAddressesInUrlsAreStillJudged) {
  HttpServer proxy;
  proxy.serve("*", test_support::page("by proxy"));
  auto options = HttpClient::Options();
  options.proxy = proxy.url("");
  Fetching fetching(options);
  const auto reply = fetching.get("http://" NOWHERE ".fi/feed");
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->body, "by proxy");
  EXPECT_EQ(proxy.seen().at(0).target, "http://" NOWHERE ".fi/feed");
  for (const char* url : {"http://169.254.169.254/", "http://0x7f.1/", "http://[::1]/", "http://localhost/",
                          "http://a.localhost/", "http://LOCALHOST./"}) {
    const auto refused = fetching.get(std::string(url));
    ASSERT_FALSE(refused) << url;
    EXPECT_EQ(refused.error().error, NetError::blocked_address) << url;
  }
  EXPECT_EQ(proxy.requests(), 1U);
}

}  // namespace
}  // namespace sotevahti::net
