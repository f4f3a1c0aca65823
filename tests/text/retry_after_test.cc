#include "text/retry_after.h"

#include <gtest/gtest.h>

#include "base/zone.h"

namespace sotevahti::text {
namespace {

using namespace std::chrono_literals;

constexpr base::Time now{base::Seconds(1'771'584'000)};

TEST(RetryAfter, IsSecondsOrADate) {
  EXPECT_EQ(parse_retry_after("120", now, 24h), 120s);
  EXPECT_EQ(parse_retry_after(" 0 ", now, 24h), 0s);
  EXPECT_EQ(parse_retry_after(base::to_http_date(now + 90s), now, 24h), 90s);
  for (const char* bad : {"", " ", "-5", "-99999999999999999999", "soon", "12x", "Thu, 01 Jan 1970 00:00:00 GMT"})
    EXPECT_EQ(parse_retry_after(bad, now, 24h), std::nullopt) << bad;
}

TEST(RetryAfter, IsNeverLongerThanItsReaderWaits) {
  EXPECT_EQ(parse_retry_after("31536000", now, 24h), 24h);
  EXPECT_EQ(parse_retry_after("99999999999999999999", now, 24h), 24h);
  EXPECT_EQ(parse_retry_after(base::to_http_date(now + 48h), now, 24h), 24h);
}

}  // namespace
}  // namespace sotevahti::text
