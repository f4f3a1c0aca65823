// The last year in bars, a week each: inline SVG with its numbers in words.
#pragma once
#include <cstddef>
#include <vector>

#include "web/html.h"
#include "web/visit.h"

namespace sotevahti::web {

// Oldest week first; the last one ends today.
void put_sparkline(Html& html, const Visit& visit, const std::vector<std::size_t>& weeks);

}  // namespace sotevahti::web
