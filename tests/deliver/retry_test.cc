#include "deliver/retry.h"

#include <gtest/gtest.h>

#include <set>

#include "world.h"

namespace sotevahti::deliver {
namespace {

const base::Time now = helsinki(2026, 2, 20, 12);

TEST(WebhookRetry, FollowsTheScheduleWithATenthOfSpread) {
  const std::vector<base::Seconds> plan = {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const auto next = next_webhook_attempt(static_cast<int>(i) + 1, now, "msg_1");
    ASSERT_TRUE(next);
    EXPECT_GE(*next - now, plan[i]);
    EXPECT_LE(*next - now, plan[i] + plan[i] / 10 + 1s);
  }
  EXPECT_FALSE(next_webhook_attempt(10, now, "msg_1"));
}

TEST(WebhookRetry, MessagesThatFailedTogetherDoNotComeBackTogether) {
  std::set<base::Time> times;
  for (int i = 0; i < 100; ++i) times.insert(*next_webhook_attempt(3, now, "msg_" + std::to_string(i)));
  EXPECT_GT(times.size(), 50U);
  EXPECT_EQ(next_webhook_attempt(3, now, "msg_1"), next_webhook_attempt(3, now, "msg_1"));
}

TEST(WebhookRetry, GivesTheTimeThatTheReceiverAskedFor) {
  EXPECT_EQ(next_webhook_attempt(1, now, "m", 1h), now + 1h);
  EXPECT_LT(*next_webhook_attempt(4, now, "m", 10s) - now, 3h);  // never sooner than planned
  EXPECT_GE(*next_webhook_attempt(4, now, "m", 10s) - now, 2h);
  EXPECT_EQ(next_webhook_attempt(1, now, "m", 24h * 365), now + 24h);
}

TEST(MailRetry, GrowsFromAMinuteToFourHoursAndEndsAfterFiveDays) {
  base::Time at = now;
  int attempts = 1;
  base::Seconds before{0};
  while (const auto next = next_mail_attempt(attempts, at, now, "m")) {
    EXPECT_GE(*next - at, before > 4h ? base::Seconds(4h) : base::Seconds(1min));
    EXPECT_LE(*next - at, 4h + 25min);
    before = *next - at;
    at = *next;
    ++attempts;
  }
  EXPECT_GE(at - now, 24h * 5);
  EXPECT_LE(at - now, 24h * 5 + 5h);
  EXPECT_GT(attempts, 25);
  EXPECT_LE(*next_mail_attempt(1, now, now, "m") - now, 67s);
}

}  // namespace
}  // namespace sotevahti::deliver
