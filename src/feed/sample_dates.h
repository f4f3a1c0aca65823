// The sample feeds hold dates as placeholders, so that they are news whenever they
// are served: "{{rfc822 -3h}}" is three hours ago. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"

namespace sotevahti::feed {

// Replaces "{{<form> <offset>}}". Offsets: "-45min", "-3h", "+14d". Forms, local ones as
// in Helsinki: rfc822, gmt (RFC 822 in GMT), iso (UTC), iso_local (no zone), iso_date, dmy
// (9.2.2026), dmy0 (09.02.2026), clock (12.45), date_fi (9. helmikuuta 2026), date_sv (9
// februari 2026). Anything else stays as it is.
std::string fill_dates(std::string_view text, base::Time now);

}  // namespace sotevahti::feed
