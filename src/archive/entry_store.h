// Entries written: new ones, edits of known ones, the keys they are known by. Within the
// caller's transaction.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/entry_index.h"
#include "archive/feed_store.h"

namespace sotevahti::archive {

// Of whom an entry is, and how it came.
struct Arrival {
  std::int64_t feed = 0;       // its number
  std::string_view publisher;  // the feed's own
  bool official = false;       // the feed's role says so
  bool quiet = false;          // with the feed's first poll
  base::Time at{};
};

// Under which hashes an item is known: its key, other keys, and its content.
struct ItemKeys {
  std::vector<std::int64_t> names;
  std::optional<std::int64_t> content;  // none where there is too little of it to tell items apart
};
ItemKeys keys_of(const feed::Item& item);

// The time an entry is shown under: declared, but never later than its arrival.
base::Time shown_time(const feed::Item& item, base::Time arrived);

// Their ids with a space between, as an entry keeps them.
std::string joined_ids(const std::vector<tag::Tag>& tags);

// Packs beforehand, on another thread than the writer's, what an entry's own page alone shows, and lets go of it:
// what waits to be written is a fraction as large. The text stays.
void pack_body(IncomingEntry& incoming);

std::optional<EntryId> find_entry(Database& database, std::int64_t feed, std::int64_t key);
std::uint64_t content_hash_of(Database& database, EntryId entry);

class EntryStore {
 public:
  EntryStore(Database& database, IndexChanges& index) : database_(database), index_(index) {}

  // Known under this key from now on, unless another entry is.
  void add_key(std::int64_t feed, std::int64_t key, EntryId entry);

  EntryId add(const IncomingEntry& incoming, const ItemKeys& keys, const Arrival& arrival);
  // The known entry's new text. Its earlier one becomes a revision.
  void revise(EntryId entry, const IncomingEntry& incoming, base::Time at);

 private:
  EntryId next_id(base::Time shown);
  Database& database_;
  IndexChanges& index_;
  std::unordered_map<std::int64_t, EntryId> newest_;  // of a day, where one was added
};

}  // namespace sotevahti::archive
