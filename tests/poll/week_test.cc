// Polling over days, as the servers saw it (poll_week prints the whole table).
#include "poll/week/week.h"

#include <gtest/gtest.h>

namespace sotevahti::poll::week {
namespace {

using namespace std::chrono_literals;

TEST(Week, NoServersWishIsDisregarded) {
  Plan plan;
  plan.thin = 3;
  for (const std::uint32_t seed : {1U, 2U}) {
    plan.seed = seed;
    const Figures ours = poll_politely(plan);
    EXPECT_EQ(ours.broken_in_all(), 0U) << table(ours, ours);
    EXPECT_LE(ours.most_at_once, 2U);
    EXPECT_LE(ours.largest_burst, 60U);
    EXPECT_GT(ours.answered, 1000U);
    EXPECT_GE(ours.share_of_304, 0.5);
    EXPECT_LE(ours.requests_a_feed_and_day, 24);
    EXPECT_GE(ours.arrived + ours.lost, ours.published * 9 / 10);
    EXPECT_LE(ours.p99_of_frequent, 6h);
  }
}

// That the servers do notice.
TEST(Week, AFixedPollerBreaksTheRules) {
  Plan plan;
  plan.thin = 3;
  const Figures fixed = poll_each_hour(plan);
  EXPECT_GT(fixed.broken[0], 0U);  // connections
  EXPECT_GT(fixed.broken[1], 0U);  // gap
  EXPECT_GT(fixed.broken[2], 0U);  // Retry-After
  EXPECT_GT(fixed.broken[3], 0U);  // not before
  EXPECT_DOUBLE_EQ(fixed.requests_a_feed_and_day, 24);
}

}  // namespace
}  // namespace sotevahti::poll::week
