// The full-text index is written in parts, a few more with each transaction, and every question
// looks into all of them: with fewer parts it is answered some times as fast. They are joined a
// small step at a time, so that other writing goes between. Within the caller's transaction.
#pragma once
#include <cstddef>

#include "archive/database.h"

namespace sotevahti::archive {

// To be told before a transaction adds so many entries. Where they are few, parts are merged as they come, so
// that few of them stand beside each other; of many, as a first poll brings them, each word would be written twice.
void expect_new_entries(Database& database, std::size_t entries);

// One step, of some ten milliseconds. False when nothing is left to join.
bool join_index_parts(Database& database);

}  // namespace sotevahti::archive
