// When a subscription's window closes. Pure.
#pragma once
#include <optional>

#include "archive/people.h"
#include "base/clock.h"
#include "base/zone.h"

namespace sotevahti::deliver {

// The end of the window that is to be told at `now`: the last due moment that has passed, so that
// days of downtime make one digest; none where nothing is due. What is wanted at once closes
// now, unless it is a quiet hour.
std::optional<base::Time> window_end(const archive::Rhythm& rhythm, base::Time window_start, base::Time now,
                                     const base::Zone& zone);

// When a window that was looked at at `looked` may close next. What could have closed by then and had nothing to tell
// waits for news, which nobody can foresee: none.
std::optional<base::Time> next_end(const archive::Rhythm& rhythm, base::Time window_start, base::Time looked,
                                   const base::Zone& zone);

}  // namespace sotevahti::deliver
