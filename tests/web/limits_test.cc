#include "web/limits.h"

#include <gtest/gtest.h>

namespace sotevahti::web::test {
namespace {

using namespace std::chrono_literals;
constexpr base::Time noon{std::chrono::sys_days(std::chrono::year(2026) / 2 / 20) + 12h};

TEST(RateLimits, LetSoManyInWithinTheSpan) {
  RateLimit limit(2, 1h);
  EXPECT_TRUE(limit.admit("a", noon));
  EXPECT_TRUE(limit.admit("a", noon + 30min));
  EXPECT_FALSE(limit.admit("a", noon + 59min));
  EXPECT_TRUE(limit.admit("b", noon + 59min));
  EXPECT_TRUE(limit.admit("a", noon + 1h));
  EXPECT_FALSE(limit.admit("a", noon + 1h));
}

TEST(RateLimits, AClockThatWentBackLocksNobodyOut) {
  RateLimit limit(1, 1h);
  EXPECT_TRUE(limit.admit("a", noon + 24h * 365));
  EXPECT_TRUE(limit.admit("a", noon));
}

TEST(RateLimits, KnowOnlySoManyClients) {
  RateLimit limit(5, 1h, 100);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(limit.admit(std::to_string(i), noon));
  EXPECT_FALSE(limit.admit("another", noon));
  EXPECT_TRUE(limit.admit("7", noon)) << "who is known may";
  EXPECT_TRUE(limit.admit("another", noon + 1h));
}

TEST(ClientNetworks, AreAddressesAndCustomersNetworks) {
  EXPECT_EQ(client_network("192.0.2.7", ""), "192.0.2.7");
  EXPECT_EQ(client_network("2001:db8:1:2:3:4:5:6", ""), client_network("2001:db8:1:2::1", ""));
  EXPECT_NE(client_network("2001:db8:1:2::1", ""), client_network("2001:db8:1:3::1", ""));
  EXPECT_EQ(client_network("::ffff:192.0.2.7", ""), "192.0.2.7");
}

TEST(ClientNetworks, BelieveAProxyOnThisMachineAlone) {
  EXPECT_EQ(client_network("127.0.0.1", "198.51.100.1, 192.0.2.7"), "192.0.2.7") << "what it added itself";
  EXPECT_EQ(client_network("203.0.113.5", "192.0.2.7"), "203.0.113.5");
  EXPECT_EQ(client_network("127.0.0.1", "nonsense"), "127.0.0.1");
  EXPECT_EQ(client_network("::1", "2001:db8:1:2::9"), client_network("2001:db8:1:2::1", ""));
}

}  // namespace
}  // namespace sotevahti::web::test
