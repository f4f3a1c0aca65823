// "/manage/TOKEN", of a mailed link: a reader's own subscriptions, each to be changed, paused,
// resumed or ended, and the way to add one, to take one's data along, and to be forgotten.
#include "web/manage.h"

#include <charconv>

#include "deliver/material.h"
#include "web/form.h"
#include "web/mailed_link.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

using archive::People;
using archive::Subscription;

constexpr std::string_view paused_by_reader = "paused by the reader";

archive::SubscriptionId number_of(std::string_view text) {
  archive::SubscriptionId id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc() && end == text.data() + text.size() ? id : 0;
}

void put_button(Html& html, const Visit& visit, Literal action, std::string_view key) {
  html.put("<button class=\"second\" name=\"action\"").attribute("value", action.view()).put(">");
  html.text(visit.say(key)).put("</button> ");
}

void put_subscription(Html& html, const ManageVisit& managed, const Subscription& subscription) {
  const Visit& visit = managed.visit;
  html.put("<section class=\"subscription\"><h2>").text(subscription.name).put("</h2>\n<p>");
  if (!subscription.filter.empty()) html.put("<code>").text(subscription.filter).put("</code><br>");
  html.text(visit.wording.cadence(deliver::to_cadence(subscription.rhythm)));
  if (subscription.channel.kind == archive::Channel::Kind::webhook) html.put(" · webhook");
  if (visit.messages.has("in." + subscription.language)) html.put(" · ").text(visit.say("in." + subscription.language));
  if (!subscription.paused.empty()) html.put(" · <strong>").text(visit.say("manage.paused")).put("</strong>");
  html.put("</p>\n<form method=\"post\"").attribute("action", managed.link).put("><p class=\"acts\">");
  html.put("<input type=\"hidden\" name=\"subscription\" value=\"").number(subscription.id).put("\">");
  html.put("<a").attribute("href", managed.link + "/" + std::to_string(subscription.id)).put(">");
  html.text(visit.say("manage.change")).put("</a> ");
  if (subscription.paused.empty()) put_button(html, visit, "pause", "manage.pause");
  else put_button(html, visit, "resume", "manage.resume");
  put_button(html, visit, "end", "manage.end");
  html.put("</p></form></section>\n");
}

void put_own_data(Html& html, const ManageVisit& managed) {
  const Visit& visit = managed.visit;
  html.put("<section><h2>").text(visit.say("manage.data")).put("</h2>\n<p>");
  html.text(visit.say("manage.data.what", {{"address", managed.reader.address}})).put("</p>\n<p class=\"acts\"><a");
  html.attribute("href", managed.link + "/data.json").put(" download>").text(visit.say("manage.data.take"));
  html.put("</a> <a").attribute("href", managed.link + "/erase").put(">").text(visit.say("manage.erase"));
  html.put("</a></p></section>\n");
}

Response overview(const ManageVisit& managed, const std::vector<Subscription>& subscriptions) {
  const Visit& visit = managed.visit;
  Page page;
  page.title = visit.say("manage.title");
  page.main.put("<h1>").text(page.title).put("</h1>\n");
  if (!managed.reader.suspended.empty())
    page.main.put("<p class=\"faults\">").text(visit.say("manage.suspended")).put("</p>\n");
  if (subscriptions.empty()) page.main.put("<p>").text(visit.say("manage.nothing")).put("</p>\n");
  for (const Subscription& each : subscriptions) put_subscription(page.main, managed, each);
  if (subscriptions.size() < most_subscriptions_of_one) {
    page.main.put("<p class=\"acts\"><a").attribute("href", managed.link + "/new").put(">");
    page.main.text(visit.say("manage.add")).put("</a></p>\n");
  }
  put_own_data(page.main, managed);
  return finish(visit, std::move(page));
}

// False where the form asks for what cannot be.
bool act(const Visit& visit, People& people, Subscription subscription, std::string_view action) {
  if (action == "end") return people.end_subscription(subscription.id, "ended by the reader");
  if (action == "pause") subscription.paused = paused_by_reader;
  else if (action == "resume") subscription.paused.clear();
  else return false;
  return people.change_subscription(subscription, visit.filter_names()).has_value();
}

Response take_action(const ManageVisit& managed, const std::vector<Subscription>& subscriptions) {
  const Visit& visit = managed.visit;
  const Form form = Form::of(visit.request);
  for (const Subscription& each : subscriptions) {
    if (each.id != number_of(form.value("subscription"))) continue;
    const auto archive = open_for_writing(visit);
    People people(*archive);
    if (act(visit, people, each, form.value("action"))) return back_to(managed.link);
  }
  return error_page(visit, 400, visit.say("manage.wrong"));
}

Subscription new_one(const ManageVisit& managed) {
  Subscription fresh;
  fresh.subscriber = managed.reader.id;
  fresh.zone = managed.visit.data.settings.digest.zone;
  fresh.language = managed.reader.language;
  return fresh;
}

Response route(const ManageVisit& managed, std::string_view below) {
  const Visit& visit = managed.visit;
  People people(visit.database);
  const auto subscriptions = running_of(people, managed.reader.id);
  if (below.empty())
    return visit.request.method == "POST" ? take_action(managed, subscriptions) : overview(managed, subscriptions);
  if (below == "/data.json" && visit.request.method != "POST") return own_data(managed);
  if (below == "/erase") return erase_page(managed);
  if (below == "/new" && subscriptions.size() < most_subscriptions_of_one)
    return manage_form(managed, new_one(managed));
  for (const Subscription& each : subscriptions)
    if (below == "/" + std::to_string(each.id)) return manage_form(managed, each);
  return error_page(visit, 404, visit.say("error.path"));
}

}  // namespace

std::vector<Subscription> running_of(People& people, archive::SubscriberId reader) {
  std::vector<Subscription> all = people.subscriptions();
  std::erase_if(all, [&](const Subscription& each) { return each.subscriber != reader || !each.ended.empty(); });
  return all;
}

Response back_to(const std::string& link) {
  Response response;
  response.status = 303;
  response.headers.emplace_back("Location", link);
  return response;
}

Response manage_page(const Visit& visit, std::string_view rest) {
  const std::string_view token = rest.substr(0, rest.find('/'));
  People people(visit.database);
  const auto owner = people.find_token(std::string(token), People::TokenUse::manage);
  const auto reader = owner ? people.subscriber(owner->subscriber) : std::nullopt;
  if (!reader) return personal(error_page(visit, 404, visit.say("unsubscribe.none")));
  return personal(route({visit, "/manage/" + std::string(token), *reader}, rest.substr(token.size())));
}

}  // namespace sotevahti::web
