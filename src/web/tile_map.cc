#include "web/tile_map.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "digest/wording.h"

namespace sotevahti::web {
namespace {

struct Tile {
  std::string_view area;
  int column, row;
  std::string_view fi, sv;  // short codes
};

constexpr std::array<Tile, 25> tiles = {{
    {"koko-maa", 0, 0, "FIN", "FIN"},
    {"lappi", 3, 0, "LAP", "LAP"},
    {"pohjois-pohjanmaa", 3, 1, "PPO", "NÖB"},
    {"kainuu", 4, 1, "KAI", "KAJ"},
    {"keski-pohjanmaa", 2, 2, "KPO", "MÖB"},
    {"pohjois-savo", 4, 2, "PSA", "NSA"},
    {"pohjois-karjala", 5, 2, "PKA", "NKA"},
    {"pohjanmaa", 1, 3, "POH", "ÖSB"},
    {"etela-pohjanmaa", 2, 3, "EPO", "SÖB"},
    {"keski-suomi", 3, 3, "KSU", "MFI"},
    {"etela-savo", 4, 3, "ESA", "SSA"},
    {"satakunta", 1, 4, "SAT", "SAT"},
    {"pirkanmaa", 2, 4, "PIR", "BIR"},
    {"paijat-hame", 3, 4, "PHÄ", "PTA"},
    {"kymenlaakso", 4, 4, "KYM", "KYM"},
    {"etela-karjala", 5, 4, "EKA", "SKA"},
    {"varsinais-suomi", 1, 5, "VSU", "EFI"},
    {"kanta-hame", 2, 5, "KHÄ", "ETA"},
    {"keski-uusimaa", 3, 5, "KUU", "MNY"},
    {"ita-uusimaa", 4, 5, "IUU", "ÖNY"},
    {"ahvenanmaa", 0, 6, "AHV", "ÅLA"},
    {"lansi-uusimaa", 2, 6, "LUU", "VNY"},
    {"vantaa-kerava", 3, 6, "VAK", "VAK"},
    {"helsinki", 3, 7, "HKI", "HFS"},
    {"hus", 4, 7, "HUS", "HUS"},
}};

constexpr int step = 46;  // from tile to tile
constexpr int side = 42;

std::size_t count_of(const TileMap& map, std::string_view area) {
  const auto at =
      std::find_if(map.counts.begin(), map.counts.end(), [&](const auto& each) { return each.value == area; });
  return at == map.counts.end() ? 0 : at->count;
}

// 0 for none, else 1 to 4 by the root of the share of the most.
int level_of(std::size_t count, std::size_t most) {
  if (count == 0) return 0;
  return std::clamp(1 + static_cast<int>(3.999 * std::sqrt(static_cast<double>(count) / static_cast<double>(most))), 1,
                    4);
}

void put_tile(Html& html, const Visit& visit, const TileMap& map, const Tile& tile, std::size_t most) {
  const std::string area(tile.area);
  const std::size_t count = count_of(map, area);
  const std::string name = digest::area_name(visit.data.taxonomy, area, visit.language);
  const std::string code(visit.language == "sv" ? tile.sv : tile.fi);
  const bool is_chosen = std::find(map.chosen.begin(), map.chosen.end(), area) != map.chosen.end();
  const int x = tile.column * step + 2;
  const int y = tile.row * step + 2;
  html.put("<a")
      .attribute("href", map.link(area))
      .attribute("aria-label", code + " " + visit.number(count) + ", " + name);
  html.attribute("class", "t" + std::to_string(level_of(count, most)) + (is_chosen ? " chosen" : ""));
  if (is_chosen) html.put(" aria-current=\"true\"");
  html.put(" data-narrow><title>").text(name + ": " + visit.number(count)).put("</title><rect");
  html.attribute("x", std::to_string(x)).attribute("y", std::to_string(y));
  html.attribute("width", std::to_string(side))
      .attribute("height", std::to_string(side))
      .put(" rx=\"3\"/><text class=\"code\"");
  html.attribute("x", std::to_string(x + side / 2)).attribute("y", std::to_string(y + 17)).put(">");
  html.text(code).put("</text> <text class=\"count\"");
  html.attribute("x", std::to_string(x + side / 2))
      .attribute("y", std::to_string(y + 34))
      .put(">")
      .text(visit.number(count));
  html.put("</text></a>");
}

}  // namespace

void put_tile_map(Html& html, const Visit& visit, const TileMap& map) {
  std::size_t most = 1;
  for (const auto& each : map.counts)
    if (each.value != "koko-maa") most = std::max(most, each.count);
  html.put("<svg class=\"map\" viewBox=\"0 0 276 368\" role=\"group\"").attribute("aria-label", map.title).put(">");
  for (const Tile& tile : tiles) put_tile(html, visit, map, tile, most);
  html.put("</svg>");
}

}  // namespace sotevahti::web
