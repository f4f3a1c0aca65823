// The full-text index of the archive: rows in, rows out, and made anew when the words
// it was made of (index_words.h) have changed. Within the caller's transaction.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/migrations.h"

namespace sotevahti::archive {

// Columns as terms.h writes them.
struct IndexRow {
  EntryId entry = 0;
  std::string title, text, marks;
};

// What a transaction changes in the index, written at its end and in the order of ids: the
// index flushes what it gathered whenever an id goes back, and at many other statements.
class IndexChanges {
 public:
  explicit IndexChanges(Database& database) : database_(database) {}
  void add(IndexRow row) { added_.push_back(std::move(row)); }
  // Before the entry's texts or tags are changed, and once a transaction: reads what stands in the index.
  void remove(EntryId entry) { removed_.push_back(row_of(entry)); }
  // What was read by row_of() before the change gives way to what the archive holds now, where that is another.
  void replace(IndexRow before);
  IndexRow row_of(EntryId entry);
  // Are words of this version (index_words.h) those that the index is made of?
  bool knows(std::string_view words_version);
  void write();

 private:
  Database& database_;
  std::string version_;
  std::vector<IndexRow> added_, removed_;
};

// Goes on with, or begins, making the index anew when it is stale. In steps, each a
// transaction: a kill between them loses none.
void bring_index_up_to_date(Database& database, const Progress& progress);
// Makes it anew in any case.
void rebuild_index(Database& database, const Progress& progress);

}  // namespace sotevahti::archive
