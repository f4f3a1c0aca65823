// Areas by topics: how much was told, how fresh it is, and where nothing was, why:
// nobody to read, sources that cannot be read, sources that are silent, or no match.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/health.h"
#include "archive/search.h"
#include "config/catalogue.h"
#include "config/taxonomy.h"

namespace sotevahti::web {

enum class Emptiness { none, no_source, broken_source, quiet, no_match };

struct CoverageOfArea {
  std::string area;
  std::size_t entries = 0;                                          // with a topic, in the window
  std::size_t sources = 0;                                          // enabled feeds that name the area
  std::size_t failing = 0;                                          // of them
  Emptiness emptiness = Emptiness::none;                            // of its empty cells
  std::map<std::string, archive::CoverageCell, std::less<>> cells;  // by topic; empty ones are left out
};

struct Coverage {
  std::chrono::days window{90};
  std::vector<CoverageOfArea> areas;  // in the taxonomy's order
  std::vector<std::string> topics;
};

Coverage coverage_of(archive::Search& search, const config::Taxonomy& taxonomy,
                     const std::vector<archive::Health>& health, base::Time now);

// As an object on one line.
std::string coverage_json(const Coverage& coverage);
std::string_view to_string(Emptiness emptiness);  // "no-source", "broken-source", "quiet", "no-match"

}  // namespace sotevahti::web
