// How long a server asks to be left alone: the value of a Retry-After header (RFC 9110 10.2.3). Pure; any thread.
#pragma once
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace sotevahti::text {

// From `now` on, by seconds or by a date; more than `most` counts as that. None for a date that has passed, and for
// what is neither.
std::optional<base::Seconds> parse_retry_after(std::string_view value, base::Time now, base::Seconds most);

}  // namespace sotevahti::text
