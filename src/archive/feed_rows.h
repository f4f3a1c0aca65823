// Rows of feeds as store_polls() needs them. Within the caller's transaction.
#pragma once
#include <cstdint>
#include <string>

#include "archive/feed_store.h"

namespace sotevahti::archive {

struct FeedRow {
  std::int64_t number = 0;
  bool official = false;
  bool was_read_before = false;  // from the address that the catalogue names now
  bool has_entries = false;
  std::string publisher;
};

// The feed's row, made where there is none yet.
FeedRow feed_row(Database& database, const FeedState& state);
void write_state(Database& database, const FeedState& state);
// Of a poll that brought nothing: what such a poll can have changed, and no more.
void write_unchanged(Database& database, const FeedState& state);

}  // namespace sotevahti::archive
