// A steady clock that stands until it is moved. Asio's timers on it are looked at whenever the
// loop runs: who waits is woken when the clock was moved and the loop runs again.
#pragma once
#include <boost/asio/wait_traits.hpp>
#include <chrono>

namespace sotevahti::poll {

struct HandClock {
  using duration = std::chrono::milliseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<HandClock>;
  static constexpr bool is_steady = true;
  static time_point now() { return present; }
  static inline time_point present{};
};

}  // namespace sotevahti::poll

template <>
struct boost::asio::wait_traits<sotevahti::poll::HandClock> {
  using Clock = sotevahti::poll::HandClock;
  static Clock::duration to_wait_duration(const Clock::duration&) { return Clock::duration(0); }
  static Clock::duration to_wait_duration(const Clock::time_point&) { return Clock::duration(0); }
};
