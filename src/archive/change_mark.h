// Whether others wrote to the archive: what was read before may be shown again while
// the mark stays the same. Belongs to its database's thread.
#pragma once
#include <cstdint>

#include "archive/database.h"

namespace sotevahti::archive {

// Comparable with earlier marks of the same Database alone.
std::int64_t change_mark(Database& database);

}  // namespace sotevahti::archive
