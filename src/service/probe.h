// One look at an address, outside the schedule: `feeds check` and `feeds discover`.
// Stores nothing.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/feed_store.h"
#include "base/clock.h"
#include "config/settings.h"
#include "poll/discovery.h"

namespace sotevahti::service {

struct Probe {
  std::string url;
  std::optional<archive::PollFailure> failure;
  int status = 0;
  std::string effective_url;
  std::string format, encoding, title;
  bool recovered = false;
  std::size_t entries = 0;
  std::size_t bytes = 0;
  std::optional<base::Time> newest;
  bool conditional = false;  // it gave a validator
};

// In the order given; several at once, within the politeness of the settings.
base::Result<std::vector<Probe>> probe(const config::Settings& settings, const std::vector<std::string>& urls);

base::Result<poll::Discovery> discover(const config::Settings& settings, const std::string& page);

}  // namespace sotevahti::service
