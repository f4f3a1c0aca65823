// Time is UTC in code and storage, in whole seconds; local time exists only at
// the edge (zone.h). The clock is passed in, never asked globally, so that tests
// own it. Clocks may be read from any thread.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

namespace sotevahti::base {

using Time = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
};

// A clock that stands still until it is moved.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Time start) : seconds_(start.time_since_epoch().count()) {}
  Time now() const override { return Time(Seconds(seconds_.load())); }
  void set(Time to) { seconds_ = to.time_since_epoch().count(); }
  void advance(Seconds by) { seconds_ += by.count(); }

 private:
  std::atomic<Seconds::rep> seconds_;
};

inline std::int64_t to_unix(Time t) { return t.time_since_epoch().count(); }
inline Time from_unix(std::int64_t seconds) { return Time(Seconds(seconds)); }

}  // namespace sotevahti::base
