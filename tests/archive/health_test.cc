#include "archive/health.h"

#include <gtest/gtest.h>

namespace sotevahti::archive {
namespace {

using namespace std::chrono_literals;

const base::Time now = base::from_unix(1771584000);

config::Catalogue catalogue_of(std::vector<std::string> ids) {
  std::vector<config::Feed> feeds;
  for (auto& id : ids) {
    config::Feed feed;
    feed.id = feed.title = id;
    feed.url = "https://" + id + ".example/feed";
    feeds.push_back(std::move(feed));
  }
  return config::Catalogue(std::move(feeds));
}

FeedState polled(const char* id, base::Seconds silence) {
  FeedState state;
  state.feed_id = id;
  state.url = std::string("https://") + id + ".example/feed";
  state.last_success = now - 1h;
  state.last_new_entry = now - silence;
  state.interval = 6h;
  return state;
}

TEST(Health, EachKindHasItsState) {
  auto failing = polled("failing", 1h);
  failing.failure = PollFailure{"http-4xx", "404 Not Found"};
  failing.failures = 5;
  failing.failing_since = now - 24h * 3;
  auto none = polled("none", 1h);
  none.failure = PollFailure{"no-feed-found", "the page links to no feed"};
  const auto catalogue = catalogue_of({"fresh", "quiet", "failing", "none", "new"});
  const std::vector<FeedState> states{polled("fresh", 24h * 6), polled("quiet", 24h * 8), failing, none};
  const auto all = health_of(catalogue, states, now);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0].state, Health::State::fresh);
  EXPECT_EQ(all[1].state, Health::State::quiet);
  EXPECT_EQ(all[2].state, Health::State::failing);
  EXPECT_EQ(sentence(all[2]), "404 Not Found (http-4xx), 5 times since 2026-02-17");
  EXPECT_EQ(all[3].state, Health::State::no_feed);
  EXPECT_EQ(all[4].state, Health::State::never_polled);

  const Reach reach = reach_of(all);
  EXPECT_EQ(reach.of, 4U);  // a page without a feed is no source that could be read
  EXPECT_EQ(reach.read, 2U);
  ASSERT_EQ(reach.missed.size(), 2U);
  EXPECT_EQ(reach.missed[0]->feed->id, "failing");
}

}  // namespace
}  // namespace sotevahti::archive
