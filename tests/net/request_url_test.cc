#include "net/request_url.h"

#include <gtest/gtest.h>

#include "net/host_name.h"

namespace sotevahti::net {
namespace {

TEST(RequestUrl, PassesAPlainAddressByteForByte) {
  for (const char* url :
       {"https://www.sttinfo.fi/rss/releases/latest?publisherId=69818103", "http://h/a%2fb?c=%C3%A4#x",
        "HTTPS://Host.FI:443/cgi/DREQUEST.PHP?page=rss/meetingitems&show=100", "http://[::1]:8080/"}) {
    EXPECT_EQ(request_url(url).value(), url);
  }
}

TEST(RequestUrl, MakesIrisFitForTheWire) {
  EXPECT_EQ(request_url("https://työ.fi/syöte").value(), "https://xn--ty-gka.fi/sy%c3%b6te");
  EXPECT_EQ(request_url("  https://h.fi/a b?q=c d \n").value(), "https://h.fi/a%20b?q=c+d");
  EXPECT_EQ(request_url("http://user:pw@työ.fi:8080/x").value(), "http://user:pw@xn--ty-gka.fi:8080/x");
}

TEST(RequestUrl, RefusesWhatIsNeitherHttpNorHttps) {
  for (const char* url : {"", "h.fi/feed", "ftp://h.fi/", "file:///etc/passwd", "javascript:alert(1)", "gopher://h/_x",
                          "http:/h", "//h.fi/x", "http://a\x01.fi/", "https://h.fi/a\r\nb", "http://ä\xff.fi/"}) {
    EXPECT_FALSE(request_url(url)) << url;
  }
}

TEST(RedirectUrl, ResolvesWhatServersWrite) {
  const std::string from = "https://h.fi/a/b?c";
  EXPECT_EQ(redirect_url(from, "/x").value(), "https://h.fi/x");
  EXPECT_EQ(redirect_url(from, "x?y").value(), "https://h.fi/a/x?y");
  EXPECT_EQ(redirect_url(from, "../x").value(), "https://h.fi/x");
  EXPECT_EQ(redirect_url(from, "//other.fi/x").value(), "https://other.fi/x");
  EXPECT_EQ(redirect_url(from, "http://other.fi").value(), "http://other.fi/");
  EXPECT_EQ(redirect_url(from, "/uutiset/hyvä tieto").value(), "https://h.fi/uutiset/hyv%c3%a4%20tieto");
  EXPECT_EQ(redirect_url(from, "https://työ.fi/").value(), "https://xn--ty-gka.fi/");
}

TEST(RedirectUrl, LeadsToHttpAndHttpsOnly) {
  for (const char* location : {"ftp://h/", "file:///etc/passwd", "gopher://127.0.0.1:25/_x", "javascript:alert(1)",
                               "data:text/html,x", "https://", "http://a b/"}) {
    EXPECT_FALSE(redirect_url("https://h.fi/", location)) << location;
  }
}

TEST(RedirectUrl, BringsNoNameAndPassword) {
  for (const char* location : {"https://user:word@x.example/f", "//user@x.example/", "https://:word@x.example/"}) {
    const auto next = redirect_url("https://a.example/f", location);
    ASSERT_FALSE(next) << location;
    EXPECT_NE(next.error().message.find("user name"), std::string::npos);
  }
  EXPECT_EQ(redirect_url("https://a.example/f", "/@x:y"), "https://a.example/@x:y");
}

TEST(SameOrigin, IsSchemeHostAndPort) {
  EXPECT_TRUE(same_origin("https://h.fi/a", "https://h.fi:443/b"));
  EXPECT_FALSE(same_origin("https://h.fi/", "http://h.fi/"));
  EXPECT_FALSE(same_origin("https://h.fi/", "https://h.fi:8443/"));
  EXPECT_FALSE(same_origin("https://h.fi/", "https://h.fi.evil.example/"));
}

TEST(HostName, KnowsThisMachineAsTheOperatorWritesIt) {
  for (const char* host : {"localhost", "localhost.", "a.localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]"})
    EXPECT_TRUE(is_loopback_host(host)) << host;
  for (const char* host : {"mail.example.fi", "10.0.0.1", "localhost.evil.example", "8.8.8.8", ""}) {
    EXPECT_FALSE(is_loopback_host(host)) << host;
  }
}

TEST(HostOf, IsLowerCaseWithoutBracketsAndUnmaskedNumbers) {
  EXPECT_EQ(host_of("https://WWW.H.fi:8443/x"), "www.h.fi");
  EXPECT_EQ(host_of("http://[::1]/"), "::1");
  EXPECT_EQ(host_of("http://0x7f.1/"), "127.0.0.1");
  EXPECT_EQ(host_of("http://2130706433/"), "127.0.0.1");
}

}  // namespace
}  // namespace sotevahti::net
