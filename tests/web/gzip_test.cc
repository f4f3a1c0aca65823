#include "web/gzip.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace sotevahti::web {
namespace {

Request taking(std::string codings) {
  Request request;
  if (!codings.empty()) request.headers["accept-encoding"] = std::move(codings);
  return request;
}

TEST(Gzip, ComesBackAsItWas) {
  std::string page;
  for (int i = 0; i < 5000; ++i) page += "<li>Hyvinvointialue " + std::to_string(i * 7919) + "</li>";
  const std::string packed = gzip(page);
  EXPECT_LT(packed.size(), page.size() / 3);
  EXPECT_EQ(gunzip(packed), page);
  EXPECT_EQ(gunzip(gzip("")), "");
}

TEST(Gzip, WhatIsBrokenIsRefused) {
  const std::string packed = gzip(std::string(5000, 'x'));
  EXPECT_THROW(gunzip(packed.substr(0, packed.size() / 2)), std::runtime_error);
  EXPECT_THROW(gunzip("<html>"), std::runtime_error);
  EXPECT_THROW(gunzip(""), std::runtime_error);
}

TEST(Gzip, IsTakenByWhoSaysSo) {
  for (const char* codings :
       {"gzip", "deflate, gzip;q=0.5", "GZIP", "*", "br , gzip ; q=1.0", "identity;q=0.1, *;q=0.2"})
    EXPECT_TRUE(takes_gzip(taking(codings))) << codings;
  for (const char* codings :
       {"", "identity", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "br", "xgzip", ";", "gzip;q=", ",,"})
    EXPECT_FALSE(takes_gzip(taking(codings))) << codings;
}

TEST(Gzip, AnAnswerSaysOnWhatItDepends) {
  Response page;
  page.body = std::string(5000, 'x');
  page.headers.emplace_back("Vary", "Cookie");
  pack(page);
  EXPECT_TRUE(page.is_gzip);
  EXPECT_EQ(page.headers[0].second, "Cookie, Accept-Encoding");
  Response packed = page;
  unpack_unless_taken(taking("gzip"), packed);
  EXPECT_TRUE(packed.is_gzip);
  unpack_unless_taken(taking("br"), page);
  EXPECT_FALSE(page.is_gzip);
  EXPECT_EQ(page.body, std::string(5000, 'x'));
}

TEST(Gzip, WhatIsShortStaysPlain) {
  Response page;
  page.body = "short";
  pack(page);
  EXPECT_FALSE(page.is_gzip);
  EXPECT_EQ(page.body, "short");
}

}  // namespace
}  // namespace sotevahti::web
