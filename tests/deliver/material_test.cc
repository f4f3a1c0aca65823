// What a digest says of the sources.
#include "deliver/material.h"

#include <gtest/gtest.h>

namespace sotevahti::deliver {
namespace {

using namespace std::chrono_literals;

const base::Time now = base::from_unix(1771584000);

archive::FeedState read_an_hour_ago(const char* id) {
  archive::FeedState state;
  state.feed_id = id;
  state.last_success = state.last_new_entry = now - 1h;
  return state;
}

archive::FeedState failing(const char* id, const char* cause, base::Seconds since) {
  archive::FeedState state = read_an_hour_ago(id);
  state.failure = archive::PollFailure{cause, "a detail"};
  state.failing_since = now - since;
  return state;
}

TEST(Sources, APageWithoutAFeedIsNoneAndAnHoursTroubleIsNoTrouble) {
  std::vector<config::Feed> feeds;
  for (const char* id : {"fresh", "hour", "days", "page", "off"}) {
    config::Feed feed;
    feed.id = feed.title = id;
    feed.enabled = feed.id != "off";
    feeds.push_back(std::move(feed));
  }
  const std::vector<archive::FeedState> states{read_an_hour_ago("fresh"), failing("hour", "timeout", 1h),
                                               failing("days", "5xx", 72h), failing("page", "no-feed-found", 900h)};
  const digest::Sources sources = read_sources(states, config::Catalogue(feeds), now);
  EXPECT_EQ(sources.total, 3U);
  EXPECT_EQ(sources.read, 2U);
  ASSERT_EQ(sources.unreached.size(), 1U);
  EXPECT_EQ(sources.unreached[0].title, "days");
  EXPECT_EQ(sources.unreached[0].since, now - 72h);
}

}  // namespace
}  // namespace sotevahti::deliver
