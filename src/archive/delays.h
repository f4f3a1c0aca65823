// How late things are, for figures: entries behind their publication, messages behind
// their decision. Belongs to its database's thread.
#pragma once
#include <cstdint>
#include <vector>

#include "archive/database.h"
#include "base/clock.h"

namespace sotevahti::archive {

struct Delays {
  std::vector<std::int64_t> arrival;  // seconds, of what arrived in the time, first polls left out
  std::vector<std::int64_t> sending;  // of what was sent in the time
  std::int64_t oldest_waiting = 0;    // seconds that the oldest message in the outbox waits; 0: none
  std::int64_t feeds_due = 0;
};

// At most a few thousand of each, the newest.
Delays delays_since(Database& database, base::Time since, base::Time now);

}  // namespace sotevahti::archive
