// "/coverage": areas by topics, with the kind of each emptiness.
#include "archive/feed_store.h"
#include "digest/wording.h"
#include "text/url.h"
#include "web/coverage.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

std::string mark_of(Emptiness emptiness) {
  switch (emptiness) {
    case Emptiness::no_source: return "○";
    case Emptiness::broken_source: return "✕";
    case Emptiness::quiet: return "–";
    default: return "·";
  }
}

void put_empty(Html& html, const Visit& visit, Emptiness emptiness) {
  const std::string kind(to_string(emptiness));
  html.put("<span role=\"img\"")
      .attribute("class", "empty " + kind)
      .attribute("aria-label", visit.say("coverage." + kind));
  html.attribute("title", visit.say("coverage." + kind)).put(">").text(mark_of(emptiness)).put("</span>");
}

void put_legend(Html& html, const Visit& visit) {
  html.put("<ul class=\"legend\">");
  for (const auto emptiness : {Emptiness::no_match, Emptiness::quiet, Emptiness::broken_source, Emptiness::no_source}) {
    html.put("<li>");
    html.put("<span aria-hidden=\"true\"").attribute("class", "empty " + std::string(to_string(emptiness))).put(">");
    html.text(mark_of(emptiness))
        .put("</span> ")
        .text(visit.say("coverage." + std::string(to_string(emptiness))))
        .put("</li>");
  }
  for (const char* age : {"fresh", "recent", "old"}) {
    html.put("<li><span aria-hidden=\"true\"").attribute("class", std::string("n ") + age).put(">12</span> ");
    html.text(visit.say(std::string("coverage.") + age)).put("</li>");
  }
  html.put("</ul>\n");
}

const char* age_class(const Visit& visit, const archive::CoverageCell& cell) {
  const auto age = visit.now - cell.newest.value_or(base::Time{});
  return age < std::chrono::days(7) ? "fresh" : age < std::chrono::days(30) ? "recent" : "old";
}

void put_cell(Html& html, const Visit& visit, const CoverageOfArea& area, const std::string& topic) {
  const std::string topic_name = digest::topic_name(visit.data.taxonomy, topic, visit.language);
  html.put("<td").attribute("data-topic", topic_name).put(">");
  if (const auto at = area.cells.find(topic); at != area.cells.end()) {
    html.put("<a").attribute("class", std::string("n ") + age_class(visit, at->second));
    html.attribute("href", "/?q=" + text::percent_encode("area:" + area.area + " topic:" + topic + " since:90d"));
    html.attribute("aria-label", topic_name + ": " + visit.number(at->second.entries)).put(">");
    html.number(at->second.entries).put("</a>");
  } else {
    put_empty(html, visit, area.emptiness);
  }
  html.put("</td>");
}

void put_sources(Html& html, const Visit& visit, const CoverageOfArea& area) {
  const std::string words =
      area.failing > 0 ? visit.say("coverage.sources_failing",
                                   {{"n", visit.number(area.sources)}, {"failing", visit.number(area.failing)}})
                       : visit.count("coverage.sources", area.sources);
  html.put("<td").attribute("class", area.failing > 0 ? "sources failing" : "sources").attribute("title", words);
  html.attribute("data-topic", visit.say("nav.feeds")).put(">").text(visit.number(area.sources));
  if (area.failing > 0) html.put(" <small>").text(words).put("</small>");
  html.put("</td>");
}

// An area of which nothing was told says why, once.
void put_silence(Html& html, const Visit& visit, const Coverage& table, Emptiness why) {
  const std::string kind(to_string(why));
  html.put("<td").attribute("class", "silence empty " + kind).attribute("colspan", std::to_string(table.topics.size()));
  html.put("><span aria-hidden=\"true\">").text(mark_of(why)).put("</span> ");
  html.text(visit.say("coverage." + kind)).put("</td>");
}

void put_row(Html& html, const Visit& visit, const Coverage& table, const CoverageOfArea& area) {
  html.put("<tr><th scope=\"row\"><a").attribute("href", "/areas/" + area.area).put(">");
  html.text(digest::area_name(visit.data.taxonomy, area.area, visit.language)).put("</a></th>");
  put_sources(html, visit, area);
  if (area.entries > 0)
    for (const auto& topic : table.topics) put_cell(html, visit, area, topic);
  else put_silence(html, visit, table, area.emptiness);
  html.put("</tr>\n");
}

}  // namespace

Response coverage_page(const Visit& visit) {
  const auto states = archive::FeedStore(visit.database).states();
  const auto health = archive::health_of(visit.data.catalogue, states, visit.now);
  auto search = visit.search();
  const Coverage table = coverage_of(search, visit.data.taxonomy, health, visit.now);
  Page page;
  page.title = visit.say("nav.coverage");
  Html& html = page.main;
  html.put("<h1>").text(page.title).put("</h1>\n<p class=\"lead\">").text(visit.say("coverage.lead")).put("</p>\n");
  put_legend(html, visit);
  html.put("<div class=\"matrix\" role=\"region\" tabindex=\"0\"").attribute("aria-label", page.title);
  html.put("><table><thead><tr><td></td><th scope=\"col\"><span>").text(visit.say("nav.feeds")).put("</span></th>");
  for (const auto& topic : table.topics) {
    html.put("<th scope=\"col\"><a").attribute("href", "/topics/" + topic).put("><span>");
    html.text(digest::topic_name(visit.data.taxonomy, topic, visit.language)).put("</span></a></th>");
  }
  html.put("</tr></thead><tbody>\n");
  for (const auto& area : table.areas) put_row(html, visit, table, area);
  html.put("</tbody></table></div>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
