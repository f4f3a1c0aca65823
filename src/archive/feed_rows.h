// Rows of feeds as store_polls() needs them. Within the caller's transaction.
#pragma once
#include <cstdint>

#include "archive/feed_store.h"

namespace sotevahti::archive {

struct FeedRow {
  std::int64_t number = 0;
  bool official = false;
  bool was_read_before = false;  // from the address that the catalogue names now
};

// The feed's row, made where there is none yet.
FeedRow feed_row(Database& database, const FeedState& state);
void write_state(Database& database, const FeedState& state, bool updated, std::size_t new_entries,
                 base::Time at);

}  // namespace sotevahti::archive
