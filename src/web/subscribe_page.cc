// "/subscribe": how to get a view by mail. Whoever keeps this archive adds people; the page
// says whom to ask, and what to ask for.
#include "text/url.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {

Response subscribe_page(const Visit& visit) {
  const std::string filter(visit.request.parameter("q"));
  const std::string& admin = visit.data.settings.mail.admin;
  Page page;
  page.title = visit.say("subscribe.title");
  page.filter = filter;
  Html& html = page.main;
  html.put("<h1>").text(page.title).put("</h1>\n<p>").text(visit.say("subscribe.what")).put("</p>\n<p>");
  html.text(visit.say("subscribe.how")).put("</p>\n");
  if (!filter.empty()) html.put("<p><code>").text(filter).put("</code></p>\n");
  if (!admin.empty()) {
    const std::string mail = "mailto:" + admin + "?subject=" + text::percent_encode(visit.say("subscribe.title")) +
                             "&body=" + text::percent_encode(filter);
    html.put("<p><a").attribute("href", mail).put(">").text(visit.say("subscribe.ask")).put("</a></p>\n");
  }
  html.put("<p>").text(visit.say("subscribe.manage")).put("</p>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
