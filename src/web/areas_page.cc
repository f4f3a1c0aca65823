// "/areas": all areas and topics, with what the week and the quarter brought.
#include <algorithm>
#include <map>

#include "digest/wording.h"
#include "web/narrowing.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/tile_map.h"

namespace sotevahti::web {
namespace {

constexpr std::size_t most_counted = 20000;

using Counts = std::map<std::string, std::size_t, std::less<>>;

Counts counted(const std::vector<archive::FacetCount>& facets) {
  Counts counts;
  for (const auto& each : facets) counts[each.value] = each.count;
  return counts;
}

std::size_t of(const Counts& counts, const std::string& id) {
  const auto at = counts.find(id);
  return at == counts.end() ? 0 : at->second;
}

struct Row {
  std::string id, name;
};

struct Table {
  std::string_view heading;  // a key of the messages
  std::string_view folder;   // of the rows' pages: "/areas/"
  std::vector<Row> rows;
  Counts week, quarter;
};

void put_table(Html& html, const Visit& visit, const Table& table) {
  std::size_t most = 1;
  for (const auto& row : table.rows) most = std::max(most, of(table.quarter, row.id));
  html.put("<table class=\"ranking\"><caption>")
      .text(visit.say(table.heading))
      .put("</caption><thead><tr><th scope=\"col\">");
  html.text(visit.say("areas.name"))
      .put("</th><th scope=\"col\">")
      .text(visit.say("areas.week"))
      .put("</th><th scope=\"col\">");
  html.text(visit.say("areas.quarter")).put("</th></tr></thead><tbody>\n");
  for (const auto& row : table.rows) {
    html.put("<tr><th scope=\"row\"><a").attribute("href", std::string(table.folder) + row.id).put(">").text(row.name);
    html.put("</a></th><td>")
        .text(visit.number(of(table.week, row.id)))
        .put("</td><td>")
        .text(visit.number(of(table.quarter, row.id)));
    html.put(" <svg class=\"bar\" viewBox=\"0 0 60 8\" aria-hidden=\"true\"><rect height=\"8\"");
    html.attribute("width", std::to_string(of(table.quarter, row.id) * 60 / most)).put("/></svg></td></tr>\n");
  }
  html.put("</tbody></table>\n");
}

}  // namespace

Response areas_page(const Visit& visit) {
  const auto of_week = visit.search().facets(narrowed({}, archive::Filter::Kind::since, "7d"), {}, most_counted);
  const auto of_quarter = visit.search().facets(narrowed({}, archive::Filter::Kind::since, "90d"), {}, most_counted);
  std::vector<Row> areas;
  std::vector<Row> topics;
  for (const auto& area : visit.data.taxonomy.areas)
    areas.push_back({area.id, digest::area_name(visit.data.taxonomy, area.id, visit.language)});
  for (const auto& topic : visit.data.taxonomy.topics)
    topics.push_back({topic.id, digest::topic_name(visit.data.taxonomy, topic.id, visit.language)});
  const auto by_name = [](const Row& a, const Row& b) {
    return digest::alphabetical_key(a.name) < digest::alphabetical_key(b.name);
  };
  std::sort(areas.begin(), areas.end(), by_name);
  std::sort(topics.begin(), topics.end(), by_name);

  Page page;
  page.title = visit.say("nav.areas");
  TileMap map;
  map.title = visit.say("map.week");
  map.counts = of_week.areas;
  map.link = [](const std::string& area) { return "/areas/" + area; };
  page.main.put("<h1>").text(page.title).put("</h1>\n<div class=\"columns\">\n<div class=\"tables\">\n");
  put_table(page.main, visit,
            {"areas.areas", "/areas/", std::move(areas), counted(of_week.areas), counted(of_quarter.areas)});
  put_table(page.main, visit,
            {"areas.topics", "/topics/", std::move(topics), counted(of_week.topics), counted(of_quarter.topics)});
  page.main.put("</div>\n<aside><section class=\"where\"><h2>").text(map.title).put("</h2>");
  put_tile_map(page.main, visit, map);
  page.main.put("</section></aside>\n</div>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
