// Some days of polling in a moment: sotevahti's own schedule and host budget under a clock
// that is moved by hand, or a fixed poller beside it, against the same simulated servers.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/clock.h"

namespace sotevahti::poll::week {

struct Plan {
  int days = 7;
  std::size_t thin = 1;  // every so many feeds of the 300
  std::uint32_t seed = 20260216;
};

struct Figures {
  std::size_t feeds = 0, hosts = 0;
  std::size_t requests = 0, answered = 0, unchanged = 0;
  std::size_t largest_burst = 0;  // requests at one host within a minute
  std::size_t most_at_once = 0;   // of one host
  std::array<std::size_t, 6> broken{};
  std::size_t published = 0, arrived = 0, lost = 0;  // entries; lost: gone from the document before a poll came
  base::Seconds median_lateness{0}, p99_lateness{0};
  base::Seconds p99_of_frequent{0};  // of feeds with an entry a day or more
  double requests_a_feed_and_day = 0, share_of_304 = 0;

  std::size_t broken_in_all() const;
};

Figures poll_politely(const Plan& plan);
// Every feed at each full hour, with its validators, 64 at a time and whatever the servers say.
Figures poll_each_hour(const Plan& plan);

std::string table(const Figures& ours, const Figures& fixed);

}  // namespace sotevahti::poll::week
