// The full-text index of the archive: rows in, rows out, and made anew when the words
// it was made of (index_version()) have changed.
#pragma once
#include <cstdint>
#include <string_view>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/migrations.h"

namespace sotevahti::archive {

// Columns as terms.h writes them.
struct IndexRow {
  EntryId entry = 0;
  std::string title, text, marks;
};

void add_to_index(Database& database, const IndexRow& row);
// Reads what the index holds of an entry: before its texts or tags are changed.
IndexRow indexed_row(Database& database, EntryId entry);
void remove_from_index(Database& database, const IndexRow& row);

// Goes on with, or begins, making the index anew when it is stale. In steps, each a
// transaction: a kill between them loses none.
void bring_index_up_to_date(Database& database, const Progress& progress);
// Makes it anew in any case.
void rebuild_index(Database& database, const Progress& progress);

}  // namespace sotevahti::archive
