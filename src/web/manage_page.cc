// "/manage/TOKEN", of a mailed link: a reader's own subscriptions, each to be told at another
// time, paused, resumed or ended. A form's POST changes one and leads back to the page.
#include <array>
#include <charconv>

#include "web/mailed_link.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

using archive::People;
using archive::Rhythm;
using archive::Subscription;

constexpr std::string_view paused_by_reader = "paused by the reader";
constexpr std::array<std::string_view, 5> offered = {"daily 07:00", "weekdays 07:00", "weekly mon 07:00",
                                                     "monthly 1 07:00", "immediate quiet 21:00-07:00"};

// The words for a rhythm are the digest's, who does not know the archive's.
digest::Cadence cadence_of(const Rhythm& rhythm) {
  using enum Rhythm::Kind;
  using Kind = digest::Cadence::Kind;
  static_assert(static_cast<int>(immediate) == static_cast<int>(Kind::immediate) &&
                static_cast<int>(daily) == static_cast<int>(Kind::daily) &&
                static_cast<int>(weekdays) == static_cast<int>(Kind::weekdays) &&
                static_cast<int>(weekly) == static_cast<int>(Kind::weekly) &&
                static_cast<int>(monthly) == static_cast<int>(Kind::monthly));
  digest::Cadence cadence;
  cadence.kind = static_cast<Kind>(rhythm.kind);
  cadence.at = rhythm.at;
  cadence.day = rhythm.day;
  cadence.day_of_month = rhythm.day_of_month;
  return cadence;
}

std::vector<Subscription> running_of(People& people, archive::SubscriberId reader) {
  std::vector<Subscription> all = people.subscriptions();
  std::erase_if(all, [&](const Subscription& each) { return each.subscriber != reader || !each.ended.empty(); });
  return all;
}

void put_rhythms(Html& html, const Visit& visit, const Subscription& subscription) {
  const std::string own = subscription.rhythm.print();
  const auto put = [&](std::string_view rhythm, bool chosen) {
    html.put("<option").attribute("value", rhythm).put(chosen ? Literal(" selected>") : Literal(">"));
    html.text(visit.wording.cadence(cadence_of(Rhythm::parse(rhythm).value()))).put("</option>");
  };
  const std::string id = "rhythm-" + std::to_string(subscription.id);
  html.put("<label").attribute("for", id).put(">").text(visit.say("manage.rhythm")).put("</label> ");
  html.put("<select name=\"rhythm\"").attribute("id", id).put(">");
  put(own, true);
  for (const std::string_view rhythm : offered)
    if (rhythm != own) put(rhythm, false);
  html.put("</select> ");
}

void put_button(Html& html, const Visit& visit, Literal action, std::string_view key) {
  html.put("<button name=\"action\"").attribute("value", action.view()).put(">");
  html.text(visit.say(key)).put("</button> ");
}

void put_subscription(Html& html, const Visit& visit, const Subscription& subscription) {
  html.put("<section><h2>").text(subscription.name).put("</h2>\n<p>");
  if (!subscription.filter.empty()) html.put("<code>").text(subscription.filter).put("</code> · ");
  html.text(visit.wording.cadence(cadence_of(subscription.rhythm)));
  if (!subscription.paused.empty()) html.put(" · <strong>").text(visit.say("manage.paused")).put("</strong>");
  html.put("</p>\n<form method=\"post\"").attribute("action", visit.request.path).put("><p>");
  html.put("<input type=\"hidden\" name=\"subscription\" value=\"").number(subscription.id).put("\">");
  put_rhythms(html, visit, subscription);
  put_button(html, visit, "change", "manage.change");
  if (subscription.paused.empty()) put_button(html, visit, "pause", "manage.pause");
  else put_button(html, visit, "resume", "manage.resume");
  put_button(html, visit, "end", "manage.end");
  html.put("</p></form></section>\n");
}

Response overview(const Visit& visit, const std::vector<Subscription>& subscriptions) {
  Page page;
  page.title = visit.say("manage.title");
  page.main.put("<h1>").text(page.title).put("</h1>\n");
  if (subscriptions.empty()) page.main.put("<p>").text(visit.say("manage.nothing")).put("</p>\n");
  for (const Subscription& each : subscriptions) put_subscription(page.main, visit, each);
  return finish(visit, std::move(page));
}

// What a form's field says; "" where it is not there.
class Form {
 public:
  explicit Form(std::string_view body) : fields_(parse_form(body)) {}
  std::string_view value(std::string_view name) const {
    for (const auto& [field, value] : fields_)
      if (field == name) return value;
    return {};
  }
  archive::SubscriptionId subscription() const {
    const std::string_view text = value("subscription");
    archive::SubscriptionId id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return id;
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// False where the form asks for what cannot be.
bool change(const Visit& visit, People& people, Subscription subscription, const Form& form) {
  const std::string_view action = form.value("action");
  if (action == "end") return people.end_subscription(subscription.id, "ended by the reader");
  if (action == "pause") {
    subscription.paused = paused_by_reader;
  } else if (action == "resume") {
    subscription.paused.clear();
  } else if (action == "change") {
    const auto rhythm = Rhythm::parse(form.value("rhythm"));
    if (!rhythm) return false;
    subscription.rhythm = *rhythm;
  } else {
    return false;
  }
  return people.change_subscription(subscription, visit.filter_names()).has_value();
}

Response back_to_page(const Visit& visit) {
  Response response;
  response.status = 303;
  response.headers.emplace_back("Location", visit.request.path);
  return response;
}

}  // namespace

Response manage_page(const Visit& visit, std::string_view token) {
  People people(visit.database);
  const auto owner = people.find_token(std::string(token), People::TokenUse::manage);
  if (!owner) return personal(error_page(visit, 404, visit.say("unsubscribe.none")));
  const auto subscriptions = running_of(people, owner->subscriber);
  if (visit.request.method != "POST") return personal(overview(visit, subscriptions));
  const Form form(visit.request.body);
  for (const Subscription& each : subscriptions) {
    if (each.id != form.subscription()) continue;
    const auto archive = open_for_writing(visit);
    People changed(*archive);
    if (change(visit, changed, each, form)) return personal(back_to_page(visit));
  }
  return personal(error_page(visit, 400, visit.say("manage.wrong")));
}

}  // namespace sotevahti::web
