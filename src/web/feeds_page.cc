// "/feeds": every source, those in trouble first, with the cause.
#include <algorithm>
#include <array>

#include "archive/feed_store.h"
#include "archive/health.h"
#include "digest/wording.h"
#include "text/url.h"
#include "web/feed_state.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

using archive::Health;
using State = archive::Health::State;

constexpr std::array<State, 6> order = {State::failing,      State::no_feed, State::quiet,
                                        State::never_polled, State::fresh,   State::disabled};

std::size_t rank(const Health& health) {
  return static_cast<std::size_t>(std::find(order.begin(), order.end(), health.state) - order.begin());
}

void put_summary(Html& html, const Visit& visit, const std::vector<Health>& all) {
  const archive::Reach reach = archive::reach_of(all);
  html.put("<p>").text(
      visit.say("feeds.reach", {{"read", visit.number(reach.read)}, {"total", visit.number(reach.of)}}));
  html.put("</p>\n");
  html.put("<ul class=\"legend\">");
  for (const State state : order) {
    const auto count = static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const Health& each) { return each.state == state; }));
    if (count == 0) continue;
    const std::string id(state_id(state));
    html.put("<li><b>").text(visit.number(count)).put("</b> <span").attribute("class", "state " + id).put(">");
    html.text(visit.say("state." + id)).put("</span></li>");
  }
  html.put("</ul>\n");
}

// How far apart its news usually are, by its own history.
std::string usual_gap(const Visit& visit, base::Seconds gap) {
  if (gap.count() <= 0) return {};
  const auto hours = std::chrono::ceil<std::chrono::hours>(gap).count();
  const bool in_days = hours >= 48;
  const auto n = static_cast<std::size_t>(in_days ? (hours + 12) / 24 : hours);
  return visit.say(in_days ? "gap.days" : "gap.hours", {{"n", visit.number(n)}});
}

// On a narrow screen each value stands by its column's name.
void put_next_cell(Html& html, const Visit& visit, const char* column) {
  html.put("</td><td").attribute("data-label", visit.say(column)).put(">");
}

void put_row(Html& html, const Visit& visit, const Health& health) {
  const auto& known = health.known;
  html.put("<tr><th scope=\"row\"><a")
      .attribute("href", "/?q=" + text::percent_encode("source:" + health.feed->id))
      .put(">");
  html.text(health.feed->title).put("</a> <small>").text(health.feed->publisher).put("</small></th><td>");
  put_feed_state(html, visit, health);
  if (known.failure) {
    html.put(" <small>").text(failure_words(visit, health));
    if (!known.failure->detail.empty()) html.put(": <span lang=\"en\">").text(known.failure->detail).put("</span>");
    html.put("</small>");
  }
  put_next_cell(html, visit, "feeds.read");
  if (known.last_success)
    html.put("<time")
        .attribute("datetime", base::to_rfc3339(*known.last_success))
        .put(">")
        .text(visit.when(*known.last_success))
        .put("</time>");
  put_next_cell(html, visit, "feeds.newest");
  if (known.last_new_entry)
    html.put("<time")
        .attribute("datetime", base::to_rfc3339(*known.last_new_entry))
        .put(">")
        .text(visit.when(*known.last_new_entry))
        .put("</time>");
  put_next_cell(html, visit, "feeds.gap");
  html.text(usual_gap(visit, known.usual_gap));
  put_next_cell(html, visit, "feeds.entries");
  html.text(visit.number(known.entries)).put("</td></tr>\n");
}

}  // namespace

Response feeds_page(const Visit& visit) {
  const auto states = archive::FeedStore(visit.database).states();
  auto all = archive::health_of(visit.data.catalogue, states, visit.now);
  std::stable_sort(all.begin(), all.end(), [](const Health& a, const Health& b) {
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return digest::alphabetical_key(a.feed->title) < digest::alphabetical_key(b.feed->title);
  });
  Page page;
  page.title = visit.say("nav.feeds");
  Html& html = page.main;
  html.put("<h1>").text(page.title).put("</h1>\n<p class=\"lead\">").text(visit.say("feeds.lead"));
  html.put(" <a href=\"/feeds.opml\">OPML</a></p>\n");
  put_summary(html, visit, all);
  html.put("<table class=\"feeds\"><thead><tr>");
  for (const char* key : {"feeds.feed", "feeds.state", "feeds.read", "feeds.newest", "feeds.gap", "feeds.entries"})
    html.put("<th scope=\"col\">").text(visit.say(key)).put("</th>");
  html.put("</tr></thead><tbody>\n");
  for (const auto& health : all) put_row(html, visit, health);
  html.put("</tbody></table>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
