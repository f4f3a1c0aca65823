// "/subscribe": a view by mail. GET shows the form, with what its question chooses; POST shows
// what that would have brought, or writes down that it was asked for. The answer is the same for
// every address: who reads its mail hears the rest. Where an organisation has closed this the page
// says whom to ask.
#include <fmt/format.h>

#include <algorithm>

#include "archive/sign_ups.h"
#include "net/mail_address.h"
#include "text/url.h"
#include "web/choice_form.h"
#include "web/limits.h"
#include "web/mailed_link.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

using Access = config::Settings::Web::SignUp;

Response closed(const Visit& visit) {
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

std::string allowed_domains(const Visit& visit) {
  std::string all;
  for (const std::string& domain : visit.data.settings.mail.allowed_domains)
    all += (all.empty() ? "@" : ", @") + domain;
  return all;
}

void put_address(Html& html, const Visit& visit, const std::string& address, const Faults& faults) {
  html.put("<p class=\"field address\"><label for=\"address\">").text(visit.say("subscribe.address")).put("</label>");
  html.put("<input id=\"address\" name=\"address\" type=\"email\" autocomplete=\"email\" required");
  html.attribute("value", address);
  put_fault_link(html, "address", faults);
  html.put("><small>").text(visit.say("subscribe.address.help"));
  if (const std::string domains = allowed_domains(visit); !domains.empty())
    html.put(" ").text(visit.say("subscribe.domains", {{"domains", domains}}));
  html.put("</small>");
  put_fault(html, "address", faults);
  html.put("</p>\n");
}

struct Asked {
  Choices choices;
  Chosen chosen;
  std::string address;
  bool is_previewed = false;
};

Response form_page(const Visit& visit, const Asked& asked, int status = 200) {
  Page page;
  page.title = visit.say("subscribe.title");
  page.status = status;
  const Faults& faults = asked.chosen.faults;
  Html& html = page.main;
  html.put("<h1>").text(page.title).put("</h1>\n<p class=\"lead\">").text(visit.say("subscribe.what")).put("</p>\n");
  put_fault_count(html, visit, faults);
  html.put("<form class=\"choose\" method=\"post\" action=\"/subscribe\" data-preview>\n<div class=\"choices\">\n");
  put_choices(html, visit, asked.choices, faults);
  html.put("</div>\n<div class=\"ask\">\n");
  if (asked.is_previewed) put_preview(html, visit, asked.chosen);
  else put_preview_place(html, visit);
  html.put("<p><button class=\"second\" name=\"action\" value=\"preview\" formnovalidate>");
  html.text(visit.say("preview.button")).put("</button></p>\n");
  put_address(html, visit, asked.address, faults);
  html.put("<p><button name=\"action\" value=\"subscribe\">")
      .text(visit.say("subscribe.button"))
      .put("</button></p>\n");
  html.put("<p class=\"note\">").text(visit.say("subscribe.private")).put("</p>\n</div>\n</form>");
  Response response = finish(visit, std::move(page));
  return asked.is_previewed || visit.request.method == "POST" ? personal(std::move(response)) : response;
}

// As it goes into an envelope: other letters than ASCII in the domain as the network writes them.
std::string choose_address(const Visit& visit, const std::string& address, Faults& faults) {
  if (address.empty()) {
    faults["address"] = {visit.say("fault.address.none"), ""};
    return {};
  }
  const auto checked = net::envelope_address(address);
  if (!checked) {
    faults["address"] = {visit.say("fault.address"), checked.error().message};
    return {};
  }
  const auto& allowed = visit.data.settings.mail.allowed_domains;
  const std::string domain = checked->substr(checked->rfind('@') + 1);
  if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), domain) == allowed.end())
    faults["address"] = {visit.say("subscribe.domains", {{"domains", allowed_domains(visit)}}), ""};
  return *checked;
}

Response too_many(const Visit& visit) {
  Response response = personal(error_page(visit, 429, visit.say("subscribe.too_many")));
  response.headers.emplace_back("Retry-After", "3600");
  return response;
}

Response sign_up(const Visit& visit, Asked asked) {
  const std::string address = choose_address(visit, asked.address, asked.chosen.faults);
  if (!asked.chosen.faults.empty()) return form_page(visit, asked, 422);
  if (!visit.limits.sign_ups.admit(visit.request.client, visit.now)) return too_many(visit);
  const archive::Subscription& wanted = asked.chosen.subscription;
  archive::SignUp wish;
  wish.address = address;
  wish.language = wanted.language;
  wish.name = wanted.name;
  wish.filter = wanted.filter;
  wish.rhythm = wanted.rhythm;
  wish.zone = visit.data.settings.digest.zone;
  wish.asked = visit.now;
  const auto archive = open_for_writing(visit);
  const auto kept = archive::SignUps(*archive).ask(wish, visit.filter_names());
  if (!kept) return personal(error_page(visit, 400, kept.error().message));
  if (!*kept) return too_many(visit);
  if (visit.callbacks.signed_up) visit.callbacks.signed_up();
  Response response;
  response.status = 303;
  response.headers.emplace_back("Location", "/subscribe/sent");
  return personal(std::move(response));
}

Asked asked_by(const Visit& visit) {
  const Form form = Form::of(visit.request);
  Asked asked;
  asked.choices = form.has("q") ? Choices::of_filter(form.value("q"), visit) : Choices::of(form, visit);
  asked.choices.name.clear();  // a stranger's own words go into no letter
  asked.address = form.value("address");
  asked.is_previewed = visit.request.method == "POST" || !asked.choices.is_everything();
  archive::Subscription base;
  base.zone = visit.data.settings.digest.zone;
  asked.chosen = choose(visit, asked.choices, std::move(base));
  return asked;
}

}  // namespace

Response subscribe_page(const Visit& visit) {
  if (visit.data.settings.web.sign_up == Access::closed) return closed(visit);
  Asked asked = asked_by(visit);
  if (visit.request.method == "POST" && Form::of(visit.request).value("action") != "preview")
    return sign_up(visit, std::move(asked));
  return form_page(visit, asked);
}

Response subscribe_sent_page(const Visit& visit) {
  Page page;
  page.title = visit.say("subscribe.sent");
  page.main.put("<h1>").text(page.title).put("</h1>\n<p class=\"lead\">").text(visit.say("subscribe.sent.what"));
  page.main.put("</p>\n<p>").text(visit.say("subscribe.sent.none")).put("</p>\n<p><a href=\"/\">");
  page.main.text(visit.say("error.home")).put("</a></p>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
