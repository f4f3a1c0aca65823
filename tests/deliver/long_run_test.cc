// A year and more of mornings in three time zones: as many digests as days times people.
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "world.h"

namespace sotevahti::deliver {
namespace {

constexpr int days = 400;
constexpr const char* zones[] = {"Europe/Helsinki", "America/New_York", "Australia/Lord_Howe"};
// Among them times that a spring skips and an autumn has twice.
constexpr const char* times[] = {"daily 01:45", "daily 02:15", "daily 03:30"};

TEST(LongRun, EveryPersonGetsOneDigestADayAndNoStoryTwice) {
  World world;
  std::map<archive::SubscriberId, base::Zone> zone_of;
  world.clock.set(helsinki(2026, 1, 1, 12));
  for (const char* zone : zones)
    for (const char* time : times) {
      const auto person =
          world.subscriber(std::string(time).substr(6, 2) + "@" + std::string(zone).substr(0, 4) + ".fi");
      auto wanted = world.wish(person, time);
      wanted.zone = zone;
      world.subscribe(wanted);
      zone_of.emplace(person, must(base::Zone::find(zone)));
    }
  const base::Time end = world.clock.now() + 24h * days;
  const auto next_due = [&] {
    return Dispatcher(*world.database, world.taxonomy, world.catalogue, world.texts, world.sender)
        .next_due(world.clock.now());
  };
  // A story every eight hours, so that each window holds some.
  for (int third = 0; world.clock.now() < end; ++third) {
    auto entry = world.entry(std::to_string(third), "Uutinen " + std::to_string(third));
    entry.signature.title_lemmas = {static_cast<std::uint32_t>(third)};
    world.store({entry}, world.clock.now());
    const base::Time later = world.clock.now() + 8h;
    for (auto due = next_due(); due && *due < later; due = next_due()) {
      world.clock.set(*due);
      ASSERT_THAT(world.build().problems, testing::IsEmpty());
    }
    world.clock.set(later);
  }

  std::map<archive::SubscriberId, std::set<std::string>> mornings;
  std::map<archive::SubscriberId, std::multiset<archive::EntryId>> told;
  std::set<std::string> ids;
  for (const auto& digest : archive::Ledger(*world.database).digests(100000)) {
    const base::Zone& zone = zone_of.at(digest.subscriber);
    EXPECT_TRUE(mornings[digest.subscriber].insert(base::to_iso_date(zone.to_local(digest.to).day)).second);
    told[digest.subscriber].insert(digest.entries.begin(), digest.entries.end());
  }
  for (const auto& row : world.outbox()) ids.insert(row.message_id);
  EXPECT_EQ(ids.size(), zone_of.size() * days);
  for (const auto& [person, zone] : zone_of) {
    EXPECT_EQ(mornings[person].size(), static_cast<std::size_t>(days)) << person;
    const std::set<archive::EntryId> once(told[person].begin(), told[person].end());
    EXPECT_EQ(once.size(), told[person].size()) << person;
    EXPECT_GE(once.size(), static_cast<std::size_t>(3 * days - 3)) << person;
  }
}

}  // namespace
}  // namespace sotevahti::deliver
