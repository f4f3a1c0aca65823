// Any text as a date: none, or one that reads back as itself.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/zone.h"
#include "text/feed_date.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotevahti;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  text::parse_feed_date(input, &base::Zone::helsinki());
  const auto time = text::parse_feed_date(input);
  if (!time) return 0;
  const bool four_digits = base::to_rfc3339(*time).size() == 20;
  if (four_digits && base::to_unix(*time) > -30000000000 && text::parse_feed_date(base::to_rfc3339(*time)) != time)
    std::abort();
  return 0;
}
