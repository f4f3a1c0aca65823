#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/fetching.h"
#include "support/http_server.h"

namespace sotevahti::net {
namespace {

using test_support::HttpServer;
using testing::HasSubstr;

class TlsTest : public testing::Test {
 protected:
  static HttpServer::Options for_name(std::string name) {
    HttpServer::Options options;
    options.tls_name = std::move(name);
    return options;
  }
  static HttpClient::Options trusting(const HttpServer& server) {
    auto options = loopback_options();
    options.ca_file = server.ca_file();
    return options;
  }
};

TEST_F(TlsTest, SpeaksToACertificateThatItTrusts) {
  HttpServer server(for_name("localhost"));
  server.serve("/", test_support::page("secure"));
  Fetching fetching(trusting(server));
  for (int i = 0; i < 3; ++i) {
    const auto reply = fetching.get(server.url("/"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(reply->body, "secure");
  }
  EXPECT_EQ(server.connections(), 1U);
}

TEST_F(TlsTest, AWrongNameIsATlsError) {
  HttpServer server(for_name("www.example.fi"));
  server.serve("/", test_support::page("secure"));
  Fetching fetching(trusting(server));
  const auto reply = fetching.get(server.url("/", "localhost"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().error, NetError::tls);
  EXPECT_THAT(reply.error().detail, HasSubstr("localhost"));
  EXPECT_EQ(server.requests(), 0U);
}

TEST_F(TlsTest, AnUnknownIssuerIsATlsError) {
  HttpServer server(for_name("localhost"));
  HttpServer other(for_name("localhost"));
  Fetching fetching(trusting(other));
  const auto reply = fetching.get(server.url("/"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().error, NetError::tls);
  EXPECT_EQ(server.requests(), 0U);
}

TEST_F(TlsTest, TheSystemsListTrustsNoStranger) {
  HttpServer server(for_name("localhost"));
  Fetching fetching;
  const auto reply = fetching.get(server.url("/"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().error, NetError::tls) << reply.error().detail;
}

TEST_F(TlsTest, AHandshakeThatHangsEndsAtTheConnectTimeout) {
  HttpServer plain;  // waits for a request and never speaks TLS
  Fetching fetching;
  HttpRequest request("https://127.0.0.1:" + std::to_string(plain.port()) + "/");
  request.connect_timeout = std::chrono::milliseconds(200);
  const auto reply = fetching.get(request);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().error, NetError::timeout);
  EXPECT_THAT(reply.error().detail, HasSubstr("SSL"));
}

TEST_F(TlsTest, RedirectsMayLeadFromHttpToHttps) {
  HttpServer plain;
  HttpServer secure(for_name("localhost"));
  plain.serve("/", test_support::redirect(301, secure.url("/feed")));
  secure.serve("/feed", test_support::page("<rss/>"));
  Fetching fetching(trusting(secure));
  const auto reply = fetching.get(plain.url("/"));
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->effective_url, secure.url("/feed"));
}

}  // namespace
}  // namespace sotevahti::net
