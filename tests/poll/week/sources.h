// Feeds and hosts as Finland's sources are, for some simulated days: who publishes when,
// what servers promise, and when they are down. Made from a seed: the same at each run.
#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/clock.h"

namespace sotevahti::poll::week {

inline constexpr base::Time start = base::Time(base::Seconds(1771192800));  // Monday 16.2.2026, 00.00 in Helsinki

struct Outage {
  base::Time from{}, to{};
  enum class Kind { error_500, refused, silent, no_name, retry_seconds, retry_date, challenge } kind = Kind::error_500;
};

struct Host {
  std::string name;
  std::chrono::milliseconds latency{200};
  std::vector<Outage> outages;
};

struct Feed {
  std::string id;
  std::size_t host = 0;
  std::vector<base::Time> published;  // ascending, from long before the start to the end
  bool validators = true;             // answers 304
  bool dated = true;                  // its entries tell their time
  bool gone = false;                  // 404 for ever
  base::Seconds max_age{0};
  int ttl_minutes = 0;
  std::uint32_t skip_hours = 0;  // bit n: hour n, UTC
};

struct Sources {
  std::vector<Host> hosts;
  std::vector<Feed> feeds;
};

// 300 feeds of 40 hosts; every `thin`-th feed of them.
Sources make_sources(int days, std::size_t thin, std::uint32_t seed);

// A number in [0, 1), the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : generator_(seed) {}
  double roll() { return static_cast<double>(generator_()) / 4294967296.0; }

 private:
  std::mt19937 generator_;
};

}  // namespace sotevahti::poll::week
