// What a hostile or broken server can cost: a bounded time, a bounded number of bytes, and an error with its
// name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "net/fetching.h"
#include "support/http_server.h"

namespace sotevahti::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using test_support::Answer;
using test_support::HttpServer;
using testing::HasSubstr;

// What the kernel's socket buffers may take beyond what the client read.
constexpr std::size_t socket_buffers = std::size_t{12} << 20;

// A page that says of itself how it is packed.
Answer packed(std::string_view encoding, std::string body) {
  Answer answer = test_support::page(std::move(body));
  answer.headers.emplace_back("Content-Encoding", encoding);
  return answer;
}

class HostileServer : public testing::Test {
 protected:
  NetFailure failure_of(HttpRequest request) {
    const auto start = steady_clock::now();
    const auto reply = fetching_.get(std::move(request));
    spent_ = std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
    EXPECT_FALSE(reply) << "status " << reply->status;
    return reply ? NetFailure{NetError::cancelled, "there was a reply"} : reply.error();
  }
  NetFailure failure_of(std::string_view path) { return failure_of(HttpRequest(server_.url(path))); }

  // A transfer that failed half-way leaves no connection behind.
  void expect_closed() { EXPECT_TRUE(server_.wait_until_closed(milliseconds(5000))); }

  HttpServer server_;
  Fetching fetching_;
  milliseconds spent_{0};
};

HttpRequest within(const std::string& url, milliseconds timeout) {
  HttpRequest request(url);
  request.timeout = timeout;
  return request;
}

TEST_F(HostileServer, SilenceEndsAtTheTimeout) {
  server_.serve("/", test_support::silence());
  const auto failure = failure_of(within(server_.url("/"), milliseconds(300)));
  EXPECT_EQ(failure.error, NetError::timeout);
  EXPECT_THAT(failure.detail, HasSubstr("no answer"));
  EXPECT_GE(spent_.count(), 290);
  EXPECT_LT(spent_.count(), 2000);
  expect_closed();
}

TEST_F(HostileServer, SlowHeadersEndAtTheTimeout) {
  server_.serve("/", test_support::slowly(test_support::page("<rss/>"), 1, milliseconds(50)));
  const auto failure = failure_of(within(server_.url("/"), milliseconds(400)));
  EXPECT_EQ(failure.error, NetError::timeout);
  EXPECT_LT(spent_.count(), 2000);
  EXPECT_LT(server_.bytes_sent(), 100U);
  expect_closed();
}

TEST_F(HostileServer, ASlowBodyEndsAtTheTimeout) {
  server_.serve("/", test_support::slowly(test_support::page(std::string(10000, 'x')), 200, milliseconds(50)));
  const auto failure = failure_of(within(server_.url("/"), milliseconds(400)));
  EXPECT_EQ(failure.error, NetError::timeout);
  EXPECT_THAT(failure.detail, HasSubstr("did not end"));
}

TEST_F(HostileServer, ATrickleEndsBeforeTheTimeout) {
  auto options = loopback_options();
  options.stall_timeout = std::chrono::seconds(1);
  Fetching impatient(options);
  server_.serve("/", test_support::slowly(test_support::page(std::string(10000, 'x')), 1, milliseconds(100)));
  const auto start = steady_clock::now();
  const auto reply = impatient.get(server_.url("/"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().error, NetError::timeout);
  EXPECT_THAT(reply.error().detail, HasSubstr("too slow"));
  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(HostileServer, AnEndlessBodyEndsAtTheLimit) {
  server_.serve("/", test_support::endless_body());
  HttpRequest request(server_.url("/"));
  request.max_bytes = 1 << 20;
  const auto failure = failure_of(request);
  EXPECT_EQ(failure.error, NetError::too_large);
  EXPECT_THAT(failure.detail, HasSubstr("1048576"));
  EXPECT_LT(server_.bytes_sent(), request.max_bytes + socket_buffers);
  expect_closed();
}

TEST_F(HostileServer, ExactlyTheLimitPasses) {
  server_.serve("/", test_support::page(std::string(5000, 'x')));
  HttpRequest request(server_.url("/"));
  request.max_bytes = 5000;
  EXPECT_EQ(fetching_.get(request)->body.size(), 5000U);
  request.max_bytes = 4999;
  EXPECT_EQ(failure_of(request).error, NetError::too_large);
}

TEST_F(HostileServer, BeyondAModestSizeItGrowsWithLeaveOnly) {
  server_.serve("/", test_support::page(std::string(50'000, 'x')));
  HttpRequest request(server_.url("/"));
  int asked = 0;
  bool leave = true;
  request.may_grow = [&] {
    ++asked;
    return leave;
  };
  request.modest_bytes = 50'000;
  EXPECT_EQ(fetching_.get(request)->body.size(), 50'000U);
  EXPECT_EQ(asked, 0);
  request.modest_bytes = 49'999;
  EXPECT_EQ(fetching_.get(request)->body.size(), 50'000U);
  EXPECT_EQ(asked, 1);
  leave = false;
  EXPECT_EQ(failure_of(request).error, NetError::too_large);
}

TEST_F(HostileServer, AGzipBombIsCountedUnpacked) {
  server_.serve("/", test_support::gzip_bomb(std::size_t{256} << 20));
  const auto failure = failure_of("/");
  EXPECT_EQ(failure.error, NetError::too_large);
  EXPECT_LT(spent_.count(), 5000);
}

TEST_F(HostileServer, ABombOfManyLayersIsRefused) {
  std::string body = test_support::gzip(std::string(10 << 20, '\0'));
  std::string encodings = "gzip";
  for (int i = 0; i < 9; ++i) {
    body = test_support::gzip(body);
    encodings += ", gzip";
  }
  server_.serve("/", packed(encodings, body));
  EXPECT_EQ(failure_of("/").error, NetError::packing);
}

TEST_F(HostileServer, BrokenGzipIsAnError) {
  std::string broken = test_support::gzip("<rss/>");
  broken[broken.size() - 8] ^= 0x55;  // of its CRC
  server_.serve("/", packed("gzip", broken));
  EXPECT_EQ(failure_of("/").error, NetError::packing);
}

TEST_F(HostileServer, APackedBodyWithSomethingBehindItIsNamed) {
  server_.serve("/", packed("gzip", test_support::gzip("<rss/>") + "junk that follows"));
  const auto failure = failure_of("/");
  EXPECT_EQ(failure.error, NetError::packing);
  EXPECT_THAT(failure.detail, HasSubstr("Content-Encoding"));
  EXPECT_EQ(server_.seen().size(), 1U);
}

TEST_F(HostileServer, AskedForUnpackedABodyIsTakenAsItComes) {
  HttpRequest request(server_.url("/"));
  request.unpacked = true;
  for (const char* encoding : {"gzip", "br", "UTF-8", "none"}) {
    server_.serve("/", packed(encoding, "\n<rss/>"));
    EXPECT_EQ(fetching_.get(request)->body, "\n<rss/>") << encoding;
  }
  EXPECT_EQ(server_.seen()[0].header("Accept-Encoding"), "identity");
  for (const auto& [encoding, body] : {std::pair("gzip", test_support::gzip("<rss/>")), {"br", "no brotli at all"}}) {
    server_.serve("/", packed(encoding, body));
    EXPECT_EQ(failure_of(request).error, NetError::packing) << encoding;
  }
  server_.serve("/", test_support::gzipped("<rss/>"));
  EXPECT_EQ(fetching_.get(HttpRequest(server_.url("/")))->body, "<rss/>") << "the next request is like any other";
}

TEST_F(HostileServer, ARedirectAndAnErrorCountWhateverTheirBodiesAre) {
  Answer moved = packed("gzip", "<html>this is no gzip at all</html>");
  moved.status = 301;
  moved.headers.emplace_back("Location", "/new");
  server_.serve("/", moved);
  server_.serve("/new", test_support::page("<rss/>"));
  EXPECT_EQ(fetching_.get(HttpRequest(server_.url("/")))->body, "<rss/>");
  Answer busy = packed("gzip", "<html>later</html>");
  busy.status = 429;
  busy.headers.emplace_back("Retry-After", "3600");
  server_.serve("/busy", busy);
  const auto reply = fetching_.get(HttpRequest(server_.url("/busy")));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 429);
  EXPECT_EQ(reply->header("retry-after"), "3600");
  EXPECT_EQ(server_.seen().size(), 3U);
}

TEST_F(HostileServer, EndlessHeadersEndAtTheLimit) {
  server_.serve("/", test_support::endless_headers());
  const auto failure = failure_of("/");
  EXPECT_EQ(failure.error, NetError::too_large);
  EXPECT_THAT(failure.detail, HasSubstr("headers"));
  EXPECT_LT(server_.bytes_sent(), socket_buffers);
  expect_closed();
  EXPECT_LT(spent_.count(), 5000);
}

TEST_F(HostileServer, AnEndlessHeaderLineEndsAtALimit) {
  server_.serve("/", test_support::endless_header_line());
  const auto failure = failure_of("/");
  EXPECT_EQ(failure.error, NetError::too_large);
  EXPECT_THAT(failure.detail, HasSubstr("header line"));
  EXPECT_LT(server_.bytes_sent(), socket_buffers);
}

TEST_F(HostileServer, EndlessForerunnersEndAtTheLimit) {
  Answer answer;
  answer.cut_after = 0;
  answer.endless = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n";
  server_.serve("/", answer);
  EXPECT_EQ(failure_of("/").error, NetError::too_large);
}

TEST_F(HostileServer, AResetIsAResetWhereverItComes) {
  const Answer whole = test_support::page(std::string(20000, 'x'));
  const std::size_t size = test_support::to_bytes(whole, true).size();
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, std::size_t{12}, std::size_t{40}, std::size_t{100},
                                  std::size_t{4096}, std::size_t{16500}, size - 1}) {
    server_.serve("/", test_support::reset_after(whole, bytes));
    const auto failure = failure_of("/");
    EXPECT_EQ(failure.error, NetError::reset) << bytes << ": " << failure.detail;
  }
}

TEST_F(HostileServer, AShortBodyIsAnError) {
  server_.serve("/", test_support::wrong_length("<rss>half", 1000));
  const auto failure = failure_of("/");
  EXPECT_EQ(failure.error, NetError::reset);
  EXPECT_THAT(failure.detail, HasSubstr("991 bytes remaining"));
}

TEST_F(HostileServer, ABodyLongerThanItsLengthIsCutAndItsConnectionNotUsedAgain) {
  server_.serve("/", test_support::wrong_length("<rss/>HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", 6));
  server_.serve("/next", test_support::page("good"));
  EXPECT_EQ(fetching_.get(server_.url("/"))->body, "<rss/>");
  EXPECT_EQ(fetching_.get(server_.url("/next"))->body, "good");
}

TEST_F(HostileServer, ATruncatedChunkIsAnError) {
  Answer answer = test_support::page(std::string(5000, 'x'));
  answer.length = Answer::Length::chunked;
  server_.serve("/", test_support::reset_after(answer, 2000));
  EXPECT_EQ(failure_of("/").error, NetError::reset);
}

TEST_F(HostileServer, AnotherProtocolIsNoHttp) {
  server_.serve("/", test_support::no_http());
  EXPECT_EQ(failure_of("/").error, NetError::protocol);
  EXPECT_LT(server_.bytes_sent(), socket_buffers);
}

TEST_F(HostileServer, ControlBytesInHeadersReachNobody) {
  Answer answer = test_support::page("x");
  answer.headers.emplace_back("ETag", "\"a\rX-Evil: 1\"");
  server_.serve("/", answer);
  const auto reply = fetching_.get(server_.url("/"));
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->header("etag"), "\"a X-Evil: 1\"");
}

TEST_F(HostileServer, ErrorsAreOneLineWhateverTheServerSays) {
  Answer answer;
  answer.cut_after = 0;
  answer.endless = "HTTP/9.9 \x1b[31mred\x1b]0;title\x07 200\r\n\r\n";
  server_.serve("/", answer);
  const auto failure = failure_of("/");
  EXPECT_EQ(failure.detail.find_first_of("\r\n\x1b\x07"), std::string::npos) << failure.detail;

  server_.serve("/to", test_support::redirect(302, "ftp://h/\x1b[31m\x9b"));
  const auto redirected = failure_of("/to");
  EXPECT_EQ(redirected.error, NetError::bad_url);
  EXPECT_EQ(redirected.detail.find_first_of("\r\n\x1b"), std::string::npos) << redirected.detail;
}

TEST_F(HostileServer, ARedirectLoopEndsAtTheLimit) {
  server_.serve("/a", test_support::redirect(301, "/b"));
  server_.serve("/b", test_support::redirect(301, "/a"));
  const auto failure = failure_of("/a");
  EXPECT_EQ(failure.error, NetError::too_many_redirects);
  EXPECT_EQ(server_.requests(), 6U) << "the first and five more";
}

TEST_F(HostileServer, ARedirectToItselfEndsAtTheLimit) {
  server_.serve("/a", test_support::redirect(308, "/a"));
  HttpRequest request(server_.url("/a"));
  request.max_redirects = 2;
  EXPECT_EQ(failure_of(request).error, NetError::too_many_redirects);
  EXPECT_EQ(server_.requests(), 3U);
}

TEST_F(HostileServer, RedirectsShareOneTimeout) {
  server_.serve("*", [](const test_support::SeenRequest& request) {
    return test_support::late(test_support::redirect(302, request.target + "x"), milliseconds(150));
  });
  const auto failure = failure_of(within(server_.url("/"), milliseconds(400)));
  EXPECT_EQ(failure.error, NetError::timeout);
  EXPECT_LT(spent_.count(), 2000);
  EXPECT_LE(server_.requests(), 3U);
}

TEST_F(HostileServer, ARedirectsOwnBodyIsNotReadToItsEnd) {
  Answer endless = test_support::endless_body();
  endless.status = 302;
  endless.headers.emplace_back("Location", "/feed");
  server_.serve("/", endless);
  server_.serve("/feed", test_support::page("<rss/>"));
  const auto reply = fetching_.get(server_.url("/"));
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->body, "<rss/>");
  EXPECT_LT(server_.bytes_sent(), socket_buffers);
}

TEST_F(HostileServer, RedirectsLeadToHttpOnly) {
  for (const char* location : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:25/_HELO", "javascript:1",
                               "dict://127.0.0.1:11211/stat", "smtp://127.0.0.1/"}) {
    server_.serve("/", test_support::redirect(302, location));
    const auto failure = failure_of("/");
    EXPECT_EQ(failure.error, NetError::bad_url) << location;
    EXPECT_THAT(failure.detail, HasSubstr("302"));
  }
}

TEST_F(HostileServer, NobodyListeningIsAConnectError) {
  std::uint16_t port = 0;
  {
    const HttpServer gone;
    port = gone.port();
  }
  const auto failure = failure_of(HttpRequest("http://127.0.0.1:" + std::to_string(port) + "/"));
  EXPECT_EQ(failure.error, NetError::connect);
}

TEST_F(HostileServer, AFailingLookupIsADnsError) {
  // Too long a label fails in the resolver before any packet.
  const auto failure = failure_of(HttpRequest("http://" + std::string(64, 'a') + ".invalid/"));
  EXPECT_EQ(failure.error, NetError::dns) << failure.detail;
  EXPECT_THAT(failure.detail, HasSubstr("aaaa"));
}

TEST_F(HostileServer, HealthyFeedsAreOnTimeBesideHostileOnes) {
  server_.serve("/silence", test_support::silence());
  server_.serve("/endless", test_support::slowly(test_support::endless_body(), 0, milliseconds(1)));
  server_.serve("/healthy", test_support::page("<rss/>"));
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 50; ++i)
    requests.push_back(within(server_.url(i % 2 == 0 ? "/silence" : "/endless"), milliseconds(1500)));
  for (int i = 0; i < 150; ++i) requests.emplace_back(server_.url("/healthy"));
  const auto start = steady_clock::now();
  const auto replies = fetching_.get_all(requests);
  for (std::size_t i = 50; i < replies.size(); ++i) ASSERT_TRUE(replies[i]) << replies[i].error().detail;
  auto last_healthy = start;
  for (const auto& seen : server_.seen("/healthy")) last_healthy = std::max(last_healthy, seen.at);
  EXPECT_LT(last_healthy - start, milliseconds(1000));
  for (std::size_t i = 0; i < 50; ++i) EXPECT_FALSE(replies[i]);
}

}  // namespace
}  // namespace sotevahti::net
