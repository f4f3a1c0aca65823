// "/manage/TOKEN/ID" and "/manage/TOKEN/new": the form of a subscription, with what it would have
// brought. Saved, it leads back to the overview.
#include "web/choice_form.h"
#include "web/mailed_link.h"
#include "web/manage.h"
#include "web/page.h"

namespace sotevahti::web {
namespace {

void put_name(Html& html, const Visit& visit, const Choices& choices, const Faults& faults) {
  html.put("<p class=\"field\"><label for=\"name\">").text(visit.say("manage.name")).put("</label>");
  html.put("<input id=\"name\" name=\"name\" maxlength=\"100\" autocomplete=\"off\"").attribute("value", choices.name);
  put_fault_link(html, "name", faults);
  html.put("><small>").text(visit.say("manage.name.help")).put("</small>");
  put_fault(html, "name", faults);
  html.put("</p>\n");
}

Response form_page(const ManageVisit& managed, const Choices& choices, const Chosen& chosen) {
  const Visit& visit = managed.visit;
  const bool is_new = chosen.subscription.id == 0;
  const bool is_sent = visit.request.method == "POST" && Form::of(visit.request).value("action") != "preview";
  Page page;
  page.title = visit.say(is_new ? "manage.add" : "manage.change.title");
  page.status = is_sent ? 422 : 200;
  Html& html = page.main;
  html.put("<h1>").text(page.title).put("</h1>\n");
  put_fault_count(html, visit, chosen.faults);
  html.put("<form class=\"choose\" method=\"post\"").attribute("action", visit.request.path);
  html.put(" data-preview>\n<div class=\"choices\">\n");
  put_choices(html, visit, choices, chosen.faults);
  html.put("</div>\n<div class=\"ask\">\n");
  if (is_new && visit.request.method != "POST") put_preview_place(html, visit);
  else put_preview(html, visit, chosen);
  html.put("<p><button class=\"second\" name=\"action\" value=\"preview\">").text(visit.say("preview.button"));
  html.put("</button></p>\n");
  put_name(html, visit, choices, chosen.faults);
  html.put("<p><button name=\"action\" value=\"save\">").text(visit.say("manage.save")).put("</button></p>\n<p><a");
  html.attribute("href", managed.link).put(">").text(visit.say("manage.back")).put("</a></p>\n</div>\n</form>");
  return finish(visit, std::move(page));
}

// A name that was made of what is chosen changes with it; one of the reader's own stays.
Choices choices_of(const Visit& visit, const archive::Subscription& subscription) {
  Choices choices = Choices::of(subscription);
  choices.name.clear();
  if (choose(visit, choices).subscription.name != subscription.name) choices.name = subscription.name;
  return choices;
}

base::Result<base::Done> save(const Visit& visit, archive::Subscription subscription) {
  const auto archive = open_for_writing(visit);
  archive::People people(*archive);
  if (subscription.id != 0) return people.change_subscription(subscription, visit.filter_names());
  subscription.since = subscription.window_start = visit.now;
  const auto added = people.add_subscription(subscription, visit.filter_names());
  if (!added) return tl::unexpected(added.error());
  return base::Done{};
}

}  // namespace

Response manage_form(const ManageVisit& managed, archive::Subscription subscription) {
  const Visit& visit = managed.visit;
  const Form form = Form::of(visit.request);
  const bool is_post = visit.request.method == "POST";
  const Choices choices = is_post ? Choices::of(form, visit) : choices_of(visit, subscription);
  Chosen chosen = choose(visit, choices, std::move(subscription));
  if (!is_post || form.value("action") != "save" || !chosen.faults.empty()) return form_page(managed, choices, chosen);
  if (const auto saved = save(visit, chosen.subscription); !saved) {
    chosen.faults["words"] = {visit.say("manage.wrong"), saved.error().message};
    return form_page(managed, choices, chosen);
  }
  return back_to(managed.link);
}

}  // namespace sotevahti::web
