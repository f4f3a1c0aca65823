#include "archive/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/zone.h"

namespace sotevahti::archive {
namespace {

using namespace std::chrono_literals;

// Silence over three of the feed's usual gaps is worth a word, and none under a week. Where
// its history does not tell the gap, four intervals stand for it.
constexpr int gaps_of_silence = 3;
constexpr base::Seconds least_silence = 7 * 24h;

base::Seconds usual_gap_of(const FeedState& known) {
  return known.usual_gap > 0s ? known.usual_gap : known.interval * 4;
}

Health::State state_of(const config::Feed& feed, const FeedState& known, base::Time now) {
  if (!feed.enabled) return Health::State::disabled;
  if (known.failure) return known.failure->cause == "no-feed-found" ? Health::State::no_feed : Health::State::failing;
  if (!known.last_success) return Health::State::never_polled;
  const base::Seconds silence = known.last_new_entry ? now - *known.last_new_entry : 0s;
  if (silence > std::max<base::Seconds>(usual_gap_of(known) * gaps_of_silence, least_silence))
    return Health::State::quiet;
  return Health::State::fresh;
}

std::string day(base::Time time) { return base::to_iso_date(base::Zone::helsinki().to_local(time).day); }

std::string in_words(base::Seconds gap) {
  const auto days = std::chrono::round<std::chrono::days>(gap).count();
  if (days >= 2) return fmt::format("{} days", days);
  return fmt::format("{} hours", std::max<std::int64_t>(1, std::chrono::round<std::chrono::hours>(gap).count()));
}

}  // namespace

std::vector<Health> health_of(const config::Catalogue& catalogue, std::span<const FeedState> states, base::Time now) {
  std::unordered_map<std::string_view, const FeedState*> by_id;
  for (const auto& state : states) by_id.emplace(state.feed_id, &state);
  std::vector<Health> all;
  all.reserve(catalogue.feeds().size());
  for (const auto& feed : catalogue.feeds()) {
    Health health;
    health.feed = &feed;
    if (const auto at = by_id.find(feed.id); at != by_id.end()) health.known = *at->second;
    health.state = state_of(feed, health.known, now);
    all.push_back(std::move(health));
  }
  return all;
}

std::string_view to_string(Health::State state) {
  switch (state) {
    case Health::State::fresh: return "fresh";
    case Health::State::quiet: return "quiet";
    case Health::State::failing: return "failing";
    case Health::State::no_feed: return "no feed found";
    case Health::State::never_polled: return "not polled yet";
    case Health::State::disabled: return "disabled";
  }
  return "";
}

std::string sentence(const Health& health) {
  const auto& known = health.known;
  switch (health.state) {
    case Health::State::failing:
    case Health::State::no_feed:
      return fmt::format("{} ({}), {} since {}", known.failure->detail, known.failure->cause,
                         known.failures == 1 ? "once" : fmt::format("{} times", known.failures),
                         day(known.failing_since.value_or(base::Time{})));
    case Health::State::quiet:
      return fmt::format("nothing new since {}, usually every {}", day(*known.last_new_entry),
                         in_words(usual_gap_of(known)));
    default:
      if (!known.permanent_from.empty()) return fmt::format("{} (moved from {})", known.url, known.permanent_from);
      return known.url.empty() ? health.feed->url : known.url;
  }
}

Reach reach_of(std::span<const Health> all) {
  Reach reach;
  for (const auto& health : all) {
    if (health.state == Health::State::disabled || health.state == Health::State::no_feed) continue;
    ++reach.of;
    if (health.state == Health::State::failing || health.state == Health::State::never_polled) {
      reach.missed.push_back(&health);
    } else {
      ++reach.read;
    }
  }
  return reach;
}

}  // namespace sotevahti::archive
