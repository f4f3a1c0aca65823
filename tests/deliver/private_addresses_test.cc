// No webhook leads to this machine or its neighbours, however its address is spelled, and
// what feeds are allowed is not allowed to webhooks.
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>

#include "deliver/webhook_attempt.h"
#include "support/disguised_addresses.h"
#include "support/http_server.h"

namespace sotevahti::deliver {
namespace {

using test_support::HttpServer;

WebhookAnswer attempt(const std::string& address, const std::vector<std::string>& allowed) {
  boost::asio::io_context io;
  net::HttpClient::Options options;
  options.policy = net::AddressPolicy::parse(allowed).value();
  net::HttpClient client(io, std::move(options));
  archive::OutboxRow row;
  row.recipient = address;
  row.payload = "{}";
  row.channel.style = "plain";
  WebhookAnswer answer;
  boost::asio::co_spawn(io, attempt_webhook(client, row, "sotevahti/test", base::from_unix(1771584000)),
                        [&](std::exception_ptr failure, WebhookAnswer got) {
                          if (failure) std::rethrow_exception(failure);
                          answer = std::move(got);
                        });
  io.run();
  return answer;
}

TEST(WebhookAddresses, ACanaryOnThisMachineSeesNoConnection) {
  HttpServer::Options everywhere;
  everywhere.address = "::";
  HttpServer canary(everywhere);
  canary.serve("*", test_support::page("secret"));
  for (const auto& [host, reading] : test_support::disguised_addresses) {
    for (const char* scheme : {"http://", "https://"}) {
      const std::string address = scheme + std::string(host) + ":" + std::to_string(canary.port()) + "/hook";
      EXPECT_NE(attempt(address, {}).kind, WebhookAnswer::Kind::taken) << address;
    }
  }
  EXPECT_EQ(canary.connections(), 0U);
  EXPECT_EQ(attempt("http://127.0.0.1:" + std::to_string(canary.port()) + "/hook", {"127.0.0.1/32"}).kind,
            WebhookAnswer::Kind::taken);
  EXPECT_EQ(canary.connections(), 1U);
}

TEST(WebhookAddresses, ARedirectIsNotFollowed) {
  HttpServer::Options elsewhere;
  elsewhere.address = "127.0.0.9";
  HttpServer stranger(elsewhere);
  HttpServer canary;
  stranger.serve("/hook", test_support::redirect(307, canary.url("/latest/meta-data")));
  EXPECT_NE(attempt(stranger.url("/hook"), {"127.0.0.9/32"}).kind, WebhookAnswer::Kind::taken);
  EXPECT_EQ(stranger.requests(), 1U);
  EXPECT_EQ(canary.connections(), 0U);
}

}  // namespace
}  // namespace sotevahti::deliver
