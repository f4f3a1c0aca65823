#include "text/url.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "text/types.h"

namespace sotevahti::text {
namespace {

struct Reference {
  const char* reference;
  const char* target;
};

class Rfc3986 : public testing::TestWithParam<Reference> {};

TEST_P(Rfc3986, Section54) { EXPECT_EQ(resolve_url("http://a/b/c/d;p?q", GetParam().reference), GetParam().target); }

INSTANTIATE_TEST_SUITE_P(
    Normal, Rfc3986,
    testing::Values(Reference{"g:h", "g:h"}, Reference{"g", "http://a/b/c/g"}, Reference{"./g", "http://a/b/c/g"},
                    Reference{"g/", "http://a/b/c/g/"}, Reference{"/g", "http://a/g"}, Reference{"//g", "http://g"},
                    Reference{"?y", "http://a/b/c/d;p?y"}, Reference{"g?y", "http://a/b/c/g?y"},
                    Reference{"#s", "http://a/b/c/d;p?q#s"}, Reference{"g#s", "http://a/b/c/g#s"},
                    Reference{"g?y#s", "http://a/b/c/g?y#s"}, Reference{";x", "http://a/b/c/;x"},
                    Reference{"g;x", "http://a/b/c/g;x"}, Reference{"g;x?y#s", "http://a/b/c/g;x?y#s"},
                    Reference{"", "http://a/b/c/d;p?q"}, Reference{".", "http://a/b/c/"},
                    Reference{"./", "http://a/b/c/"}, Reference{"..", "http://a/b/"}, Reference{"../", "http://a/b/"},
                    Reference{"../g", "http://a/b/g"}, Reference{"../..", "http://a/"},
                    Reference{"../../", "http://a/"}, Reference{"../../g", "http://a/g"}));

INSTANTIATE_TEST_SUITE_P(
    Abnormal, Rfc3986,
    testing::Values(Reference{"../../../g", "http://a/g"}, Reference{"../../../../g", "http://a/g"},
                    Reference{"/./g", "http://a/g"}, Reference{"/../g", "http://a/g"},
                    Reference{"g.", "http://a/b/c/g."}, Reference{".g", "http://a/b/c/.g"},
                    Reference{"g..", "http://a/b/c/g.."}, Reference{"..g", "http://a/b/c/..g"},
                    Reference{"./../g", "http://a/b/g"}, Reference{"./g/.", "http://a/b/c/g/"},
                    Reference{"g/./h", "http://a/b/c/g/h"}, Reference{"g/../h", "http://a/b/c/h"},
                    Reference{"g;x=1/./y", "http://a/b/c/g;x=1/y"}, Reference{"g;x=1/../y", "http://a/b/c/y"},
                    Reference{"g?y/./x", "http://a/b/c/g?y/./x"}, Reference{"g?y/../x", "http://a/b/c/g?y/../x"},
                    Reference{"g#s/./x", "http://a/b/c/g#s/./x"}, Reference{"g#s/../x", "http://a/b/c/g#s/../x"},
                    Reference{"http:g", "http:g"}));

TEST(ResolveUrl, BasesAndReferencesAsFeedsHaveThem) {
  EXPECT_EQ(resolve_url("http://example.com", "x"), "http://example.com/x");
  EXPECT_EQ(resolve_url("http://example.com?q", "x"), "http://example.com/x");
  EXPECT_EQ(resolve_url("http://example.com/a", " /x y \n"), "http://example.com/x y");
  EXPECT_EQ(resolve_url("http://any.test/", "À"), "http://any.test/À");
  EXPECT_EQ(resolve_url("http://example.com/", "http:///example.com/test/"), "http://example.com/test/");
  EXPECT_EQ(resolve_url("http:///example.com/test/", "x"), "http://example.com/test/x");
  EXPECT_EQ(resolve_url("", "a/b"), "a/b");
  EXPECT_EQ(resolve_url("a/b", "c"), "c");
  EXPECT_EQ(resolve_url("javascript:alert(1)//", "c"), "c");
  EXPECT_EQ(resolve_url("mailto:a@b", "c"), "c");
  EXPECT_EQ(resolve_url("file:///a/b", "c"), "file:///a/c");
  EXPECT_EQ(resolve_url("http://h/a", "https://x/../y"), "https://x/../y");
}

TEST(ResolveUrl, ALongPathCostsItsLength) {
  std::string path = "/" + std::string(1 << 19, 'x');
  for (int i = 0; i < 1 << 18; ++i) path += "/.";
  EXPECT_EQ(resolve_url("http://h", path).size(), (1U << 19U) + 10);
  path.clear();
  for (int i = 0; i < 1 << 18; ++i) path += "x/../";
  EXPECT_EQ(resolve_url("http://h", path), "http://h/");
}

TEST(UnsafeScheme, InEveryDisguise) {
  for (const char* url : {"javascript:x",
                          "JaVaScRiPt:x",
                          " javascript:x",
                          "java\nscript:x",
                          "java\tscript\r:x",
                          "\x01javascript:x",
                          "java\xC2\xA0script:x",
                          "&#106;avascript:x",
                          "javascript&colon;x",
                          "java&Tab;script:x",
                          "vbscript:x",
                          "data:text/html,x",
                          "DATA:,x",
                          "blob:http://x",
                          "jar:http://x",
                          "feed:javascript:x",
                          "view-source:javascript:x",
                          "feed:feed:data:x",
                          "livescript:x",
                          "mhtml:x"})
    EXPECT_TRUE(is_unsafe_scheme(url)) << url;
  for (const char* url :
       {"", "http://x/javascript:y", "https://data.fi:80/", "mailto:x@y", "javascript", "/javascript:x",
        "?x=javascript:y", "#data:", "//data:80/x", "feed:https://x", "x://y", "datax:y"})
    EXPECT_FALSE(is_unsafe_scheme(url)) << url;
}

TEST(CanonicalUrl, OfAddressesThatMeanTheSamePage) {
  const std::vector<std::vector<const char*>> same = {
      {"https://example.fi/a", "http://EXAMPLE.fi/a/", "https://www.example.fi:443/a#top", "http://example.fi:80/a?",
       "//example.fi/a", " https://example.fi/a?utm_source=rss&utm_medium=x ", "https://example.fi/a?fbclid=1&gclid=2",
       "https://example.fi/a?origin=rss", "https://example.fi/a;jsessionid=0A1B", "https://example.fi/x/../a",
       "https://user:word@example.fi/a", "https://example.fi./a", "https://example.fi/a?PHPSESSID=1&mc_cid=2&mc_eid=3",
       "https://example.fi/%61", "https://example.fi/a?sid=0123456789abcdef"},
      {"https://stm.fi/-/tiedote", "https://stm.fi/-/tiedote?p_p_id=101&p_p_state=normal&p_r_p_x=1",
       "https://stm.fi/-/tiedote?_com_liferay_asset_publisher_INSTANCE=1&redirect=%2Fx&inheritRedirect=true"},
      {"https://host/cgi/DREQUEST.PHP?page=meetingitem&id=2023-1",
       "https://host:443/cgi/DREQUEST.PHP?id=2023-1&page=meetingitem"},
      {"https://h.fi/feed.aspx?a=b/c-d", "https://h.fi/feed.aspx?a=b%2Fc%2Dd", "https://h.fi/feed.aspx?a=b%2fc%2dd"},
      {"https://h.fi/\xC3\xA4?q=\xC3\xB6 x", "https://h.fi/%C3%A4?q=%c3%b6+x", "https://h.fi/%c3%a4?q=%C3%B6%20x"},
      {"https://työ-äö.fi/x", "https://xn--ty--sla2gc.fi/x", "http://www.TYÖ-ÄÖ.FI./x/",
       "https://www.XN--TY--SLA2GC.fi:443/x"},
      {"https://h.fi/?a=1&b=2", "https://h.fi?b=2&a=1", "https://h.fi/?a=1&amp;b=2"}};
  for (const auto& group : same)
    for (const char* url : group) EXPECT_EQ(canonical_url(url), canonical_url(group[0])) << url;
}

TEST(CanonicalUrl, WhatTellsPagesApartStays) {
  const std::vector<const char*> different = {"https://www.sttinfo.fi/tiedote/1/a?lang=fi",
                                              "https://www.sttinfo.fi/tiedote/1/a?lang=sv",
                                              "https://www.sttinfo.fi/tiedote/2/a?lang=fi",
                                              "https://www.sttinfo.fi/tiedote/1/a?publisherId=1&lang=fi",
                                              "https://example.fi/?p=1",
                                              "https://example.fi/?p=2",
                                              "https://example.fi/?page=1",
                                              "https://example.fi/?id=1",
                                              "https://example.fi/?sid=1",
                                              "https://example.fi/A",
                                              "https://example.fi/a",
                                              "https://example.fi:8080/a",
                                              "https://example.fi/a?origin=x",
                                              "https://other.example.fi/a",
                                              "https://example.fi/a%2525"};
  for (std::size_t i = 0; i < different.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_NE(canonical_url(different[i]), canonical_url(different[j])) << different[i] << " " << different[j];
}

TEST(CanonicalUrl, OtherKindsStayAsTheyAre) {
  for (const char* url : {"", "mailto:a@b.fi", "urn:uuid:1", "a/b", "tag:x,2024:y", "http://", "http:// /x"})
    EXPECT_EQ(canonical_url(url), trim_url(url));
  EXPECT_EQ(canonical_url("http://www.www.example.fi/"), "https://example.fi");
  EXPECT_EQ(canonical_url("http://www.fi/"), "https://www.fi");
}

TEST(CanonicalUrl, AHostIsOneInLettersAndInPunycode) {
  EXPECT_EQ(canonical_url("https://www.Työ.fi:8080/x"), "https://xn--ty-gka.fi:8080/x");
  EXPECT_EQ(lettered_canonical_url("https://www.Työ.fi:8080/x/"), "https://työ.fi:8080/x");
  for (const char* url : {"https://h.fi/ä", "https://xn--ty-gka.fi/x", "tag:ä", ""})
    EXPECT_EQ(lettered_canonical_url(url), "");
  // What is no name stays as it is, and no letter becomes another part of the address.
  const std::string endless = "https://" + std::string(70, 'x') + "ä.fi/x";
  for (const std::string& url :
       {endless, std::string("https://℀.fi/x"), std::string("https://ä%41.fi/x"), std::string("https://\u00AD/x")})
    EXPECT_EQ(canonical_url(url), url);
}

// Taken apart and put together, such a one would be another the next time.
TEST(CanonicalUrl, AnAddressWhoseHostIsNoneStaysAsItIs) {
  for (const char* url : {"https://www.[ＷＷＷ.ytǶhttps:x", "https://[::1/x/", "https://[www.h.fi]:443/",
                          "https://www.h]i.fi:80", "https://www.a%2Fb.fi/?b&a"})
    EXPECT_EQ(canonical_url(url), url);
  EXPECT_EQ(canonical_url("http://[::1]:80/x/"), "https://[::1]/x");
}

// Encoded once, "?" takes three bytes: a short number must not grow into a session's.
TEST(CanonicalUrl, AStorysNumberIsOneHoweverItIsWritten) {
  EXPECT_EQ(canonical_url("https://h/x?sid=AB?pnd=id=AB?p"), "https://h/x?sid=AB%3Fpnd%3Did%3DAB%3Fp");
  EXPECT_EQ(canonical_url("https://h/x?sid=AB%3Fpnd%3Did%3DAB%3Fp"), "https://h/x?sid=AB%3Fpnd%3Did%3DAB%3Fp");
  EXPECT_EQ(canonical_url("https://h/x?sid=0123456789abcdef"), "https://h/x");
  EXPECT_EQ(canonical_url("https://h/x?%75tm_source=rss&id=1"), "https://h/x?id=1");
}

TEST(CanonicalUrl, IsItsOwnCanonicalFormAndResolvesToItself) {
  const std::vector<std::string> pieces = {
      "http", "https", ":",     "//",   "/",          "www.", "h",    ".fi",           "..",    ".", "?", "&",
      "=",    "#",     "%2F",   "%",    "%C3",        "+",    "amp;", ";jsessionid=1", "utm_a", "ä", " ", "\n",
      "@",    "80",    "[::1]", "sid=", "0123456789", "[",    "]",    "\xE2\x84\x80",  "\xFF"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string base;
    std::string url;
    for (auto length = random() % 12; length > 0; --length) url += pieces[random() % pieces.size()];
    for (auto length = random() % 8; length > 0; --length) base += pieces[random() % pieces.size()];
    const std::string canonical = canonical_url(url);
    ASSERT_EQ(canonical_url(canonical), canonical) << url;
    const std::string resolved = resolve_url(base, url);
    if (!url_scheme(resolved).empty()) {
      ASSERT_EQ(resolve_url(base, resolved), resolved) << base << " + " << url;
    }
  }
}

TEST(UrlHost, LowerCaseWithoutPortAndUser) {
  EXPECT_EQ(url_host("https://User@WWW.Example.FI:8080/x"), "www.example.fi");
  EXPECT_EQ(url_host("https://ÄÄKKÖSET.fi/"), "ääkköset.fi");
  EXPECT_EQ(url_host("http://[::1]:80/"), "[::1]");
  EXPECT_EQ(url_host("mailto:x@y"), "");
  EXPECT_EQ(url_host(""), "");
}

TEST(QueryParameter, DecodedByExactName) {
  const std::string_view url = "https://h/x?publisherId=12&lang=fi&q=a+b%C3%A4&empty=&flag#lang=sv";
  EXPECT_EQ(query_parameter(url, "publisherId"), "12");
  EXPECT_EQ(query_parameter(url, "lang"), "fi");
  EXPECT_EQ(query_parameter(url, "q"), "a bä");
  EXPECT_EQ(query_parameter(url, "empty"), "");
  EXPECT_EQ(query_parameter(url, "flag"), "");
  EXPECT_EQ(query_parameter(url, "publisherid"), "");
  EXPECT_EQ(query_parameter("https://h/x", "a"), "");
}

TEST(PercentEncoding, GoesThereAndBack) {
  EXPECT_EQ(percent_encode("aZ09-._~ ä/?"), "aZ09-._~%20%C3%A4%2F%3F");
  EXPECT_EQ(percent_decode("%20%c3%A4%2"), " ä%2");
  EXPECT_EQ(percent_decode("%%41%zz"), "%A%zz");
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
}

TEST(Url, TakesAbsoluteWebAddressesOnly) {
  for (const char* good : {"http://example.fi", "https://example.fi/a?b#c", "HTTPS://h:8443/", "http://[::1]:80/x",
                           "https://ääkköset.fi/ä", "http://127.0.0.1/"})
    EXPECT_TRUE(Url::parse(good)) << good;
  for (const char* bad : {"",
                          "example.fi",
                          "/a",
                          "//h/a",
                          "ftp://h/",
                          "javascript:x",
                          "http:/h",
                          "http://",
                          "http:///h",
                          "http://u@h/",
                          "http://u:p@h/",
                          "http://h /",
                          "http://h/a b",
                          "http://h/\n",
                          "http://h:99999/",
                          "http://h:x/",
                          "http://[::1/",
                          "http://h\\@evil/",
                          "http://h/\x01",
                          "http://h/\xFF",
                          "http://h/\xC2\xA0",
                          "http://%68/",
                          "http://h\"x/",
                          "http://[v1.a]/",
                          "http://h/\xE2\x80\xAE"
                          "x"})
    EXPECT_FALSE(Url::parse(bad)) << bad;
  EXPECT_EQ(Url::parse("https://Example.FI:443/A")->host(), "example.fi");
  EXPECT_EQ(Url::parse("https://Example.FI:443/A")->str(), "https://Example.FI:443/A");
}

}  // namespace
}  // namespace sotevahti::text
