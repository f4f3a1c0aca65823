// The keys under which like entries are found (table story_keys). A key that is asked for
// again is kept in memory, whole: a first poll asks for the same few keys ten thousand
// times. Bounded; belongs to its database's thread.
#pragma once
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"

namespace sotevahti::archive {

class StoryKeys {
 public:
  explicit StoryKeys(Database& database) : database_(database) {}

  struct Range {
    EntryId first = 0, last = 0;  // both of them too
    std::size_t most = 0;         // the newest
  };
  // Adds the entries under `key` to `found`, the newest first.
  void find(std::int64_t key, const Range& range, std::vector<EntryId>& found);
  void add(std::span<const std::int64_t> keys, EntryId entry);
  void remove(std::int64_t key, EntryId entry);

  // After a transaction that was taken back, or when others wrote.
  void forget();

 private:
  struct Known {
    bool whole = false;            // else it was asked for once, and nothing is known
    std::vector<EntryId> entries;  // sorted
  };
  // None where the table is to be asked.
  const Known* recall(std::int64_t key);
  void load(std::int64_t key, Known& known);
  void remember(std::int64_t key, EntryId entry);

  Database& database_;
  boost::unordered_flat_map<std::int64_t, Known> known_;
  std::size_t entries_ = 0;  // of all known keys
};

}  // namespace sotevahti::archive
