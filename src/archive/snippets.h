// What a list shows of an entry's text: the place where the words of the question stand,
// between U+E000 and U+E001, or the beginning. Belongs to its database's thread.
#pragma once
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/filter_sql.h"

namespace sotevahti::archive {

void add_snippets(Database& database, const FilterSql& filter, std::vector<EntrySummary>& entries);

}  // namespace sotevahti::archive
