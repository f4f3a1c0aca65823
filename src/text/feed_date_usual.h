// The two forms in which nearly every feed writes its dates, read without a reader's
// generality: ten times as fast. Inside the room; pure; any thread.
#pragma once
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace sotevahti::text {

// "Fri, 20 Feb 2026 10:45:26 +0200" (or GMT) and "2026-02-20T10:45:26Z" (or +02:00);
// none for all others, impossible ones among them.
std::optional<base::Time> usual_feed_date(std::string_view text);

}  // namespace sotevahti::text
