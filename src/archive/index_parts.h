// The full-text index is written in parts, a few more with each transaction, and every question
// looks into all of them: with fewer parts it is answered some times as fast. They are joined a
// small step at a time, so that other writing goes between. Within the caller's transaction.
#pragma once
#include "archive/database.h"

namespace sotevahti::archive {

// One step, of some ten milliseconds. False when nothing is left to join.
bool join_index_parts(Database& database);

}  // namespace sotevahti::archive
