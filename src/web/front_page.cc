// "/": what happened: the newest stories day by day, or those that answer a filter, with
// what closes soon, the map and the facets beside them.
#include <algorithm>
#include <span>

#include "base/zone.h"
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
constexpr std::size_t most_open = 100;
constexpr std::size_t most_of_a_week = 20000;

std::string counted(const Visit& visit, std::string_view key, const archive::FacetCount& count) {
  return visit.count(key, count.count) + (count.more ? "+" : "");
}

// What stands beside the list, and over it.
struct About {
  archive::Facets facets, week;
  std::vector<archive::DeadlineRow> closing;
};

About about(const Visit& visit, const Filter& filter) {
  About known;
  known.facets = facets_of(visit, filter);
  const bool whole = filter.kind == Kind::everything;
  known.closing = visit.search().deadlines(filter, visit.today(), whole ? most_open : deadlines_shown);
  if (!whole) return known;
  const base::Time midnight = base::Zone::helsinki().to_utc({visit.today(), 0, 0, 0});
  known.week = visit.search().facets(narrowed({}, Kind::since, "7d"), {midnight}, most_of_a_week);
  return known;
}

// The first words of the page: what today and the week brought.
void put_news(Html& html, const Visit& visit, const About& known) {
  const auto& today = known.week.since[0];
  html.put("<h1>")
      .text(today.count == 0 && !today.more ? visit.say("front.today.none") : counted(visit, "front.today", today))
      .put("</h1>\n<p class=\"lead\">");
  html.text(counted(visit, "front.week", {"", known.week.stories, known.week.more})).put(" ");
  html.put("<a href=\"/deadlines\">").text(visit.count("front.open", known.closing.size())).put("</a></p>\n");
}

// The counts may have been cut short by their time bound; what is listed below was found anyhow.
void put_found(Html& html, const Visit& visit, const Filter& filter, const archive::Facets& facets,
               std::size_t listed) {
  const std::size_t found = std::max(facets.stories, listed);
  html.put("<h1>").text(counted(visit, "front.found", {"", found, facets.more})).put("</h1>\n");
  put_conditions(html, visit, filter);
}

void put_next_deadlines(Html& html, const Visit& visit, std::span<const archive::DeadlineRow> rows,
                        std::string_view asked) {
  if (rows.empty()) return;
  html.put("<section class=\"closing\"><h2>").text(visit.say("front.closing")).put("</h2>");
  put_closing(html, visit, rows.first(std::min(rows.size(), deadlines_shown)));
  html.put("<p class=\"all\"><a").attribute("href", page_of(asked, "/deadlines")).put(">");
  html.text(visit.say("front.all_deadlines")).put("</a></p></section>\n");
}

void put_side(Html& html, const Visit& visit, const Filter& filter, const About& known, std::string_view asked) {
  const archive::Facets& facets = known.facets;
  const bool whole = filter.kind == Kind::everything;
  TileMap map;
  map.title = visit.say(whole ? "map.week" : "map.found");
  map.counts = whole ? known.week.areas : facets.areas;
  map.chosen = chosen(filter, Kind::area);
  map.link = [&](const std::string& area) { return page_of(narrowed(filter, Kind::area, area)); };
  html.put("<aside id=\"narrow\">\n<section class=\"where\"><h2>").text(map.title).put("</h2>");
  put_tile_map(html, visit, map);
  html.put("</section>\n");
  put_next_deadlines(html, visit, known.closing, asked);
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
  const About known = about(visit, *filter);
  if (filter->kind == Kind::everything) put_news(page.main, visit, known);
  else put_found(page.main, visit, *filter, known.facets, found.entries.size());
  put_outputs(page.main, visit, asked);
  page.main.put("<p class=\"jump\"><a href=\"#narrow\">").text(visit.say("front.jump")).put("</a></p>\n");
  put_stories(page.main, visit, found, asked);
  page.main.put("</div>\n");
  put_side(page.main, visit, *filter, known, asked);
  page.main.put("</div>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
