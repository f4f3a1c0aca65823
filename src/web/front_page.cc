// "/": what happened: the newest stories day by day, or those that answer a filter, with
// what closes soon, the map and the facets beside them.
#include "digest/wording.h"
#include "text/url.h"
#include "web/facets.h"
#include "web/narrowing.h"
#include "web/outputs.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/story_line.h"
#include "web/tile_map.h"

namespace sotevahti::web {

using archive::Filter;
using Kind = archive::Filter::Kind;

namespace {

constexpr std::size_t stories_a_page = 30;
constexpr std::size_t deadlines_shown = 5;
constexpr std::size_t most_counted = 10000;

std::string counted(const Visit& visit, std::string_view key, std::size_t n) {
  return visit.count(key, n) + (n >= most_counted ? "+" : "");
}

// The first words of the page: what today and the week brought.
void put_news(Html& html, const Visit& visit) {
  auto search = visit.search();
  const std::string today = base::to_iso_date(visit.today());
  const std::size_t of_day = search.count(narrowed({}, Kind::since, today), most_counted);
  const std::size_t of_week = search.count(narrowed({}, Kind::since, "7d"), most_counted);
  const std::size_t closing = visit.search().deadlines({}, visit.today(), 100).size();
  html.put("<h1>")
      .text(of_day == 0 ? visit.say("front.today.none") : counted(visit, "front.today", of_day))
      .put("</h1>\n<p class=\"lead\">");
  html.text(counted(visit, "front.week", of_week)).put(" ");
  html.put("<a href=\"/deadlines\">").text(visit.count("front.open", closing)).put("</a></p>\n");
}

void put_found(Html& html, const Visit& visit, const Filter& filter) {
  const std::size_t found = visit.search().count(filter, most_counted);
  html.put("<h1>").text(counted(visit, "front.found", found)).put("</h1>\n");
  put_conditions(html, visit, filter);
}

void put_closing(Html& html, const Visit& visit, const Filter& filter, std::string_view asked) {
  const auto rows = visit.search().deadlines(filter, visit.today(), deadlines_shown);
  if (rows.empty()) return;
  html.put("<section class=\"closing\"><h2>").text(visit.say("front.closing")).put("</h2><ul>");
  for (const auto& row : rows) {
    html.put("<li>");
    put_deadline(html, visit, row.deadline);
    html.put("<a").attribute("href", visit.entry_address(row.entry.id)).attribute("lang", row.entry.language).put(">");
    html.text(row.entry.title).put("</a></li>");
  }
  html.put("</ul><p class=\"all\"><a").attribute("href", page_of(asked, "/deadlines")).put(">");
  html.text(visit.say("front.all_deadlines")).put("</a></p></section>\n");
}

void put_side(Html& html, const Visit& visit, const Filter& filter, std::string_view asked) {
  const archive::Facets facets = visit.search().facets(filter);
  const bool whole = filter.kind == Kind::everything;
  TileMap map;
  map.title = visit.say(whole ? "map.week" : "map.found");
  map.counts = whole ? visit.search().facets(narrowed(filter, Kind::since, "7d")).areas : facets.areas;
  map.chosen = chosen(filter, Kind::area);
  map.link = [&](const std::string& area) { return page_of(narrowed(filter, Kind::area, area)); };
  html.put("<aside id=\"narrow\">\n<section class=\"where\"><h2>").text(map.title).put("</h2>");
  put_tile_map(html, visit, map);
  html.put("</section>\n");
  put_closing(html, visit, filter, asked);
  html.put("<h2>").text(visit.say("facet.heading")).put("</h2>");
  put_facets(html, visit, filter, facets);
  html.put("</aside>\n");
}

void put_stories(Html& html, const Visit& visit, const archive::Found& found, std::string_view asked) {
  if (found.entries.empty()) html.put("<p class=\"nothing\">").text(visit.say("front.nothing")).put("</p>\n");
  put_by_day(html, visit, found.entries);
  if (found.cut) html.put("<p class=\"nothing\">").text(visit.say("front.cut")).put("</p>\n");
  if (found.next.empty()) return;
  html.put("<p class=\"more\"><a rel=\"next\"");
  html.attribute("href", "/?q=" + text::percent_encode(asked) + "&after=" + text::percent_encode(found.next));
  html.put(">").text(visit.say("more")).put("</a></p>");
}

}  // namespace

Response front_page(const Visit& visit) {
  const std::string_view asked = visit.request.parameter("q");
  const auto filter = archive::parse_filter(asked, visit.filter_names());
  if (!filter) return filter_error_page(visit, asked, filter.error());
  archive::Page from;
  from.limit = stories_a_page;
  from.cursor = visit.request.parameter("after");
  const archive::Found found = visit.search().find(*filter, from);
  if (found.lost) return error_page(visit, 400, visit.say("error.cursor"));

  Page page;
  page.filter = asked;
  page.outputs = asked;
  page.title = asked.empty() ? visit.say("front.title") : std::string(asked);
  page.main.put("<div class=\"columns\">\n<div class=\"stories\">\n");
  if (filter->kind == Kind::everything) put_news(page.main, visit);
  else put_found(page.main, visit, *filter);
  put_outputs(page.main, visit, asked);
  page.main.put("<p class=\"jump\"><a href=\"#narrow\">").text(visit.say("front.jump")).put("</a></p>\n");
  put_stories(page.main, visit, found, asked);
  page.main.put("</div>\n");
  put_side(page.main, visit, *filter, asked);
  page.main.put("</div>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
