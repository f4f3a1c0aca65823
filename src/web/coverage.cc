#include "web/coverage.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/zone.h"

namespace sotevahti::web {
namespace {

using State = archive::Health::State;

void count_sources(CoverageOfArea& area, const std::vector<archive::Health>& health) {
  for (const auto& each : health) {
    const auto& areas = each.feed->areas;
    if (each.state == State::disabled || std::find(areas.begin(), areas.end(), area.area) == areas.end()) continue;
    ++area.sources;
    if (each.state == State::failing || each.state == State::no_feed || each.state == State::never_polled)
      ++area.failing;
  }
}

// Why cells without an entry are empty.
Emptiness why_empty(const CoverageOfArea& area) {
  if (area.entries > 0) return Emptiness::no_match;
  if (area.sources == 0) return Emptiness::no_source;
  return area.failing == area.sources ? Emptiness::broken_source : Emptiness::quiet;
}

}  // namespace

Coverage coverage_of(archive::Search& search, const config::Taxonomy& taxonomy,
                     const std::vector<archive::Health>& health, base::Time now) {
  Coverage table;
  for (const auto& topic : taxonomy.topics) table.topics.push_back(topic.id);
  std::map<std::string, std::size_t, std::less<>> places;
  for (const auto& area : taxonomy.areas) {
    places.emplace(area.id, table.areas.size());
    table.areas.emplace_back().area = area.id;
  }
  for (auto& cell : search.coverage(now - table.window)) {
    const auto place = places.find(cell.area);
    if (place == places.end()) continue;
    auto& area = table.areas[place->second];
    area.entries += cell.entries;
    area.cells.emplace(cell.topic, std::move(cell));
  }
  for (auto& area : table.areas) {
    count_sources(area, health);
    area.emptiness = why_empty(area);
  }
  return table;
}

std::string coverage_json(const Coverage& coverage) {
  using Json = nlohmann::ordered_json;
  Json areas = Json::array();
  for (const auto& area : coverage.areas) {
    Json cells = Json::array();
    for (const auto& [topic, cell] : area.cells)
      cells.push_back({{"topic", topic},
                       {"entries", cell.entries},
                       {"newest", cell.newest ? Json(base::to_rfc3339(*cell.newest)) : Json(nullptr)}});
    areas.push_back(
        {{"area", area.area},
         {"sources", area.sources},
         {"failing", area.failing},
         {"empty_because", area.emptiness == Emptiness::none ? Json(nullptr) : Json(to_string(area.emptiness))},
         {"cells", std::move(cells)}});
  }
  const Json object = {{"days", coverage.window.count()}, {"topics", coverage.topics}, {"areas", std::move(areas)}};
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view to_string(Emptiness emptiness) {
  switch (emptiness) {
    case Emptiness::none: return "";
    case Emptiness::no_source: return "no-source";
    case Emptiness::broken_source: return "broken-source";
    case Emptiness::quiet: return "quiet";
    case Emptiness::no_match: return "no-match";
  }
  return "";
}

}  // namespace sotevahti::web
