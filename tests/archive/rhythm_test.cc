#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/holidays.h"
#include "archive/people.h"

namespace sotevahti::archive {
namespace {

using namespace std::chrono;
using testing::HasSubstr;

base::Time helsinki(int y, unsigned m, unsigned d, int hour, int minute = 0) {
  return base::Zone::helsinki().to_utc({year(y) / month(m) / day(d), hour, minute, 0});
}

std::string next(const std::string& rhythm, base::Time after, const base::Zone& zone = base::Zone::helsinki()) {
  return base::to_rfc3339(Rhythm::parse(rhythm)->next_due(after, zone));
}

TEST(RhythmTest, PrintsWhatItReads) {
  for (const char* text : {"daily 07:00", "weekdays 07:30", "weekdays 07:30 holidays", "weekly mon 08:00",
                           "weekly sun 23:59", "monthly 1 08:00", "monthly 28 00:00", "immediate",
                           "immediate quiet 21:00-07:00", "immediate quiet 21:00-07:00 holidays"}) {
    const auto rhythm = Rhythm::parse(text);
    ASSERT_TRUE(rhythm) << text;
    EXPECT_EQ(rhythm->print(), text);
  }
  EXPECT_EQ(Rhythm::parse("  daily   7:05 ")->print(), "daily 07:05");
}

TEST(RhythmTest, RefusesImpossibleOnes) {
  for (const char* text : {"", "hourly", "daily", "daily 24:00", "daily 07:60", "daily 7", "daily 07:5", "weekly 08:00",
                           "weekly maanantai 08:00", "monthly 0 08:00", "monthly 31 08:00", "daily 07:00 x",
                           "immediate quiet", "immediate quiet 21:00", "immediate quiet 21:00-25:00", "daily -1:00"}) {
    const auto rhythm = Rhythm::parse(text);
    ASSERT_FALSE(rhythm) << text;
    EXPECT_THAT(rhythm.error().message, HasSubstr("daily 07:00")) << "says what there is";
  }
}

TEST(RhythmTest, IsDueAtItsLocalTime) {
  EXPECT_EQ(next("daily 07:00", helsinki(2026, 2, 20, 6, 59)), "2026-02-20T05:00:00Z");
  EXPECT_EQ(next("daily 07:00", helsinki(2026, 2, 20, 7)), "2026-02-21T05:00:00Z") << "strictly after";
  EXPECT_EQ(next("weekdays 07:00", helsinki(2026, 2, 20, 8)), "2026-02-23T05:00:00Z");
  EXPECT_EQ(next("weekly mon 08:00", helsinki(2026, 2, 20, 8)), "2026-02-23T06:00:00Z");
  EXPECT_EQ(next("monthly 1 08:00", helsinki(2026, 2, 20, 8)), "2026-03-01T06:00:00Z");
  EXPECT_EQ(next("daily 07:00", helsinki(2026, 7, 1, 8)), "2026-07-02T04:00:00Z") << "summer time";
}

TEST(RhythmTest, IsDueOnceOnBothChangeDays) {
  EXPECT_EQ(next("daily 03:30", helsinki(2026, 3, 28, 4)), "2026-03-29T01:00:00Z")
      << "skipped: the moment after the gap";
  EXPECT_EQ(next("daily 03:30", base::from_unix(1774746000)), "2026-03-30T00:30:00Z") << "not twice";
  EXPECT_EQ(next("daily 03:30", helsinki(2026, 10, 24, 4)), "2026-10-25T00:30:00Z") << "twice: its first";
  EXPECT_EQ(next("daily 03:30", helsinki(2026, 10, 25, 3, 30)), "2026-10-26T01:30:00Z");
}

TEST(RhythmTest, IsDueOnceADayForYears) {
  for (const char* name : {"Europe/Helsinki", "America/Sao_Paulo", "Australia/Lord_Howe"}) {
    const base::Zone zone = *base::Zone::find(name);
    for (const char* text : {"daily 00:00", "daily 02:30", "daily 03:30", "daily 23:59"}) {
      const Rhythm rhythm = *Rhythm::parse(text);
      base::Time due = rhythm.next_due(helsinki(2024, 1, 1, 12), zone);
      sys_days date(zone.to_local(due).day);
      for (int i = 0; i < 800; ++i) {
        const base::Time following = rhythm.next_due(due, zone);
        ASSERT_EQ(sys_days(zone.to_local(following).day), date + days(1)) << name << ' ' << text;
        due = following;
        date += days(1);
      }
    }
  }
}

TEST(RhythmTest, SkipsHolidaysWhereAsked) {
  EXPECT_EQ(next("weekdays 07:00 holidays", helsinki(2026, 4, 2, 8)), "2026-04-07T04:00:00Z") << "Easter";
  EXPECT_EQ(next("weekdays 07:00", helsinki(2026, 4, 2, 8)), "2026-04-03T04:00:00Z");
  EXPECT_EQ(next("monthly 1 08:00 holidays", helsinki(2025, 12, 2, 8)), "2026-01-02T06:00:00Z")
      << "put off, not dropped";
  EXPECT_EQ(next("monthly 1 08:00 holidays", helsinki(2026, 1, 2, 8)), "2026-02-01T06:00:00Z");
  EXPECT_EQ(next("weekly fri 08:00 holidays", helsinki(2026, 4, 1, 8)), "2026-04-07T05:00:00Z") << "Easter";
  EXPECT_EQ(next("weekly fri 08:00 holidays", helsinki(2026, 4, 7, 8)), "2026-04-10T05:00:00Z");
  EXPECT_EQ(next("immediate holidays", helsinki(2026, 12, 25, 12)), "2026-12-26T22:00:00Z");
}

TEST(RhythmTest, ImmediateKeepsQuiet) {
  const std::string quiet = "immediate quiet 21:00-07:00";
  EXPECT_EQ(next(quiet, helsinki(2026, 2, 20, 12)), base::to_rfc3339(helsinki(2026, 2, 20, 12, 1)));
  EXPECT_EQ(next(quiet, helsinki(2026, 2, 20, 21)), base::to_rfc3339(helsinki(2026, 2, 21, 7)));
  EXPECT_EQ(next(quiet, helsinki(2026, 2, 21, 3)), base::to_rfc3339(helsinki(2026, 2, 21, 7)));
  EXPECT_EQ(next("immediate quiet 12:00-13:00", helsinki(2026, 2, 20, 12, 30)),
            base::to_rfc3339(helsinki(2026, 2, 20, 13)));
}

TEST(HolidaysTest, EasterFallsWhereItDoes) {
  EXPECT_EQ(easter_sunday(year(2024)), year(2024) / 3 / 31);
  EXPECT_EQ(easter_sunday(year(2025)), year(2025) / 4 / 20);
  EXPECT_EQ(easter_sunday(year(2026)), year(2026) / 4 / 5);
  EXPECT_EQ(easter_sunday(year(2038)), year(2038) / 4 / 25) << "the latest there is";
  EXPECT_EQ(easter_sunday(year(2285)), year(2285) / 3 / 22) << "the earliest there is";
}

TEST(HolidaysTest, AreFinlandsThirteen) {
  std::vector<std::string> found;
  for (sys_days each = year(2026) / 1 / 1; each < sys_days(year(2027) / 1 / 1); each += days(1)) {
    if (is_finnish_holiday(each)) found.push_back(base::to_iso_date(each));
  }
  EXPECT_THAT(found, testing::ElementsAre("2026-01-01", "2026-01-06", "2026-04-03", "2026-04-05", "2026-04-06",
                                          "2026-05-01", "2026-05-14", "2026-05-24", "2026-06-20", "2026-10-31",
                                          "2026-12-06", "2026-12-25", "2026-12-26"));
}

}  // namespace
}  // namespace sotevahti::archive
