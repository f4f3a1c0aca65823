// Which of some known entries a filter meets, asked in as few walks over the index as their days
// allow: to open a question costs more than to read on. Belongs to the database's thread.
#pragma once
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/filter_sql.h"

namespace sotevahti::archive {

// Those of `entries` that the filter meets, in their order.
std::vector<EntryId> met_entries(Database& database, const FilterSql& filter, const std::vector<EntryId>& entries);

}  // namespace sotevahti::archive
