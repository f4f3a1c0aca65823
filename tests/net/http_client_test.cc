#include "net/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "net/fetching.h"
#include "support/http_server.h"

namespace sotevahti::net {
namespace {

using test_support::Answer;
using test_support::HttpServer;
using test_support::SeenRequest;
using testing::ElementsAre;
using testing::HasSubstr;

class HttpClientTest : public testing::Test {
 protected:
  HttpServer server_;
  Fetching fetching_;

  NetResult<HttpReply> get(std::string_view path) { return fetching_.get(server_.url(path)); }
};

TEST_F(HttpClientTest, GivesStatusHeadersAndBody) {
  Answer answer = test_support::page("<rss/>");
  answer.headers.emplace_back("X-Powered-BY", " Dynasty  ");
  answer.headers.emplace_back("X-Empty", "");
  server_.serve("/feed", answer);
  const auto reply = get("/feed");
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->body, "<rss/>");
  EXPECT_EQ(reply->header("content-type"), "application/rss+xml; charset=utf-8");
  EXPECT_EQ(reply->header("x-powered-by"), "Dynasty");
  EXPECT_EQ(reply->header("x-empty"), "");
  EXPECT_EQ(reply->header("x-none"), "");
  EXPECT_EQ(reply->effective_url, server_.url("/feed"));
  EXPECT_TRUE(reply->redirects.empty());
  EXPECT_GT(reply->wire_bytes, reply->body.size());
}

TEST_F(HttpClientTest, AStatusIsAReplyAndNoError) {
  for (const int status : {201, 204, 400, 401, 403, 404, 410, 418, 500, 502, 503}) {
    Answer answer = test_support::html_page();
    answer.status = status;
    server_.serve("/status", answer);
    const auto reply = get("/status");
    ASSERT_TRUE(reply) << status;
    EXPECT_EQ(reply->status, status);
  }
}

TEST_F(HttpClientTest, TellsNothingThatItWasNotToldToTell) {
  setenv("http_proxy", "http://127.0.0.1:1/", 1);  // NOLINT(concurrency-mt-unsafe)
  Answer answer = test_support::redirect(302, "/next");
  answer.headers.emplace_back("Set-Cookie", "id=1; Path=/");
  server_.serve("/", answer);
  server_.serve("/next", test_support::page("x"));
  HttpRequest request(server_.url("/"));
  request.user_agent = "sotevahti/1.0 (+mailto:yllapito@example.fi)";
  request.headers = {{"Accept", "application/rss+xml"}};
  ASSERT_TRUE(fetching_.get(request));
  ASSERT_TRUE(fetching_.get(request));
  unsetenv("http_proxy");  // NOLINT(concurrency-mt-unsafe)

  const auto seen = server_.seen();
  ASSERT_EQ(seen.size(), 4U);
  for (const auto& one : seen) {
    EXPECT_EQ(one.method, "GET");
    EXPECT_EQ(one.header("User-Agent"), "sotevahti/1.0 (+mailto:yllapito@example.fi)");
    EXPECT_EQ(one.header("Accept"), "application/rss+xml");
    EXPECT_EQ(one.header("Accept-Encoding"), "gzip, br");
    EXPECT_FALSE(one.header("Cookie"));
    EXPECT_FALSE(one.header("Referer"));
    EXPECT_EQ(one.headers.size(), 4U) << "these and Host";
  }
}

TEST_F(HttpClientTest, SendsNoUserAgentOfItsOwn) {
  server_.serve("/", test_support::page("x"));
  HttpRequest named(server_.url("/"));
  named.user_agent = "one";
  ASSERT_TRUE(fetching_.get(named));
  ASSERT_TRUE(get("/"));
  EXPECT_EQ(server_.seen()[0].header("User-Agent"), "one");
  EXPECT_FALSE(server_.seen()[1].header("User-Agent")) << "left over from the request before";
}

TEST_F(HttpClientTest, UnpacksGzipAndBrotli) {
  const std::string text = "<rss>" + std::string(100000, 'a') + "</rss>";
  server_.serve("/gzip", test_support::gzipped(text));
  const auto packed = get("/gzip");
  ASSERT_TRUE(packed);
  EXPECT_EQ(packed->body, text);
  EXPECT_LT(packed->wire_bytes, 2000U);

  constexpr std::array<unsigned char, 50> brotli = {
      0x1b, 0x2f, 0x00, 0xf8, 0x8d, 0xd4, 0x51, 0x8d, 0xcb, 0xdd, 0xa0, 0x36, 0x97, 0xaa, 0x74, 0x61, 0xa1,
      0xc8, 0x52, 0x1f, 0xcc, 0xb2, 0xa8, 0xc7, 0xe0, 0x7b, 0x36, 0x48, 0x4b, 0x12, 0xac, 0x6a, 0x01, 0x1d,
      0x76, 0x54, 0xf7, 0x46, 0xba, 0x42, 0xcd, 0xd8, 0x3b, 0x46, 0xd6, 0x4f, 0xc1, 0x38, 0xb1, 0x02};
  Answer answer = test_support::page(std::string(brotli.begin(), brotli.end()));
  answer.headers.emplace_back("Content-Encoding", "br");
  server_.serve("/br", answer);
  EXPECT_EQ(get("/br")->body, "<rss>tyydytystä ja terveyttä, terveyttä</rss>");
}

TEST_F(HttpClientTest, ReadsChunkedAndUncountedBodies) {
  Answer answer = test_support::page(std::string(54321, 'x'));
  answer.length = Answer::Length::chunked;
  server_.serve("/chunked", answer);
  answer.length = Answer::Length::until_close;
  server_.serve("/uncounted", answer);
  EXPECT_EQ(get("/chunked")->body, answer.body);
  EXPECT_EQ(get("/uncounted")->body, answer.body);
}

TEST_F(HttpClientTest, SendsABodyByPost) {
  server_.serve("/hook", test_support::page("ok"));
  HttpRequest request(server_.url("/hook"));
  request.method = Method::post;
  request.body = std::string("{\"a\":\0}", 7) + std::string(2 << 20, 'x');
  request.headers = {{"Content-Type", "application/json"}, {"webhook-id", "msg_1"}};
  const auto reply = fetching_.get(request);
  ASSERT_TRUE(reply) << reply.error().detail;
  const auto seen = server_.seen().at(0);
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.body, request.body);
  EXPECT_EQ(seen.header("Content-Type"), "application/json");
  EXPECT_EQ(seen.header("webhook-id"), "msg_1");
  EXPECT_FALSE(seen.header("Expect")) << "waits a second at servers that do not know it";
}

TEST_F(HttpClientTest, OneHandleServesEachMethodInTurn) {
  server_.serve("/", test_support::page("body"));
  std::vector<std::string> bodies;
  for (const Method method : {Method::post, Method::head, Method::get, Method::head, Method::post, Method::get}) {
    HttpRequest request(server_.url("/"));
    request.method = method;
    if (method == Method::post) request.body = "sent";
    const auto reply = fetching_.get(request);
    ASSERT_TRUE(reply) << reply.error().detail;
    bodies.push_back(reply->body);
  }
  EXPECT_THAT(bodies, ElementsAre("body", "", "body", "", "body", "body"));
  std::vector<std::string> methods;
  for (const auto& seen : server_.seen()) methods.push_back(seen.method + ":" + seen.body);
  EXPECT_THAT(methods, ElementsAre("POST:sent", "HEAD:", "GET:", "HEAD:", "POST:sent", "GET:"));
  EXPECT_EQ(server_.connections(), 1U);
}

TEST_F(HttpClientTest, SendsValidatorsBackByteForByte) {
  for (const std::string etag : {"\"abc\"", "W/\"abc\"", "w/\"abc\"", "abc", "'abc'", "\"a\"b\"", "\"\xe4\xf6\"",
                                 "\"\"", "abc-gzip", "W/abc", "\"a,b\"", "\"a\\\"b\"", "0", "{3F2504E0}", "\"a  b\""}) {
    server_.serve("/feed", test_support::validated("<rss/>", etag));
    const auto first = get("/feed");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->header("etag"), etag);
    HttpRequest again(server_.url("/feed"));
    again.headers = {{"If-None-Match", std::string(first->header("etag"))}};
    const auto second = fetching_.get(again);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->status, 304) << etag;
    EXPECT_EQ(server_.seen().back().header("If-None-Match"), etag);
  }
}

TEST_F(HttpClientTest, SendsDatesBackByteForByte) {
  for (const std::string date : {"Fri, 20 Feb 2026 10:45:26 GMT", "Friday, 20-Feb-26 10:45:26 GMT", "20.2.2026 12.45",
                                 "Fri Feb 20 10:45:26 2026", "0", "pe, 20 helmi 2026 10:45:26 EET"}) {
    server_.serve("/feed", test_support::validated("<rss/>", "", date));
    HttpRequest again(server_.url("/feed"));
    again.headers = {{"If-Modified-Since", std::string(get("/feed")->header("last-modified"))}};
    EXPECT_EQ(fetching_.get(again)->status, 304) << date;
  }
}

TEST_F(HttpClientTest, A304BringsNewValidators) {
  server_.serve("/feed", [](const SeenRequest&) {
    Answer answer;
    answer.status = 304;
    answer.headers = {
        {"ETag", "\"new\""}, {"Last-Modified", "Sat, 21 Feb 2026 00:00:00 GMT"}, {"Cache-Control", "max-age=600"}};
    return answer;
  });
  const auto reply = get("/feed");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 304);
  EXPECT_EQ(reply->header("etag"), "\"new\"");
  EXPECT_EQ(reply->header("last-modified"), "Sat, 21 Feb 2026 00:00:00 GMT");
  EXPECT_EQ(reply->header("cache-control"), "max-age=600");
  EXPECT_EQ(reply->body, "");
}

TEST_F(HttpClientTest, SendsAnEmptyHeaderToo) {
  server_.serve("/", test_support::page("x"));
  HttpRequest request(server_.url("/"));
  request.headers = {{"If-None-Match", ""}};
  ASSERT_TRUE(fetching_.get(request));
  EXPECT_EQ(server_.seen().at(0).header("If-None-Match"), "");
}

TEST_F(HttpClientTest, RefusesToSendLineBreaksInHeaders) {
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"If-None-Match", "\"a\"\r\nX-Evil: 1"},
                                                        {"If-None-Match", "a\nb"},
                                                        {"X\r\nY", "b"},
                                                        {"X", std::string("a\0b", 3)},
                                                        {"", "x"}}) {
    HttpRequest request(server_.url("/"));
    request.headers = {{name, value}};
    const auto reply = fetching_.get(request);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().error, NetError::protocol);
  }
  HttpRequest request(server_.url("/"));
  request.user_agent = "a\r\nb";
  EXPECT_FALSE(fetching_.get(request));
  EXPECT_EQ(server_.connections(), 0U);
}

TEST_F(HttpClientTest, GivesRetryAfterInBothForms) {
  server_.serve("/seconds", test_support::busy(429, "120"));
  server_.serve("/date", test_support::busy(503, "Fri, 20 Feb 2026 10:45:26 GMT"));
  EXPECT_EQ(get("/seconds")->header("retry-after"), "120");
  EXPECT_EQ(get("/seconds")->status, 429);
  EXPECT_EQ(get("/date")->header("retry-after"), "Fri, 20 Feb 2026 10:45:26 GMT");
  EXPECT_EQ(get("/date")->status, 503);
}

TEST_F(HttpClientTest, UsesAConnectionAgain) {
  server_.serve("/", test_support::page("x"));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(get("/"));
  EXPECT_EQ(server_.requests(), 20U);
  EXPECT_EQ(server_.connections(), 1U);
}

TEST_F(HttpClientTest, ASecondTryOfAClosedConnectionIsUnseen) {
  Answer closing = test_support::page("x");
  closing.ending = Answer::Ending::close;  // without having said so
  server_.serve("/", closing);
  for (int i = 0; i < 5; ++i) {
    const auto reply = get("/");
    ASSERT_TRUE(reply) << reply.error().detail;
  }
}

TEST_F(HttpClientTest, RecordsRedirectsWithTheirStatuses) {
  server_.serve("/a", test_support::redirect(301, "/b"));
  server_.serve("/b", test_support::redirect(302, server_.url("/c/d")));
  server_.serve("/c/d", test_support::redirect(307, "../e"));
  server_.serve("/e", test_support::redirect(308, "?f"));
  server_.serve("/e?f", test_support::redirect(303, "//" + server_.url("/g").substr(7)));
  server_.serve("/g", test_support::page("here"));
  const auto reply = get("/a");
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->body, "here");
  EXPECT_EQ(reply->effective_url, server_.url("/g"));
  std::vector<std::pair<int, std::string>> way;
  for (const auto& hop : reply->redirects) way.emplace_back(hop.status, hop.to);
  EXPECT_THAT(way, ElementsAre(std::pair(301, server_.url("/b")), std::pair(302, server_.url("/c/d")),
                               std::pair(307, server_.url("/e")), std::pair(308, server_.url("/e?f")),
                               std::pair(303, server_.url("/g"))));
  EXPECT_EQ(server_.connections(), 1U);
}

TEST_F(HttpClientTest, FollowsNothingWhereItShallNot) {
  server_.serve("/a", test_support::redirect(301, "/b"));
  HttpRequest still(server_.url("/a"));
  still.follow_redirects = false;
  const auto stayed = fetching_.get(still);
  ASSERT_TRUE(stayed);
  EXPECT_EQ(stayed->status, 301);
  EXPECT_EQ(stayed->header("location"), "/b");
  EXPECT_EQ(stayed->body, "moved");
  HttpRequest post(server_.url("/a"));
  post.method = Method::post;
  EXPECT_EQ(fetching_.get(post)->status, 301);
  EXPECT_TRUE(server_.seen("/b").empty());
}

TEST_F(HttpClientTest, A304OrAnAnswerWithoutLocationIsNoRedirect) {
  Answer answer = test_support::redirect(304, "/b");
  server_.serve("/a", answer);
  EXPECT_EQ(get("/a")->status, 304);
  answer = test_support::html_page();
  answer.status = 301;
  server_.serve("/a", answer);
  EXPECT_EQ(get("/a")->status, 301);
}

TEST_F(HttpClientTest, CredentialsStayWithTheirOrigin) {
  HttpServer other;
  server_.serve("/a", test_support::redirect(302, "/b"));
  server_.serve("/b", test_support::redirect(302, other.url("/c")));
  other.serve("/c", test_support::page("x"));
  HttpRequest request(server_.url("/a"));
  request.headers = {{"Authorization", "Bearer secret"}, {"If-None-Match", "\"v\""}, {"cookie", "a=b"}};
  ASSERT_TRUE(fetching_.get(request));
  EXPECT_EQ(server_.seen("/b").at(0).header("Authorization"), "Bearer secret");
  EXPECT_FALSE(other.seen().at(0).header("Authorization"));
  EXPECT_FALSE(other.seen().at(0).header("Cookie"));
  EXPECT_EQ(other.seen().at(0).header("If-None-Match"), "\"v\"");
}

TEST_F(HttpClientTest, HtmlAndChallengePagesAreRepliesForTheCallerToJudge) {
  server_.serve("/html", test_support::html_page());
  server_.serve("/captcha", test_support::captcha_page());
  EXPECT_THAT(get("/html")->body, HasSubstr("<h1>"));
  EXPECT_EQ(get("/html")->header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(get("/captcha")->body, HasSubstr("captcha"));
}

TEST_F(HttpClientTest, NamesEachAddressThatIsNone) {
  for (const char* url :
       {"", "sttinfo.fi/rss", "ftp://127.0.0.1/", "http://", "http://[::1", "http://127.0.0.1:99999/"}) {
    const auto reply = fetching_.get(std::string(url));
    ASSERT_FALSE(reply) << url;
    EXPECT_EQ(reply.error().error, NetError::bad_url) << url << ": " << reply.error().detail;
    EXPECT_FALSE(reply.error().detail.empty());
  }
}

TEST(NetErrorNames, AreAllDifferent) {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(NetError::cancelled); ++i) names.push_back(to_string(static_cast<NetError>(i)));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
  EXPECT_EQ(to_string(NetError::blocked_address), "blocked-address");
}

}  // namespace
}  // namespace sotevahti::net
