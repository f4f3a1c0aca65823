// What the running service counts for its figures: durations in buckets, events by kind.
// Made by the service and handed to whoever counts; forgotten at its end. Any thread.
#pragma once
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

namespace sotevahti::base {

class Histogram {
 public:
  static constexpr std::array bounds{0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0};  // seconds

  void observe(std::chrono::duration<double> took) {
    std::size_t bucket = 0;
    while (bucket < bounds.size() && took.count() > bounds[bucket]) ++bucket;
    ++counts_[bucket];
    microseconds_ += static_cast<std::uint64_t>(std::max(0.0, took.count()) * 1e6);
  }
  // Observations no longer than bounds[i]; i = bounds.size(): all.
  std::uint64_t up_to(std::size_t i) const {
    std::uint64_t sum = 0;
    for (std::size_t bucket = 0; bucket <= i; ++bucket) sum += counts_[bucket];
    return sum;
  }
  double sum() const { return static_cast<double>(microseconds_) / 1e6; }

 private:
  std::array<std::atomic<std::uint64_t>, bounds.size() + 1> counts_{};
  std::atomic<std::uint64_t> microseconds_{0};
};

struct Measures {
  using Count = std::atomic<std::uint64_t>;
  Histogram fetches;  // of feeds, redirects included, without waiting for the host's turn
  Histogram pages;    // from the request's last byte to the answer's first
  Count polls_updated{0}, polls_unchanged{0}, polls_failed{0};
  Count sent{0}, deferred{0}, dead{0}, cancelled{0};
  Count pages_from_cache{0}, pages_made{0};
  Count reloads_refused{0};

  // What keeps the service from its work; empty: nothing. Each work's trouble lasts until that work does well.
  enum class Work { polling, delivery };
  void set_trouble(Work work, std::string trouble) {
    const std::lock_guard lock(mutex_);
    troubles_[static_cast<std::size_t>(work)] = std::move(trouble);
  }
  std::string trouble() const {
    const std::lock_guard lock(mutex_);
    return troubles_[0].empty() ? troubles_[1] : troubles_[0];
  }

 private:
  mutable std::mutex mutex_;
  std::array<std::string, 2> troubles_;
};

}  // namespace sotevahti::base
