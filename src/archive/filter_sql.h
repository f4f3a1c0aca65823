// A filter as a question to the database: one full-text expression for as much of it
// as the index holds (words, areas, topics, languages, sources), SQL for the rest, and
// bounds of entry ids for its times. Bounded by parse_filter()'s bounds; never fails on a filter
// that parse_filter() gave. Belongs to its database's thread.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/filter.h"
#include "config/taxonomy.h"

namespace sotevahti::archive {

class Query;

struct FilterSql {
  using Value = std::variant<std::int64_t, std::string>;

  std::string match;          // an FTS5 expression; empty: the index is not asked
  std::string words;          // what of it are words that a snippet shows; may be empty
  std::string condition;      // SQL over `e`; empty: none
  std::vector<Value> values;  // of the condition's parameters
  EntryId lowest = 0;
  EntryId highest = INT64_MAX;
  bool folds_stories = true;

  // "FROM ... WHERE ..." with `e` the entries. To be ordered by order(), newest day first.
  std::string from_where() const;
  const char* order() const { return match.empty() ? "e.id DESC" : "entry_index.rowid DESC"; }
  // Binds from_where()'s parameters.
  void bind(Query& query, EntryId from, EntryId to) const;
};

FilterSql compile_filter(const Filter& filter, Database& database, const config::Taxonomy& taxonomy, base::Time now);

}  // namespace sotevahti::archive
