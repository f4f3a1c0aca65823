// How each source is doing, in words: fresh, quieter than usual, failing since when and
// why. From its stored state alone; pure.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/feed_store.h"
#include "base/clock.h"
#include "config/catalogue.h"

namespace sotevahti::archive {

struct Health {
  enum class State { fresh, quiet, failing, no_feed, never_polled, disabled };
  const config::Feed* feed = nullptr;
  FeedState known;
  State state = State::never_polled;
};

// One for each feed of the catalogue, in its order.
std::vector<Health> health_of(const config::Catalogue& catalogue, std::span<const FeedState> states, base::Time now);

std::string_view to_string(Health::State state);
// "404 Not Found (http-4xx), 5 times since 2026-02-20"; the address where nothing is wrong.
std::string sentence(const Health& health);

// How many were read, and which not, as a digest tells it.
struct Reach {
  std::size_t read = 0;
  std::size_t of = 0;  // enabled, with a feed
  std::vector<const Health*> missed;
};
Reach reach_of(std::span<const Health> all);

}  // namespace sotevahti::archive
