#include "poll/schedule.h"

#include <gtest/gtest.h>

namespace sotevahti::poll {
namespace {

using namespace std::chrono_literals;

const base::Time now = base::from_unix(1771584000);  // Fri 2026-02-20 10:40:00 UTC
const Bounds bounds{10min, 1h, 24h};
constexpr double no_jitter = 0.5;

std::vector<base::Time> every(base::Seconds gap, int count) {
  std::vector<base::Time> times;
  for (int i = 0; i < count; ++i) times.push_back(now - gap * i);
  return times;
}

TEST(AdaptInterval, FollowsTheFeedsPace) {
  EXPECT_EQ(adapt_interval(1h, every(24h, 10), true, now, bounds), 6h);
  EXPECT_EQ(adapt_interval(1h, every(4h, 10), true, now, bounds), 1h);
}

TEST(AdaptInterval, StaysWithinBounds) {
  EXPECT_EQ(adapt_interval(1h, every(1min, 20), true, now, bounds), bounds.least);
  EXPECT_EQ(adapt_interval(1h, every(24h * 300, 5), true, now, bounds), bounds.most);
}

TEST(AdaptInterval, SilenceSlowsDown) {
  auto times = every(1h, 10);
  for (auto& t : times) t -= 48h;
  EXPECT_EQ(adapt_interval(15min, times, false, now, bounds), 12h);
}

TEST(AdaptInterval, TimesInTheFutureSayNothing) {
  auto times = every(24h, 3);
  times.push_back(now + 24h * 400);
  EXPECT_EQ(adapt_interval(1h, times, true, now, bounds), 6h);
}

TEST(AdaptInterval, WithoutTimesNewsShortensAndSilenceLengthens) {
  EXPECT_EQ(adapt_interval(3h, {}, true, now, bounds), 2h);
  EXPECT_EQ(adapt_interval(3h, {}, false, now, bounds), 4h);
  EXPECT_EQ(adapt_interval(0s, {}, false, now, bounds), 80min);
}

TEST(QuietInterval, GrowsWithTheSilenceOnly) {
  EXPECT_EQ(quiet_interval(6h, now - 8h, now, bounds), 6h);
  EXPECT_EQ(quiet_interval(6h, now - 40h, now, bounds), 10h);
  EXPECT_EQ(quiet_interval(6h, std::nullopt, now, bounds), 8h);
}

TEST(NextPoll, JitterStaysWithinATenth) {
  for (const double chance : {0.0, 0.25, 0.999}) {
    const base::Seconds wait = next_poll(now, 100min, {}, bounds, chance) - now;
    EXPECT_GE(wait, 90min);
    EXPECT_LE(wait, 110min);
  }
  EXPECT_EQ(next_poll(now, 100min, {}, bounds, no_jitter) - now, 100min);
}

TEST(NextPoll, WhatThePublisherAsksIsNotBefore) {
  Asked asked;
  asked.max_age = 3h;
  EXPECT_GE(next_poll(now, 1h, asked, bounds, 0), now + 3h);
  asked = {};
  asked.not_before = 4h;
  EXPECT_GE(next_poll(now, 1h, asked, bounds, 0), now + 4h);
  asked = {};
  asked.expires = now + 5h;
  EXPECT_GE(next_poll(now, 1h, asked, bounds, 0), now + 5h);
  asked = {};
  asked.retry_after = now + 6h;
  EXPECT_GE(next_poll(now, 1h, asked, bounds, 0), now + 6h);
}

TEST(NextPoll, AWeekIsAMistakeOfOneWhoAnswersWell) {
  Asked asked;
  asked.max_age = 24h * 365;
  EXPECT_LE(next_poll(now, 1h, asked, bounds, 1), now + 25h);
  asked = {};
  asked.retry_after = now + 24h * 7;
  EXPECT_LE(next_poll(now, 1h, asked, bounds, 1), now + 25h);
}

TEST(NextPoll, SkippedHoursAndDaysAreLeftOut) {
  Asked asked;
  asked.skip_hours = 1U << 11 | 1U << 12;
  EXPECT_EQ(next_poll(now, 1h, asked, bounds, no_jitter), base::from_unix(1771592400) + 5min);  // 13:00
  asked.skip_days = 1U << 5 | 1U << 6;                                                          // Friday and Saturday
  EXPECT_EQ(next_poll(now, 1h, asked, bounds, no_jitter), base::from_unix(1771718400) + 5min);  // Sunday 00:00
}

TEST(NextPoll, AFeedThatNamesEveryHourIsAskedAllTheSame) {
  Asked asked;
  asked.skip_hours = 0xffffff;
  EXPECT_LE(next_poll(now, 1h, asked, bounds, no_jitter), now + 8 * 24h);
}

TEST(NextPoll, NoFeedIsAskedMoreOftenThanTheBound) {
  for (const double chance : {0.0, 0.5, 0.999}) EXPECT_GE(next_poll(now, 10min, {}, bounds, chance), now + 10min);
}

TEST(NextPoll, WhatTheDocumentAskedHoldsForA304Too) {
  feed::PollHints hints;
  hints.ttl_minutes = 240;
  hints.update_period_minutes = 60;
  hints.skip_hours = {0, 23};
  hints.skip_days = {6};
  archive::FeedState state;
  keep_hints(state, hints);
  Asked asked;
  recall_hints(asked, state);
  EXPECT_EQ(asked.not_before, 4h);
  EXPECT_EQ(asked.skip_hours, 1U | 1U << 23);
  EXPECT_EQ(asked.skip_days, 1U << 6);
}

TEST(BoundsFor, ARowsOwnIntervalBeatsThePace) {
  config::Feed feed;
  EXPECT_EQ(bounds_for(feed, bounds).most, 24h);
  feed.interval = 30min;
  const Bounds own = bounds_for(feed, bounds);
  EXPECT_EQ(adapt_interval(1h, every(24h, 10), true, now, own), 30min);
  EXPECT_EQ(quiet_interval(30min, now - 24h * 300, now, own), 30min);
}

TEST(UsualGap, EntriesOfOneMeetingAreOnePieceOfNews) {
  auto times = every(24h * 14, 5);
  for (int i = 0; i < 30; ++i) times.push_back(now - std::chrono::minutes(i));
  EXPECT_EQ(usual_gap(times, now), 24h * 14);
  EXPECT_EQ(usual_gap(every(1min, 50), now), 0s);
  EXPECT_EQ(usual_gap({}, now), 0s);
}

TEST(NextAttempt, GrowsByClassAndIsCapped) {
  EXPECT_EQ(next_attempt(now, "timeout", 1, std::nullopt, no_jitter) - now, 15min);
  EXPECT_EQ(next_attempt(now, "timeout", 3, std::nullopt, no_jitter) - now, 1h);
  EXPECT_EQ(next_attempt(now, "timeout", 60, std::nullopt, no_jitter) - now, 12h);
  EXPECT_EQ(next_attempt(now, "gone", 1, std::nullopt, no_jitter) - now, 24h);
  EXPECT_EQ(next_attempt(now, "gone", 1000, std::nullopt, no_jitter) - now, 14 * 24h);
  EXPECT_EQ(next_attempt(now, "a cause of later days", 1, std::nullopt, no_jitter) - now, 1h);
}

TEST(NextAttempt, RetryAfterIsAFloor) {
  EXPECT_GE(next_attempt(now, "5xx", 1, now + 3h, 0.9), now + 3h);
  EXPECT_EQ(next_attempt(now, "gone", 1, now + 3h, no_jitter), now + 24h);
}

TEST(RetryAfter, SecondsAndDates) {
  EXPECT_EQ(parse_retry_after("120", now), now + 2min);
  EXPECT_EQ(parse_retry_after(" 0 ", now), now);
  EXPECT_EQ(parse_retry_after("Fri, 20 Feb 2026 12:00:00 GMT", now), base::from_unix(1771588800));
  EXPECT_EQ(parse_retry_after("99999999999999999999", now), now + 7 * 24h);
  EXPECT_EQ(parse_retry_after("31536000", now), now + 7 * 24h);
  for (const char* nonsense : {"", "-5", "soon", "12 apples", "Fri, 20 Feb 2016 12:00:00 GMT"})
    EXPECT_EQ(parse_retry_after(nonsense, now), std::nullopt) << nonsense;
}

TEST(MaxAge, OnlyItsOwnDirectiveCounts) {
  EXPECT_EQ(parse_max_age("max-age=600"), 600s);
  EXPECT_EQ(parse_max_age("public, max-age=600, must-revalidate"), 600s);
  EXPECT_EQ(parse_max_age("s-maxage=600"), 0s);
  EXPECT_EQ(parse_max_age("no-cache, max-age=0"), 0s);
  EXPECT_EQ(parse_max_age("max-age="), 0s);
  EXPECT_EQ(parse_max_age("max-age=999999999999"), 24h);
}

}  // namespace
}  // namespace sotevahti::poll
