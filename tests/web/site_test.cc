// What holds for every page: hosts, methods, headers, and that nothing a stranger sends
// becomes a 5xx or markup.
#include "site_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <random>

namespace sotevahti::web {
namespace {

using test::RawClient;
using test::SiteTest;
using testing::HasSubstr;
using testing::Not;

class Site : public SiteTest {
 protected:
  Site() { store_a_week(); }
};

TEST_F(Site, RefusesNamesThatAreNotItsOwn) {
  for (const char* host :
       {"localhost", "127.0.0.1", "127.0.0.1:8470", "[::1]:80", "sote.example.org", "SOTE.example.org:443"})
    EXPECT_EQ(ask(std::string("GET / HTTP/1.1\r\nHost: ") + host + "\r\n\r\n").status, 200) << host;
  for (const char* host : {"evil.example", "localhost.evil.example", "sote.example.org.evil.example", "",
                           "127.0.0.1@evil.example", "[::1"})
    EXPECT_EQ(ask(std::string("GET / HTTP/1.1\r\nHost: ") + host + "\r\n\r\n").status, 421) << host;
  EXPECT_EQ(ask("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 421);
  EXPECT_EQ(ask("GET / HTTP/1.0\r\n\r\n").status, 421);
}

TEST_F(Site, PagesAreOnlyRead) {
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "PROPFIND"}) {
    const auto response = ask(std::string(method) + " / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(response.header("allow"), "GET, HEAD") << method;
  }
}

TEST_F(Site, EveryAnswerHasTheHeadersThatGuardIt) {
  for (const char* path : {"/", "/style.css", "/nothing", "/healthz", "/entry/1", "/?q=area:"}) {
    const auto response = get(path);
    EXPECT_THAT(response.header("content-security-policy"), HasSubstr("default-src 'none'")) << path;
    EXPECT_THAT(response.header("content-security-policy"), HasSubstr("frame-ancestors 'none'")) << path;
    EXPECT_EQ(response.header("x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(response.header("referrer-policy"), "same-origin") << path;
    EXPECT_EQ(response.headers.count("content-security-policy"), 1U) << path;
  }
}

TEST_F(Site, WhatIsNotThereIsA404) {
  for (const char* path : {"/nothing", "/entry/", "/entry/0", "/entry/-1", "/entry/99999999999999999999", "/entry/1x",
                           "/entry/1", "/areas/atlantis", "/areas/", "/topics/%00x", "/topics/../etc", "/digests/x",
                           "//evil.example", "/style.css/", "/assets/style.css"}) {
    const int status = get(path).status;
    EXPECT_TRUE(status == 404 || status == 400) << path << " " << status;
  }
}

TEST_F(Site, TextOfStrangersIsEscaped) {
  EXPECT_THAT(get("/").body, HasSubstr("Palveluverkko &lt;uudistuu&gt; &amp; muuttuu"));
  for (const char* target : {"/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/%3Cscript%3E", "/?q=area:%22%3E%3Cscript%3E",
                             "/?after=%22%3E%3Cscript%3E", "/?x=%22%3E%3Cscript%3E", "/areas/%22%3E%3Cscript%3E",
                             "/deadlines?q=%3Cscript%3E:"})
    EXPECT_THAT(get(target).body, Not(HasSubstr("<script>"))) << target;
}

TEST_F(Site, NoControlCharacterOfAQuestionComesBack) {
  for (const char* target :
       {"/?q=%1B%5B31m", "/?q=area:%08%0Bx%7F", "/?q=haku%C2%9B31m%C2%85", "/deadlines?q=%1Bx:", "/%1B%5B31m"}) {
    const std::string page = get(target).body;
    EXPECT_EQ(std::count_if(page.begin(), page.end(),
                            [](char c) { return c == '\x1B' || c == '\x08' || c == '\x0B' || c == '\x7F'; }),
              0)
        << target;
    EXPECT_THAT(page, Not(HasSubstr("\u009B"))) << target;
  }
}

TEST_F(Site, LanguageIsNegotiatedAndSwitched) {
  EXPECT_THAT(get("/", "").body, HasSubstr("<html lang=\"fi\">"));
  EXPECT_THAT(get("/", "Accept-Language: de, sv-FI;q=0.8, en;q=0.9\r\n").body, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(get("/", "Accept-Language: en\r\nCookie: a=b; lang=sv\r\n").body, HasSubstr("<html lang=\"sv\">"));
  EXPECT_THAT(get("/", "Accept-Language: en\r\nCookie: xlang=sv\r\n").body, HasSubstr("<html lang=\"en\">"));
  const auto asked = get("/?q=haku&lang=sv", "");
  EXPECT_THAT(asked.header("set-cookie"), HasSubstr("lang=sv; Path=/"));
  EXPECT_THAT(asked.body, HasSubstr("href=\"/?q=haku&amp;lang=en\""));
  EXPECT_EQ(get("/?lang=xx%0d%0aSet-Cookie:%20a", "").headers.count("set-cookie"), 0U);
}

TEST_F(Site, UnchangedPagesAreNotSentAgain) {
  const auto first = get("/");
  ASSERT_FALSE(first.header("etag").empty());
  const auto again = get("/", "Accept-Language: fi\r\nIf-None-Match: \"x\", " + first.header("etag") + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  EXPECT_EQ(again.header("etag"), first.header("etag"));
  store("pirha-uutiset", test::helsinki(2026, 2, 20, 11),
        {test::Sample("uusi", "Aivan uusi", "<p>x</p>", test::helsinki(2026, 2, 20, 11))});
  const auto changed = get("/", "Accept-Language: fi\r\nIf-None-Match: " + first.header("etag") + "\r\n");
  EXPECT_EQ(changed.status, 200);
  EXPECT_THAT(changed.body, HasSubstr("Aivan uusi"));
}

TEST_F(Site, HeadIsAsLongAsGet) {
  const auto whole = get("/");
  const auto head = test::ask(port_, "HEAD / HTTP/1.1\r\nHost: localhost\r\nAccept-Language: fi\r\n\r\n", true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), whole.header("content-length"));
}

// A generator that knows the routes' shapes, and breaks them.
class RandomRequests {
 public:
  std::string next() {
    std::string target = one_of(paths_);
    if (coin(3)) target += one_of({"/", "x", "%", "%2", "%00", "%ff", "%2e%2e", "//", "?", "#", "\\"});
    const char* mark = "?";
    for (int i = pick(4); i > 0; --i) {
      target.append(mark).append(one_of(names_)).append("=").append(value());
      mark = "&";
    }
    std::string request = one_of({"GET", "GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT", "get", "X"}) + " " +
                          target + " HTTP/1.1\r\n";
    request += "Host: " + (coin(30) ? one_of({"evil", "a b", "", ":", "[", "localhost:x"}) : std::string("localhost")) +
               "\r\n";
    for (int i = pick(3); i > 0; --i) request += one_of(headers_) + ": " + value() + "\r\n";
    const std::string body = coin(4) ? one_of(names_) + "=" + value() : "";
    if (!body.empty())
      request += one_of({"Content-Type: application/x-www-form-urlencoded\r\n",
                         "Content-Type: multipart/form-data; boundary=x\r\n", "Content-Type: ;;\r\n"});
    return request + fmt::format("Content-Length: {}\r\nConnection: close\r\n\r\n{}", body.size(), body);
  }
  // With bytes changed anywhere, so that it may be no request at all.
  std::string broken(std::string request) {
    for (int i = 1 + pick(4); i > 0; --i) {
      const auto at = static_cast<std::size_t>(pick(static_cast<int>(request.size())));
      if (coin(2)) request[at] = static_cast<char>(pick(256));
      else if (coin(2)) request.erase(at, 1 + static_cast<std::size_t>(pick(8)));
      else request.insert(at, one_of({"\r\n", "\n", " ", "\t", ":", "\xff\xfe", "%00", "chunked", "HTTP/9.9"}));
    }
    return request;
  }

 private:
  std::string value() {
    std::string text = one_of(values_);
    for (int i = pick(3); i > 0; --i) {
      const auto at = static_cast<std::size_t>(pick(static_cast<int>(text.size()) + 1));
      if (coin(2))
        text.insert(at, one_of({"%22", "(", ")", "%28", "*", "-", ":", "%E2%80", "%F0%9F%92%A9", "+OR+", ",", "=",
                                "%27", "%5C", "%0a", "99999999999"}));
      else text.erase(at, 1);
    }
    return text;
  }
  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  bool coin(int one_in) { return pick(one_in) == 0; }
  std::string one_of(const std::vector<std::string>& all) {
    return all[static_cast<std::size_t>(pick(static_cast<int>(all.size())))];
  }

  std::mt19937 random_{20260220};
  std::vector<std::string> paths_{"/",
                                  "/entry/1",
                                  "/entry/",
                                  "/areas",
                                  "/areas/lappi",
                                  "/topics/digi-tieto",
                                  "/coverage",
                                  "/deadlines",
                                  "/feeds",
                                  "/digests/abc",
                                  "/subscribe",
                                  "/confirm/x",
                                  "/manage/x",
                                  "/unsubscribe/x",
                                  "/api/v1/entries",
                                  "/api/v1/stories",
                                  "/api/v1/stories/1",
                                  "/api/v1/entries/1",
                                  "/api/v1/areas",
                                  "/api/v1/topics",
                                  "/api/v1/feeds",
                                  "/api/v1/deadlines",
                                  "/api/v1/coverage",
                                  "/api/v1/openapi.json",
                                  "/feed.atom",
                                  "/feed.json",
                                  "/deadlines.ics",
                                  "/entries.csv",
                                  "/entries.jsonl",
                                  "/feeds.opml",
                                  "/metrics",
                                  "/healthz",
                                  "/readyz",
                                  "/style.css"};
  std::vector<std::string> names_{"q",       "after", "lang",  "limit",  "sort",   "cursor", "from",
                                  "address", "area",  "words", "rhythm", "action", "x"};
  std::vector<std::string> values_{"",
                                   "avustus",
                                   "a@b.fi",
                                   "subscribe",
                                   "area:lappi",
                                   "area:lappi,kainuu+topic:jarjestot",
                                   "%22a+b%22",
                                   "since:7d",
                                   "until:2026-13-45",
                                   "deadline:14d",
                                   "(a+OR+b)",
                                   "-x",
                                   "a*",
                                   "=x",
                                   "kind:news",
                                   "2026-02-20",
                                   "10",
                                   "-1",
                                   "eyJ",
                                   "1771.5",
                                   "fi",
                                   "source:thl",
                                   "story:all",
                                   "has:deadline",
                                   "NEAR(a)",
                                   "\"",
                                   "W/%22x%22",
                                   "gzip",
                                   "Sat,+21+Feb+2026+00:00:00+GMT"};
  std::vector<std::string> headers_{
      "If-None-Match", "If-Modified-Since", "Accept", "Accept-Language", "Cookie", "Origin", "Range", "Referer"};
};

TEST_F(Site, RandomRequestsBringNo5xx) {
  get("/healthz");
  RandomRequests requests;
  const char* rounds = std::getenv("SOTEVAHTI_FUZZ_REQUESTS");
  std::map<int, int> statuses;
  for (int i = rounds ? std::atoi(rounds) : 5000; i > 0; --i) {
    const bool is_broken = i % 5 == 0;
    const std::string request = is_broken ? requests.broken(requests.next()) : requests.next();
    test::RawClient client(port_);
    client.send(request);
    if (is_broken) client.finish_sending();
    const auto response = client.receive(request.starts_with("HEAD"));
    ++statuses[response.status];
    // What has no end is no request, and its client has hung up.
    if (is_broken && response.status == 0) continue;
    ASSERT_GE(response.status, 200) << request;
    ASSERT_LT(response.status, 500) << request;
    if (request.starts_with("HEAD")) continue;
    if (response.status >= 400) {
      EXPECT_FALSE(response.body.empty()) << request;
    }
    if (response.status == 400 && response.header("content-type").starts_with("text/html")) {
      EXPECT_THAT(response.body, HasSubstr("<h1>")) << request;
    }
    if (response.header("content-type") == "application/problem+json") {
      EXPECT_THAT(response.body, HasSubstr("\"detail\":\"")) << request;
    }
  }
  EXPECT_EQ(get("/").status, 200);
  for (const auto& [status, count] : statuses) RecordProperty(fmt::format("status_{}", status), count);
}

}  // namespace
}  // namespace sotevahti::web
