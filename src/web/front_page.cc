// "/": the newest stories, or those that answer a filter.
#include "text/url.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/story_line.h"

namespace sotevahti::web {
namespace {

constexpr std::size_t stories_a_page = 30;

void put_more(Html& html, const Visit& visit, std::string_view filter, const std::string& cursor) {
  html.put("<p class=\"more\"><a rel=\"next\"");
  html.attribute("href", "/?q=" + text::percent_encode(filter) + "&after=" + text::percent_encode(cursor));
  html.put(">").text(visit.say("more")).put("</a></p>");
}

}  // namespace

Response front_page(const Visit& visit) {
  const std::string_view asked = visit.request.parameter("q");
  const auto filter = archive::parse_filter(asked, visit.filter_names());
  if (!filter) {
    const auto& error = filter.error();
    return error_page(visit, 400, error.cause + (error.suggestion.empty() ? "" : "; " + error.suggestion));
  }
  archive::Page from;
  from.limit = stories_a_page;
  from.cursor = visit.request.parameter("after");
  const archive::Found found = visit.search().find(*filter, from);

  Page page;
  page.filter = asked;
  page.title = asked.empty() ? visit.say("front.title") : std::string(asked);
  page.main.put("<h1>").text(asked.empty() ? visit.say("front.title") : visit.say("front.found")).put("</h1>\n");
  if (found.entries.empty()) page.main.put("<p>").text(visit.say("front.nothing")).put("</p>");
  for (const auto& entry : found.entries) put_story(page.main, visit, entry);
  if (!found.next.empty()) put_more(page.main, visit, asked, found.next);
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
