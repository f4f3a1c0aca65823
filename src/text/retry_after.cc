#include "text/retry_after.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/trim.h"
#include "text/feed_date.h"

namespace sotevahti::text {

std::optional<base::Seconds> parse_retry_after(std::string_view value, base::Time now, base::Seconds most) {
  value = base::without_spaces_around(value);
  if (value.empty() || value.starts_with('-')) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc::result_out_of_range) return most;
  if (error == std::errc() && end == value.data() + value.size()) return std::min(base::Seconds(seconds), most);
  const auto date = parse_feed_date(value);
  if (!date || *date <= now) return std::nullopt;
  return std::min(*date - now, most);
}

}  // namespace sotevahti::text
