// The best entries first: how often and where a question's words stand, weighed by how few
// entries have them. Judged over a bounded window of the newest entries that the filter
// meets; over a whole large archive a common word would cost half a second. Belongs to its database's thread.
#pragma once
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/filter_sql.h"

struct sqlite3;

namespace sotevahti::archive {

inline constexpr std::size_t ranked_window = 2000;

// Ids of the window, best first, one a story where the filter folds stories.
std::vector<EntryId> best_first(Database& database, const FilterSql& filter, base::Time now);

// The index's function that best_first() stands on, registered on one connection.
void register_word_weights(sqlite3* connection);

}  // namespace sotevahti::archive
