// The servers of the simulated days: they answer, and keep count of who breaks what they
// asked for. They know nothing of who asks.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "poll/week/sources.h"

namespace sotevahti::poll::week {

// Milliseconds since the start.
using Moment = std::chrono::milliseconds;

struct Reply {
  int status = 0;     // 0: no answer at all
  std::string cause;  // of a failure, as polls name it
  std::string etag, retry_after, cache_control;
  std::size_t newest = 0;  // entries published so far; the document has the last 20
};

enum class Rule { connections, gap, retry_after, not_before, too_often, unconditional };
inline constexpr std::array<const char*, 6> rule_names = {
    "more than 2 connections at a time", "less than a second between requests",
    "asked before Retry-After was over", "asked before max-age, ttl or skipHours allow",
    "asked twice within 10 minutes",     "asked without its validator"};

class Servers {
 public:
  explicit Servers(const Sources& sources);

  // How long until there is an answer.
  Moment begin(std::size_t feed, const std::string& etag, Moment now);
  Reply end(std::size_t feed, const std::string& etag, Moment now);

  std::size_t requests() const { return requests_; }
  std::size_t answered() const { return answered_; }  // 200 and 304
  std::size_t unchanged() const { return unchanged_; }
  std::size_t largest_burst() const { return largest_burst_; }  // requests at one host within a minute
  std::size_t most_at_once() const { return most_at_once_; }    // of one host
  const std::array<std::size_t, 6>& broken() const { return broken_; }
  // Was its host down between the two?
  bool was_down(std::size_t feed, base::Time from, base::Time to) const;

 private:
  struct HostSeen {
    std::size_t active = 0;
    std::optional<Moment> last_start;
    Moment quiet_until{0};
    std::deque<Moment> last_minute;
  };
  struct FeedSeen {
    std::optional<Moment> last_start;
    std::optional<Moment> not_before;
    std::string etag;  // as it was last given
  };
  void judge(std::size_t feed, const std::string& etag, Moment now);
  const Outage* outage_at(const Host& host, Moment now) const;
  Reply refuse(const Outage& outage, HostSeen& seen, Moment now);
  void breaks(Rule rule) { ++broken_[static_cast<std::size_t>(rule)]; }

  const Sources& sources_;
  std::vector<HostSeen> hosts_;
  std::vector<FeedSeen> feeds_;
  std::size_t requests_ = 0, answered_ = 0, unchanged_ = 0, largest_burst_ = 0, most_at_once_ = 0;
  std::array<std::size_t, 6> broken_{};
};

}  // namespace sotevahti::poll::week
