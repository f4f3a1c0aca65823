#include "deliver/schedule.h"

#include <gtest/gtest.h>

#include <set>

#include "world.h"

namespace sotevahti::deliver {
namespace {

archive::Rhythm rhythm(const char* text) { return must(archive::Rhythm::parse(text)); }

// Looks every minute, as the service does; one window for each due moment, closed at it.
std::vector<base::Time> simulate(const archive::Rhythm& rhythm, const base::Zone& zone, base::Time from, base::Time to,
                                 base::Seconds step) {
  std::vector<base::Time> ends;
  base::Time start = from;
  for (base::Time now = from; now < to; now += step)
    if (const auto end = window_end(rhythm, start, now, zone)) {
      ends.push_back(*end);
      start = *end;
    }
  return ends;
}

TEST(Schedule, OneDigestADayFor400DaysInThreeZones) {
  for (const char* name : {"Europe/Helsinki", "America/New_York", "Asia/Kathmandu"}) {
    const base::Zone zone = must(base::Zone::find(name));
    const base::Time from = zone.to_utc({std::chrono::year(2026) / 1 / 1, 0, 0, 0});
    const auto ends = simulate(rhythm("daily 03:30"), zone, from, from + 24h * 400, 10min);
    std::set<std::chrono::sys_days> days;
    for (const base::Time end : ends) days.insert(zone.to_local(end).day);
    EXPECT_EQ(ends.size(), 400U) << name;
    EXPECT_EQ(days.size(), 400U) << name;
  }
}

// The clocks change by an hour at three and four, by an hour at two, and by half an hour at two.
TEST(Schedule, EveryMinuteOfTheChangeHoursGivesOneDigest) {
  struct Change {
    const char* zone;
    unsigned month, day;
  };
  for (const Change& change :
       {Change{"Europe/Helsinki", 3, 29}, Change{"Europe/Helsinki", 10, 25}, Change{"America/New_York", 3, 8},
        Change{"America/New_York", 11, 1}, Change{"Australia/Lord_Howe", 4, 5}, Change{"Australia/Lord_Howe", 10, 4}}) {
    const base::Zone zone = must(base::Zone::find(change.zone));
    for (int minute = 0; minute < 6 * 60; ++minute) {
      archive::Rhythm at = rhythm("daily 00:00");
      at.at = std::chrono::minutes(minute);
      const std::chrono::year_month_day day =
          std::chrono::year(2026) / std::chrono::month(change.month) / std::chrono::day(change.day);
      const base::Time from = zone.to_utc({day, 0, 0, 0}) - 1min;
      const auto ends = simulate(at, zone, from, from + 12h, 1min);
      ASSERT_EQ(ends.size(), 1U) << change.zone << ' ' << change.month << " minute " << minute;
    }
  }
}

TEST(Schedule, DowntimeMakesOneWindowToTheLastDueMoment) {
  const base::Time start = helsinki(2026, 2, 16, 7);
  EXPECT_EQ(window_end(rhythm("daily 07:00"), start, helsinki(2026, 2, 20, 12), base::Zone::helsinki()),
            helsinki(2026, 2, 20, 7));
  EXPECT_EQ(window_end(rhythm("weekly mon 08:00"), start, helsinki(2026, 2, 20, 12), base::Zone::helsinki()),
            helsinki(2026, 2, 16, 8));
  EXPECT_EQ(
      window_end(rhythm("daily 07:00"), helsinki(2026, 2, 20, 7), helsinki(2026, 2, 20, 12), base::Zone::helsinki()),
      std::nullopt);
}

TEST(Schedule, AClockThatWentBackTellsNothingTwice) {
  const base::Time told = helsinki(2026, 2, 20, 7);
  EXPECT_EQ(window_end(rhythm("daily 07:00"), told, told - 3h, base::Zone::helsinki()), std::nullopt);
  EXPECT_EQ(window_end(rhythm("immediate"), told, told - 3h, base::Zone::helsinki()), std::nullopt);
}

TEST(Schedule, AtOnceMeansNowButNotInAQuietHour) {
  const archive::Rhythm wanted = rhythm("immediate quiet 21:00-07:00");
  const base::Time start = helsinki(2026, 2, 19, 20);
  EXPECT_EQ(window_end(wanted, start, helsinki(2026, 2, 19, 20, 30), base::Zone::helsinki()),
            helsinki(2026, 2, 19, 20, 30));
  EXPECT_EQ(window_end(wanted, start, helsinki(2026, 2, 19, 22), base::Zone::helsinki()), std::nullopt);
  EXPECT_EQ(window_end(wanted, start, helsinki(2026, 2, 20, 7, 1), base::Zone::helsinki()),
            helsinki(2026, 2, 20, 7, 1));
}

// When the window of one who was last told at `start`, and was looked at at `now`, may close next.
std::optional<base::Time> next(const char* wanted, base::Time start, base::Time now) {
  return next_end(rhythm(wanted), start, now, base::Zone::helsinki());
}

TEST(Schedule, TheNextEndLiesAheadOrIsForNewsToBring) {
  const base::Time start = helsinki(2026, 2, 19, 20);
  EXPECT_EQ(next("daily 07:00", start, start), helsinki(2026, 2, 20, 7));
  EXPECT_EQ(next("daily 07:00", start, helsinki(2026, 2, 20, 7)), std::nullopt) << "looked at, and could not be told";
  EXPECT_EQ(next("immediate", start, start + 20s), start + 1min) << "told a moment ago";
  EXPECT_EQ(next("immediate", start, start + 1min), std::nullopt);
  EXPECT_EQ(next("immediate", start, start + 3h), std::nullopt);
}

TEST(Schedule, AQuietHourEndsForWhoIsToldAtOnce) {
  const base::Time start = helsinki(2026, 2, 19, 20);
  constexpr const char* wanted = "immediate quiet 21:00-07:00";
  EXPECT_EQ(next(wanted, start, helsinki(2026, 2, 19, 22)), helsinki(2026, 2, 20, 7));
  EXPECT_EQ(next(wanted, start, helsinki(2026, 2, 20, 7)), std::nullopt);
}

}  // namespace
}  // namespace sotevahti::deliver
