// Hours as running text has them: "klo 16", "kello 12.00", "kl. 15:45", "klo 15–16", "at 4 pm",
// ", 16:00". Pure; any thread.
#pragma once
#include <chrono>
#include <optional>

#include "tag/piece_cursor.h"

namespace sotevahti::tag {

// Since midnight; of hours from and to, the first.
std::optional<std::chrono::minutes> read_clock_time(PieceCursor& cursor);

}  // namespace sotevahti::tag
