#include "deliver/explain.h"

#include <gmock/gmock.h>

#include "archive/search.h"
#include "world.h"

namespace sotevahti::deliver {
namespace {

using testing::Contains;
using testing::HasSubstr;
using Verdict = Explanation::Verdict;

class Explain : public testing::Test {
 protected:
  archive::EntryId newest() {
    archive::Search search(*world_.database, world_.taxonomy, world_.clock.now());
    return search.find(archive::Filter{}).entries.at(0).id;
  }
  Explanation explain_newest(archive::SubscriptionId subscription) {
    return must(explain(*world_.database, world_.taxonomy, newest(), subscription, world_.clock.now()));
  }
  World world_;
};

TEST_F(Explain, WhatWaitsSaysForWhichDigest) {
  const auto id = world_.subscribe(world_.subscriber("aino@example.com"), "daily 07:00");
  world_.publish("1", "Haku");
  const auto why = explain_newest(id);
  EXPECT_EQ(why.verdict, Verdict::waiting);
  EXPECT_EQ(why.reasons.at(0), "It waits for the digest of 2026-02-20 07:00.");
  EXPECT_THAT(why.reasons, Contains(HasSubstr("Tagged pirkanmaa")));
}

TEST_F(Explain, WhatWasToldSaysWhen) {
  const auto id = world_.subscribe(world_.subscriber("aino@example.com"), "daily 07:00");
  world_.publish("1", "Haku");
  world_.clock.set(helsinki(2026, 2, 20, 7, 1));
  world_.build();
  const auto why = explain_newest(id);
  EXPECT_EQ(why.verdict, Verdict::told);
  EXPECT_THAT(why.reasons.at(0), HasSubstr("2026-02-20 07:00"));
}

TEST_F(Explain, WhatTheFilterDoesNotMeetSaysWhichPart) {
  const auto id =
      world_.subscribe(world_.subscriber("aino@example.com"), "daily 07:00", "area:lappi topic:jarjestoavustukset");
  world_.publish("1", "Haku");
  const auto why = explain_newest(id);
  EXPECT_EQ(why.verdict, Verdict::out);
  EXPECT_THAT(why.reasons, Contains("Not met: area:lappi"));
}

TEST_F(Explain, WhatCameBeforeTheSubscriptionIsOut) {
  world_.publish("1", "Haku");
  world_.clock.advance(1h);
  const auto id = world_.subscribe(world_.subscriber("aino@example.com"), "daily 07:00");
  EXPECT_THAT(explain_newest(id).reasons.at(0), HasSubstr("before the subscription began"));
}

TEST_F(Explain, AnEndedSubscriptionSaysItsReason) {
  const auto id = world_.subscribe(world_.subscriber("aino@example.com"), "daily 07:00");
  archive::People(*world_.database).end_subscription(id, "muutti");
  world_.publish("1", "Haku");
  EXPECT_THAT(explain_newest(id).reasons.at(0), HasSubstr("muutti"));
}

TEST_F(Explain, UnknownNumbersAreRefused) {
  EXPECT_FALSE(explain(*world_.database, world_.taxonomy, 99, 99, world_.clock.now()));
}

}  // namespace
}  // namespace sotevahti::deliver
