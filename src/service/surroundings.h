// What the service stands on: clock, disk, names, relay. Each look ends within seconds and
// changes nothing; what it finds is told with what to do about it.
#pragma once
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/catalogue.h"
#include "config/settings.h"

namespace sotevahti::service {

struct Finding {
  std::string what;    // "clock", "disk", "names", "relay"
  std::string cause;   // a sentence; empty: as it should be
  std::string remedy;  // what to do
};

// One for each thing that was looked at, in order.
std::vector<Finding> look_around(const config::Settings& settings, const config::Catalogue& catalogue, base::Time now);

}  // namespace sotevahti::service
