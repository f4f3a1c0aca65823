#include "archive/change_mark.h"

#include "archive/query.h"

namespace sotevahti::archive {

std::int64_t change_mark(Database& database) { return first_integer(database, "PRAGMA data_version").value_or(0); }

}  // namespace sotevahti::archive
