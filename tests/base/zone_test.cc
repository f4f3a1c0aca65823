#include "base/zone.h"

#include <gtest/gtest.h>

namespace sotevahti::base {
namespace {

using namespace std::chrono_literals;

LocalTime reading(int year, unsigned month, unsigned day, int hour, int minute) {
  return {std::chrono::year(year) / month / day, hour, minute, 0};
}

TEST(Zone, UnknownNameIsRefusedByName) {
  const auto zone = Zone::find("Europe/Helsingfors");
  ASSERT_FALSE(zone);
  EXPECT_NE(zone.error().message.find("Europe/Helsingfors"), std::string::npos);
}

TEST(Zone, SkippedReadingMeansTheMomentAfterTheGap) {
  // 29 March 2026: 03:00 becomes 04:00 in Helsinki.
  const Time at = Zone::helsinki().to_utc(reading(2026, 3, 29, 3, 30));
  EXPECT_EQ(to_rfc3339(at), "2026-03-29T01:00:00Z");
  EXPECT_EQ(Zone::helsinki().to_local(at), reading(2026, 3, 29, 4, 0));
}

TEST(Zone, DoubledReadingMeansItsFirst) {
  // 25 October 2026: 04:00 becomes 03:00.
  EXPECT_EQ(to_rfc3339(Zone::helsinki().to_utc(reading(2026, 10, 25, 3, 30))), "2026-10-25T00:30:00Z");
}

TEST(Zone, WinterAndSummerOffsets) {
  EXPECT_EQ(Zone::helsinki().offset(from_unix(1768435200)), 2h);
  EXPECT_EQ(Zone::helsinki().offset(from_unix(1784073600)), 3h);
}

TEST(IsoDate, ImpossibleDaysAreRefused) {
  for (const auto* text : {"2026-02-30", "2026-13-01", "26-01-01", "2026-1-01", "", "2026-01-01T", "-026-01-01"})
    EXPECT_FALSE(parse_iso_date(text)) << text;
  EXPECT_EQ(to_iso_date(*parse_iso_date("2024-02-29")), "2024-02-29");
}

TEST(MailDate, IsAsRfc5322AndRfc9110Say) {
  EXPECT_EQ(to_rfc5322(from_unix(1771584326)), "Fri, 20 Feb 2026 10:45:26 +0000");
  EXPECT_EQ(to_http_date(from_unix(784111777)), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace sotevahti::base
