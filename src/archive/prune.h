// What the archive lets go of as it grows old: texts, earlier versions, messages that were
// sent. Headlines, tags with the words that led to them, deadlines and stories stay, so
// search by tag and time, areas x topics and links work for as long as the archive lives.
// In steps, each a transaction of its own: the service goes on beside it, and a kill
// between two loses nothing. Belongs to its database's thread.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "archive/database.h"
#include "archive/migrations.h"
#include "base/clock.h"

namespace sotevahti::archive {

// How long each is kept; none: for ever.
struct PruneRules {
  std::optional<base::Seconds> texts;      // since the entry arrived
  std::optional<base::Seconds> revisions;  // since the edit
  std::optional<base::Seconds> messages;   // digests and the outbox's ended messages, since they were made
};

struct Pruned {
  std::size_t texts = 0, revisions = 0, messages = 0;
  std::size_t bytes = 0;  // packed, of what went
};

// What would go, without a change.
Pruned prunable(Database& database, const PruneRules& rules, base::Time now);
Pruned prune(Database& database, const PruneRules& rules, base::Time now, const Progress& progress);

// Entries that arrived before this have no text to be tagged by: their tags stay as they are.
base::Time texts_pruned_to(Database& database);

// Merges the index and gives unused pages back to the system. Nobody else may write meanwhile; needs
// as much room as the archive takes.
void vacuum(Database& database);

}  // namespace sotevahti::archive
