// Finland as a map of equal squares, one an area: each a link, with the area's short
// code and its number, so that it reads without colour. Inline SVG.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/search.h"
#include "web/html.h"
#include "web/visit.h"

namespace sotevahti::web {

struct TileMap {
  std::string title;                        // what the numbers are
  std::vector<archive::FacetCount> counts;  // by area; an area without one has none
  std::vector<std::string> chosen;          // areas that stand out
  std::function<std::string(const std::string& area)> link;
};

void put_tile_map(Html& html, const Visit& visit, const TileMap& map);

}  // namespace sotevahti::web
