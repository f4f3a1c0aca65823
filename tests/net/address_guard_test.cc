// No connection reaches this machine or its neighbours, however the address is spelled
// (server-side request forgery), on any path of this room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/fetching.h"
#include "support/disguised_addresses.h"
#include "support/http_server.h"

namespace sotevahti::net {
namespace {

using test_support::HttpServer;
using test_support::Reading;
using testing::AnyOf;
using testing::HasSubstr;

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
  for (const auto& [host, reading] : test_support::disguised_addresses) {
    const std::string target =
        "http://" + std::string(host) + ":" + std::to_string(canary.port()) + "/latest/meta-data";
    redirecting.serve("/to", test_support::redirect(302, target));
    for (const std::string& url : {target, redirecting.url("/to")}) {
      const auto reply = fetching.get(url);
      ASSERT_FALSE(reply) << url << " to " << target;
      const bool is_blocked = reply.error().error == NetError::blocked_address;
      const bool is_unknown = reply.error().error == NetError::bad_url || reply.error().error == NetError::dns;
      const bool is_of_user = url != target && std::string_view(host).find('@') !=
                                                   std::string_view::npos;  // refused before anybody is asked
      EXPECT_TRUE((is_blocked && reading != Reading::none) || (is_unknown && reading != Reading::address) || is_of_user)
          << target << ": " << to_string(reply.error().error) << ", " << reply.error().detail;
    }
  }
  EXPECT_EQ(canary.connections(), 0U);
  EXPECT_EQ(redirecting.requests(), std::size(test_support::disguised_addresses));
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
  const auto reply = fetching.get("http://" SOTEVAHTI_NOWHERE ".fi/feed");
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->body, "by proxy");
  EXPECT_EQ(proxy.seen().at(0).target, "http://" SOTEVAHTI_NOWHERE ".fi/feed");
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
