// The full-text index is written in parts, one more with each transaction, and every question looks
// into all of them: with fewer parts it is answered some times as fast. They are joined a small step at
// a time, so that other writing goes between. Within the caller's transaction.
#pragma once
#include "archive/database.h"

namespace sotevahti::archive {

// For a new index, or one that is made anew (others keep what they have): FTS5 itself merges late, for where much comes
// at once, as with a first poll, each word would be written twice.
void let_parts_gather(Database& database);

// One step, of some ten milliseconds. False when nothing is left to join.
bool join_index_parts(Database& database);
// A smaller one, beside a transaction of few entries and as large as they are: so that also those who never join all
// have few parts.
void join_some_index_parts(Database& database, std::size_t entries);

}  // namespace sotevahti::archive
