// "/areas/ID" and "/topics/ID": one subject: its year, what closes, what it consists of,
// its newest stories, and of an area the sources that tell of it.
#include <algorithm>

#include "archive/feed_store.h"
#include "archive/health.h"
#include "digest/wording.h"
#include "web/feed_state.h"
#include "web/narrowing.h"
#include "web/outputs.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/sparkline.h"
#include "web/story_line.h"

namespace sotevahti::web {

using archive::Filter;
using Kind = archive::Filter::Kind;

namespace {

constexpr std::size_t stories_shown = 20;
constexpr std::size_t deadlines_shown = 10;

// Of the filter's entries by area or by topic, each a link that narrows the filter to it.
struct CountList {
  Kind kind;
  std::string_view heading;  // a key of the messages
  std::vector<archive::FacetCount> counts;
};

void put_counts(Html& html, const Visit& visit, const Filter& filter, const CountList& list) {
  const auto& [kind, heading, counts] = list;
  if (counts.empty()) return;
  html.put("<section><h2>").text(visit.say(heading)).put("</h2><ul class=\"counts\">");
  for (const auto& each : counts) {
    const std::string name = kind == Kind::area ? digest::area_name(visit.data.taxonomy, each.value, visit.language)
                                                : digest::topic_name(visit.data.taxonomy, each.value, visit.language);
    html.put("<li><a").attribute("href", page_of(narrowed(filter, kind, each.value))).put(">").text(name);
    html.put("</a> <span class=\"n\">").text(visit.number(each.count)).text(each.more ? "+" : "").put("</span></li>");
  }
  html.put("</ul></section>\n");
}

void put_deadlines(Html& html, const Visit& visit, const Filter& filter) {
  const auto rows = visit.search().deadlines(filter, visit.today(), deadlines_shown);
  if (rows.empty()) return;
  html.put("<section class=\"closing\"><h2>").text(visit.say("front.closing")).put("</h2>");
  put_closing(html, visit, rows);
  html.put("</section>\n");
}

void put_sources(Html& html, const Visit& visit, const std::string& area) {
  const auto states = archive::FeedStore(visit.database).states();
  html.put("<section><h2>").text(visit.say("nav.feeds")).put("</h2><ul class=\"sources\">");
  bool any = false;
  for (const auto& health : archive::health_of(visit.data.catalogue, states, visit.now)) {
    const auto& areas = health.feed->areas;
    if (std::find(areas.begin(), areas.end(), area) == areas.end()) continue;
    html.put("<li>").text(health.feed->title).put(" ");
    put_feed_state(html, visit, health);
    html.put("</li>");
    any = true;
  }
  if (!any) html.put("<li>").text(visit.say("coverage.no-source")).put("</li>");
  html.put("</ul></section>\n");
}

void put_newest(Html& html, const Visit& visit, const Filter& filter) {
  archive::Page from;
  from.limit = stories_shown;
  const auto found = visit.search().find(filter, from);
  html.put("<h2>").text(visit.say("front.title")).put("</h2>\n");
  if (found.entries.empty()) html.put("<p class=\"nothing\">").text(visit.say("front.nothing")).put("</p>\n");
  put_list(html, visit, found.entries);
  if (!found.next.empty())
    html.put("<p class=\"more\"><a")
        .attribute("href", page_of(filter))
        .put(">")
        .text(visit.say("subject.all"))
        .put("</a></p>\n");
}

Page begin(const Visit& visit, const Filter& filter, const std::string& title, const std::string& note) {
  Page page;
  page.title = title;
  page.filter = archive::print_filter(filter) + " ";
  page.outputs = archive::print_filter(filter);
  page.main.put("<h1>").text(title).put("</h1>\n");
  if (!note.empty()) page.main.put("<p class=\"lead\">").text(note).put("</p>\n");
  put_sparkline(page.main, visit, visit.search().weekly(filter));
  put_outputs(page.main, visit, archive::print_filter(filter));
  page.main.put("<div class=\"columns\">\n<div class=\"stories\">\n");
  put_newest(page.main, visit, filter);
  page.main.put("</div>\n<aside>\n");
  put_deadlines(page.main, visit, filter);
  return page;
}

}  // namespace

Response area_page(const Visit& visit, std::string_view id) {
  const config::Area* area = visit.data.taxonomy.area(id);
  if (!area) return error_page(visit, 404, visit.say("areas.none"));
  const Filter filter = narrowed({}, Kind::area, id);
  const std::string& name = area->name.in(visit.language);
  std::string aliases;
  for (const auto& alias : area->aliases) aliases += (aliases.empty() ? "" : ", ") + alias;
  Page page = begin(visit, filter, name.empty() ? area->name.fi : name, aliases);
  put_counts(page.main, visit, filter, {Kind::topic, "areas.topics", visit.search().facets(filter).topics});
  put_sources(page.main, visit, area->id);
  page.main.put("</aside>\n</div>");
  return finish(visit, std::move(page));
}

Response topic_page(const Visit& visit, std::string_view id) {
  const config::Topic* topic = visit.data.taxonomy.topic(id);
  if (!topic) return error_page(visit, 404, visit.say("topics.none"));
  const Filter filter = narrowed({}, Kind::topic, id);
  Page page = begin(visit, filter, digest::topic_name(visit.data.taxonomy, id, visit.language), "");
  put_counts(page.main, visit, filter, {Kind::area, "areas.areas", visit.search().facets(filter).areas});
  page.main.put("</aside>\n</div>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
