#include "web/facets.h"

#include <algorithm>
#include <array>

#include "digest/wording.h"
#include "web/narrowing.h"

namespace sotevahti::web {

using archive::Filter;
using Kind = archive::Filter::Kind;

namespace {

constexpr std::size_t shown_at_first = 6;
constexpr std::size_t most_shown = 60;
constexpr std::array<std::pair<const char*, int>, 4> ages = {{{"1d", 1}, {"7d", 7}, {"30d", 30}, {"1y", 365}}};

struct Group {
  Kind kind;
  std::string_view heading;  // key of the message
  const std::vector<archive::FacetCount>& counts;
};

void put_value(Html& html, const Visit& visit, const Filter& filter, Kind kind, const archive::FacetCount& each) {
  const auto values = chosen(filter, kind);
  const bool is_chosen = std::find(values.begin(), values.end(), each.value) != values.end();
  const Filter target = is_chosen ? widened(filter, kind) : narrowed(filter, kind, each.value);
  html.put("<li><a data-narrow").attribute("href", page_of(target));
  if (is_chosen) html.put(" aria-current=\"true\"");
  html.put(">").text(facet_name(visit, kind, each.value)).put("</a> <span class=\"n\">");
  html.text(visit.number(each.count)).text(each.more ? "+" : "").put("</span></li>");
}

void put_group(Html& html, const Visit& visit, const Filter& filter, const Group& group) {
  if (group.counts.empty()) return;
  html.put("<section><h3>").text(visit.say(group.heading)).put("</h3><ul>");
  const std::size_t first = std::min(shown_at_first, group.counts.size());
  for (std::size_t i = 0; i < first; ++i) put_value(html, visit, filter, group.kind, group.counts[i]);
  html.put("</ul>");
  if (group.counts.size() > first) {
    html.put("<details><summary>").text(visit.count("facet.more", group.counts.size() - first)).put("</summary><ul>");
    const std::size_t last = std::min(most_shown, group.counts.size());
    for (std::size_t i = first; i < last; ++i) put_value(html, visit, filter, group.kind, group.counts[i]);
    html.put("</ul></details>");
  }
  html.put("</section>");
}

}  // namespace

std::string facet_name(const Visit& visit, Kind kind, const std::string& value) {
  switch (kind) {
    case Kind::area: return digest::area_name(visit.data.taxonomy, value, visit.language);
    case Kind::topic: return digest::topic_name(visit.data.taxonomy, value, visit.language);
    case Kind::kind: return visit.say("kind." + value);
    case Kind::language: return visit.messages.has("language." + value) ? visit.say("language." + value) : value;
    case Kind::since: {
      const std::string key = "since." + value;
      return visit.messages.has(key) ? visit.say(key) : value;
    }
    case Kind::source: {
      const config::Feed* feed = visit.data.catalogue.find(value);
      return feed ? feed->title : value;
    }
    default: return value;
  }
}

archive::Facets facets_of(const Visit& visit, const Filter& filter) {
  std::vector<base::Time> times;
  for (const auto& [name, days] : ages) times.push_back(visit.now - std::chrono::days(days));
  archive::Facets facets = visit.search().facets(filter, times);
  // What stands in the filter must not bound the times that could stand there.
  if (!chosen(filter, Kind::since).empty())
    facets.since = visit.search().facets(widened(filter, Kind::since), times).since;
  for (std::size_t i = 0; i < ages.size(); ++i) facets.since[i].value = ages[i].first;
  return facets;
}

void put_facets(Html& html, const Visit& visit, const Filter& filter, const archive::Facets& facets) {
  const std::array<Group, 6> groups = {{{Kind::since, "facet.time", facets.since},
                                        {Kind::topic, "facet.topic", facets.topics},
                                        {Kind::area, "facet.area", facets.areas},
                                        {Kind::kind, "facet.kind", facets.kinds},
                                        {Kind::language, "facet.language", facets.languages},
                                        {Kind::source, "facet.source", facets.sources}}};
  html.put("<nav class=\"facets\"").attribute("aria-label", visit.say("facet.heading")).put(">");
  for (const Group& group : groups) put_group(html, visit, filter, group);
  html.put("</nav>");
}

void put_conditions(Html& html, const Visit& visit, const Filter& filter) {
  Html list;
  bool any = false;
  for (const Kind kind : {Kind::area, Kind::topic, Kind::kind, Kind::language, Kind::source, Kind::since}) {
    const auto values = chosen(filter, kind);
    if (values.empty()) continue;
    std::string names;
    for (const auto& value : values) names += (names.empty() ? "" : ", ") + facet_name(visit, kind, value);
    list.put("<li><a data-narrow").attribute("href", page_of(widened(filter, kind)));
    list.attribute("aria-label", visit.say("facet.remove", {{"name", names}})).put(">").text(names);
    list.put(" <span aria-hidden=\"true\">×</span></a></li>");
    any = true;
  }
  if (any) html.put("<ul class=\"conditions\">").html(list).put("</ul>");
}

}  // namespace sotevahti::web
