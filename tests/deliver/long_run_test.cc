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
    return Dispatcher({*world.database, world.taxonomy, world.catalogue, world.texts, world.sender})
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

// A clock that is years off for an hour now and then, with news in that hour as in every other.
TEST(LongRun, AClockSteppedByYearsTellsEachStoryOnceAndMakesNoStorm) {
  constexpr auto year = 365 * 24h;
  World world;
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  world.subscribe(world.subscriber("berit@example.com"), "immediate");
  std::uint32_t stories = 0;
  const auto live_an_hour = [&] {
    auto entry = world.entry(std::to_string(stories), "Uutinen " + std::to_string(stories));
    entry.signature.title_lemmas = {stories++};
    world.store({entry}, world.clock.now());
    for (int minute = 0; minute < 60; minute += 10) {
      world.clock.advance(10min);
      ASSERT_THAT(world.build().problems, testing::IsEmpty());
    }
  };
  constexpr base::Seconds steps[] = {3 * year, -5 * year, 10 * year, -year, 24h, -24h};
  for (const base::Seconds step : steps) {
    for (int hour = 0; hour < 30; ++hour) live_an_hour();
    world.clock.advance(step);
    live_an_hour();
    world.clock.advance(-step);
  }
  for (int hour = 0; hour < 30; ++hour) live_an_hour();

  std::map<archive::SubscriberId, std::multiset<archive::EntryId>> told;
  std::map<archive::SubscriberId, std::size_t> digests;
  for (const auto& digest : archive::Ledger(*world.database).digests(100000)) {
    told[digest.subscriber].insert(digest.entries.begin(), digest.entries.end());
    ++digests[digest.subscriber];
  }
  const auto [daily, immediate] = std::pair(told.begin(), std::next(told.begin()));
  for (const auto& reader : {*daily, *immediate}) {
    const std::set<archive::EntryId> once(reader.second.begin(), reader.second.end());
    EXPECT_EQ(once.size(), reader.second.size()) << "told twice";
  }
  EXPECT_EQ(immediate->second.size(), stories);
  EXPECT_GE(daily->second.size(), stories - 24U) << "but for what is not yet due";
  EXPECT_LE(digests[daily->first], 9U + std::size(steps)) << "one a day, and one for each step ahead";
}

}  // namespace
}  // namespace sotevahti::deliver
