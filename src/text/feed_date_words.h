// The words of dates: months in the languages that feeds use, zones, and what only
// accompanies. Lower case in, inside the room. Pure; any thread.
#pragma once
#include <optional>
#include <string_view>

namespace sotevahti::text {

// 1 to 12 of "dec", "december", "joulukuuta", "decembris" ..., 0 of any other word.
int month_of(std::string_view word);
// Minutes east of UTC of "gmt", "eest", "et" ...
std::optional<int> zone_of(std::string_view word);
// Does a time of day follow ("klo", "kl", "at")?
bool announces_time(std::string_view word);

enum class HalfDay { none, am, pm };
HalfDay half_day_of(std::string_view word);

}  // namespace sotevahti::text
