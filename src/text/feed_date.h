// The dates that feeds declare: RFC 822 with every oddity, RFC 3339, W3CDTF, asctime,
// Finnish forms ("4.12.2023 klo 13.02", "20.2.2026 12:45:26 EET"), and other
// languages' that are met in the field. An impossible one is none. Pure; any thread.
#pragma once
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "base/zone.h"

namespace sotevahti::text {

// `zone` is what a date without a zone means (null: UTC).
std::optional<base::Time> parse_feed_date(std::string_view text, const base::Zone* zone = nullptr);

}  // namespace sotevahti::text
