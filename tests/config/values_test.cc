#include "config/values.h"

#include <gtest/gtest.h>

namespace sotevahti::config {
namespace {

using namespace std::chrono_literals;

TEST(Duration, HasAUnit) {
  EXPECT_EQ(*parse_duration("30s"), 30s);
  EXPECT_EQ(*parse_duration("15min"), 15min);
  EXPECT_EQ(*parse_duration("2h"), 2h);
  EXPECT_EQ(*parse_duration("7d"), 7 * 24h);
  EXPECT_EQ(*parse_duration("2 h"), 2h);
  for (const char* wrong : {"", "30", "min", "1.5h", "-5min", "5 minutes", "1h30min", "5m", "99999999999999999999s",
                            "9223372036854775807d"}) {
    EXPECT_FALSE(parse_duration(wrong)) << wrong;
  }
}

TEST(Duration, IsWrittenInItsLargestUnit) {
  EXPECT_EQ(duration_text(0s), "0s");
  EXPECT_EQ(duration_text(90s), "90s");
  EXPECT_EQ(duration_text(3600s), "1h");
  EXPECT_EQ(duration_text(86400s), "1d");
  for (const auto time : {1s, 59s, 60s, 3601s, 7200s, 604800s}) EXPECT_EQ(*parse_duration(duration_text(time)), time);
}

TEST(Size, HasBinaryUnits) {
  EXPECT_EQ(*parse_size("4096"), 4096U);
  EXPECT_EQ(*parse_size("512KiB"), 512U << 10);
  EXPECT_EQ(*parse_size("10MiB"), 10U << 20);
  EXPECT_EQ(*parse_size("1GiB"), 1U << 30);
  for (const char* wrong : {"", "10MB", "10 MiBs", "MiB", "-1", "1e6"}) EXPECT_FALSE(parse_size(wrong)) << wrong;
  EXPECT_EQ(size_text(10U << 20), "10MiB");
  EXPECT_EQ(size_text(1000), "1000");
  EXPECT_EQ(size_text(0), "0");
}

TEST(HttpUrl, IsTakenOrExplained) {
  for (const char* sound : {"http://x.fi", "https://www.x.fi:8443/rss?a=b&c=%20d#e", "http://127.0.0.1:8390/f.xml",
                            "http://[::1]:80/", "https://lupa.fi/p?$orderby=a%20desc", "https://ääkkönen.fi/"}) {
    EXPECT_EQ(wrong_http_url(sound), "") << sound;
  }
  EXPECT_NE(wrong_http_url("www.x.fi/rss").find("write one like \"https://"), std::string::npos);
  EXPECT_NE(wrong_http_url("ftp://x.fi/").find("no http or https"), std::string::npos);
  EXPECT_NE(wrong_http_url("https://x.fi/a b").find("%20"), std::string::npos);
  EXPECT_NE(wrong_http_url("https://u:p@x.fi/").find("password"), std::string::npos);
  EXPECT_NE(wrong_http_url("https://x.fi:70000/").find("port"), std::string::npos);
  for (const char* wrong : {"", "https://", "https:///a", "https://x..fi/", "http://x.fi:/", "http://[::1/",
                            "file:///etc/passwd", "http://x.fi/\"", "http://x fi/"}) {
    EXPECT_NE(wrong_http_url(wrong), "") << wrong;
  }
}

TEST(Urls, HaveTheSchemesOfTheirPurpose) {
  EXPECT_EQ(wrong_smtp_url("smtp://localhost:25"), "");
  EXPECT_EQ(wrong_smtp_url("smtps://mail.example.fi"), "");
  EXPECT_NE(wrong_smtp_url("https://mail.example.fi"), "");
  EXPECT_EQ(wrong_proxy_url("socks5://10.0.0.1:1080"), "");
  EXPECT_NE(wrong_proxy_url("proxy:3128"), "");
  EXPECT_EQ(wrong_public_url("https://x.fi/sote/"), "");
  EXPECT_NE(wrong_public_url("https://x.fi/?q=1"), "");
}

TEST(Network, IsAnAddressOrABlock) {
  for (const char* sound : {"127.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "fd00::/8", "::1", "::1/128"}) {
    EXPECT_EQ(wrong_network(sound), "") << sound;
  }
  for (const char* wrong :
       {"", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "localhost", "10.0.0.0/8/8"}) {
    EXPECT_NE(wrong_network(wrong), "") << wrong;
  }
}

TEST(Listen, IsAnAddressAndAPort) {
  for (const char* sound : {"127.0.0.1:8470", "0.0.0.0:80", "[::1]:8470", "[::]:0", "localhost:8470"}) {
    EXPECT_EQ(wrong_listen(sound), "") << sound;
  }
  for (const char* wrong : {"", "8470", ":8470", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536",
                            "::1:8470", "www.example.fi:80", "[127.0.0.1]:80", "[::1]"}) {
    EXPECT_NE(wrong_listen(wrong), "") << wrong;
  }
}

TEST(MailAddress, CannotForgeACommand) {
  for (const char* sound : {"a@b.fi", "sote.tiedotus+x@example.fi", "sotevahti@localhost"}) {
    EXPECT_EQ(wrong_mail_address(sound), "") << sound;
  }
  for (const char* wrong : {"", "a", "@b.fi", "a@", "a@b@c.fi", "a b@c.fi", "<a@b.fi>", "a@b.fi>\r\nRCPT TO:<x@y.fi",
                            "a@b.fi, c@d.fi", "ylläpito@b.fi", "a\"@b.fi"}) {
    EXPECT_NE(wrong_mail_address(wrong), "") << wrong;
  }
  EXPECT_NE(wrong_mail_address(std::string(65, 'a') + "@b.fi"), "");
}

TEST(Id, IsGivenAnInstead) {
  EXPECT_EQ(wrong_id("pirha-stt-2"), "");
  EXPECT_NE(wrong_id("Pirha STT").find("\"pirha-stt\""), std::string::npos);
  EXPECT_NE(wrong_id("äö").find("pirkanmaa-news"), std::string::npos);
  EXPECT_NE(wrong_id(""), "");
}

TEST(Zone, IsOneOfTheSystem) {
  EXPECT_EQ(wrong_zone("Europe/Mariehamn"), "");
  EXPECT_NE(wrong_zone("Helsinki").find("Europe/Helsinki"), std::string::npos);
}

TEST(HeaderText, IsPlainAscii) {
  EXPECT_EQ(wrong_header_text("sotevahti/1.0 (+https://example.fi)"), "");
  EXPECT_NE(wrong_header_text("sotevahti/1.0\r\nX: y"), "");
  EXPECT_NE(wrong_header_text("sotevähti"), "");
}

TEST(Loopback, IsThisMachineOnly) {
  EXPECT_TRUE(is_loopback("smtp://localhost:25"));
  EXPECT_TRUE(is_loopback("smtp://127.0.0.5"));
  EXPECT_TRUE(is_loopback("smtp://[::1]:25"));
  EXPECT_FALSE(is_loopback("smtp://127.0.0.1.example.fi"));
  EXPECT_FALSE(is_loopback("smtp://mail.example.fi"));
}

}  // namespace
}  // namespace sotevahti::config
