// "/deadlines": what closes, week by week.
#include <fmt/format.h>

#include "text/url.h"
#include "web/facets.h"
#include "web/outputs.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/story_line.h"

namespace sotevahti::web {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t most_shown = 200;

sys_days monday_of(std::chrono::year_month_day day) {
  const sys_days at = day;
  return at - (std::chrono::weekday(at) - std::chrono::Monday);
}

// ISO 8601: the week belongs to the year of its Thursday.
unsigned week_number(sys_days monday) {
  const std::chrono::year_month_day thursday = monday + days(3);
  const sys_days first = thursday.year() / std::chrono::January / 1;
  return static_cast<unsigned>((sys_days(thursday) - first).count() / 7 + 1);
}

std::string week_heading(const Visit& visit, sys_days monday) {
  const std::string key = monday == monday_of(visit.today())             ? "week.this"
                          : monday == monday_of(visit.today()) + days(7) ? "week.next"
                                                                         : "week.other";
  return visit.say(key, {{"week", std::to_string(week_number(monday))},
                         {"from", visit.wording.short_date(monday)},
                         {"to", visit.wording.date(monday + days(6))}});
}

void put_row(Html& html, const Visit& visit, const archive::DeadlineRow& row) {
  html.put("<article><div>");
  put_deadline(html, visit, row.deadline);
  html.put("<h3").attribute("lang", visit.language_tag(row.entry.language)).put("><a");
  html.attribute("href", visit.entry_address(row.entry.id))
      .put(">")
      .text(row.entry.title)
      .put("</a></h3><p class=\"from\">");
  html.text(row.entry.publisher).put("</p>");
  put_tags(html, visit, row.entry);
  html.put("</div></article>\n");
}

}  // namespace

Response deadlines_page(const Visit& visit) {
  const std::string_view asked = visit.request.parameter("q");
  const auto filter = archive::parse_filter(asked, visit.filter_names());
  if (!filter) return filter_error_page(visit, asked, filter.error());
  const auto rows = visit.search().deadlines(*filter, visit.today(), most_shown);
  Page page;
  page.filter = asked;
  page.outputs = asked;
  page.title = visit.say("nav.deadlines");
  Html& html = page.main;
  html.put("<div class=\"stories\">\n<h1>").text(visit.count("deadlines.title", rows.size())).put("</h1>\n");
  put_conditions(html, visit, *filter);
  put_outputs(html, visit, asked);
  if (rows.empty()) html.put("<p class=\"nothing\">").text(visit.say("deadlines.none")).put("</p>\n");
  std::optional<sys_days> week;
  for (const auto& row : rows) {
    const sys_days monday = monday_of(row.deadline.deadline.closes);
    if (week != monday) html.put("<h2 class=\"day\">").text(week_heading(visit, monday)).put("</h2>\n");
    week = monday;
    put_row(html, visit, row);
  }
  html.put("</div>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
