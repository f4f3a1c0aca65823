#include "deliver/previewer.h"

#include <gmock/gmock.h>

#include "world.h"

namespace sotevahti::deliver {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Previewer, ShowsWhatWouldHaveCome) {
  World world;
  const auto aino = world.subscriber("aino@example.com");
  world.clock.set(helsinki(2026, 1, 5, 12));
  for (int week = 0; week < 4; ++week) {
    world.publish("a" + std::to_string(week), "Uutinen a" + std::to_string(week));
    world.publish("b" + std::to_string(week), "Uutinen b" + std::to_string(week));
    world.clock.advance(24h * 7);
  }
  Previewer previewer({*world.database, world.taxonomy, world.catalogue, world.texts, world.sender});
  const auto preview =
      previewer.preview(world.wish(aino, "weekly mon 08:00"), world.clock.now(), std::chrono::days(90));
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->digests.size(), 4U);  // twelve Mondays, four of them with news
  EXPECT_EQ(preview->stories, 8U);
  EXPECT_THAT(world.outbox(), IsEmpty());
  EXPECT_THAT(preview->digests[0].rendered.text, HasSubstr("Uutinen a0"));
  const auto forecast =
      previewer.forecast(world.wish(aino, "weekly mon 08:00"), world.clock.now(), std::chrono::days(90), 1min);
  ASSERT_TRUE(forecast);
  EXPECT_EQ(forecast->digests, preview->digests.size());
  EXPECT_EQ(forecast->stories, preview->stories);
  EXPECT_TRUE(forecast->is_whole);
  EXPECT_EQ(forecast->last.size(), 2U);
  EXPECT_FALSE(previewer.forecast(world.wish(aino, "weekly mon 08:00"), world.clock.now(), std::chrono::days(90), 0ms)
                   ->is_whole);
  const auto bad =
      previewer.preview(world.wish(aino, "daily 07:00", "area:("), world.clock.now(), std::chrono::days(9));
  EXPECT_FALSE(bad);
}

}  // namespace
}  // namespace sotevahti::deliver
