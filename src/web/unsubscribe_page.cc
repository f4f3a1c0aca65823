// "/unsubscribe/TOKEN", of a mailed link. GET only asks, for mail scanners follow links; POST
// ends the subscription at once (RFC 8058): no login, no cookie, no question, and 200 also
// when it had ended before.
#include <algorithm>

#include "web/mailed_link.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

using archive::People;
using archive::Subscription;

// What the link ends: one subscription, or all that the person has.
std::vector<Subscription> meant_by(People& people, const People::TokenOwner& owner) {
  std::vector<Subscription> meant = people.subscriptions();
  std::erase_if(meant, [&](const Subscription& each) {
    return each.subscriber != owner.subscriber || (owner.subscription && each.id != *owner.subscription);
  });
  return meant;
}

std::vector<Subscription> still_running(std::vector<Subscription> subscriptions) {
  std::erase_if(subscriptions, [](const Subscription& each) { return !each.ended.empty(); });
  return subscriptions;
}

void put_names(Html& html, const std::vector<Subscription>& subscriptions) {
  html.put("<ul>");
  for (const Subscription& each : subscriptions) html.put("<li>").text(each.name).put("</li>");
  html.put("</ul>\n");
}

Response question(const Visit& visit, const std::vector<Subscription>& subscriptions) {
  Page page;
  page.title = visit.say("unsubscribe.title");
  page.main.put("<h1>").text(page.title).put("</h1>\n<p>").text(visit.say("unsubscribe.ask")).put("</p>\n");
  put_names(page.main, subscriptions);
  page.main.put("<form method=\"post\"").attribute("action", visit.request.path).put("><button>");
  page.main.text(visit.say("unsubscribe.button")).put("</button></form>");
  return finish(visit, std::move(page));
}

Response ended(const Visit& visit, const std::vector<Subscription>& subscriptions) {
  Page page;
  page.title = visit.say("unsubscribe.done");
  page.main.put("<h1>").text(page.title).put("</h1>\n<p>").text(visit.say("unsubscribe.no_more")).put("</p>\n");
  put_names(page.main, subscriptions);
  page.main.put("<p><a href=\"/\">").text(visit.say("error.home")).put("</a></p>");
  return finish(visit, std::move(page));
}

}  // namespace

Response unsubscribe_page(const Visit& visit, std::string_view token) {
  People people(visit.database);
  const auto owner = people.find_token(std::string(token), People::TokenUse::unsubscribe);
  if (!owner) return personal(error_page(visit, 404, visit.say("unsubscribe.none")));
  const auto meant = meant_by(people, *owner);
  const auto running = still_running(meant);
  if (visit.request.method == "POST") {
    const auto archive = open_for_writing(visit);
    for (const Subscription& each : running) People(*archive).end_subscription(each.id, "unsubscribed by the reader");
    return personal(ended(visit, meant));
  }
  return personal(running.empty() ? ended(visit, meant) : question(visit, running));
}

}  // namespace sotevahti::web
