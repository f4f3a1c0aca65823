// "/confirm/TOKEN", of the letter that answers a sign-up. GET only asks, for mail scanners follow
// links; POST makes the subscription. A link confirms once; after a week it is none.
#include "archive/sign_ups.h"
#include "deliver/material.h"
#include "web/mailed_link.h"
#include "web/page.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

using archive::People;
using archive::SignUp;

void put_wish(Html& html, const Visit& visit, const SignUp& asked) {
  html.put("<dl class=\"wish\"><dt>").text(visit.say("confirm.address")).put("</dt><dd>").text(asked.address);
  html.put("</dd><dt>").text(visit.say("confirm.what")).put("</dt><dd>").text(asked.name);
  if (!asked.filter.empty()) html.put(" <code>").text(asked.filter).put("</code>");
  html.put("</dd><dt>").text(visit.say("choices.rhythm")).put("</dt><dd>");
  html.text(visit.wording.cadence(deliver::to_cadence(asked.rhythm))).put("</dd></dl>\n");
}

Response question(const Visit& visit, const SignUp& asked) {
  Page page;
  page.title = visit.say("confirm.title");
  page.main.put("<h1>").text(page.title).put("</h1>\n<p class=\"lead\">").text(visit.say("confirm.ask")).put("</p>\n");
  put_wish(page.main, visit, asked);
  page.main.put("<form method=\"post\"").attribute("action", visit.request.path).put("><p><button>");
  page.main.text(visit.say("confirm.button")).put("</button></p></form>\n<p class=\"note\">");
  page.main.text(visit.say("confirm.nothing")).put("</p>");
  return finish(visit, std::move(page));
}

Response done(const Visit& visit, const SignUp& asked, const std::string& manage_link) {
  Page page;
  page.title = visit.say("confirm.done");
  const auto zone = base::Zone::find(asked.zone);
  const base::Time first = asked.rhythm.next_due(visit.now, zone ? *zone : base::Zone::helsinki());
  const auto day = base::Zone::helsinki().to_local(first).day;
  const bool at_once = asked.rhythm.is_immediate();
  const std::string date = visit.wording.weekday(day) + " " + visit.wording.date(day);
  page.main.put("<h1>").text(page.title).put("</h1>\n<p class=\"lead\">");
  page.main.text(at_once ? visit.say("confirm.first.news") : visit.say("confirm.first", {{"date", date}}));
  page.main.put("</p>\n");
  put_wish(page.main, visit, asked);
  page.main.put("<p><a").attribute("href", manage_link).put(">").text(visit.say("confirm.manage")).put("</a></p>");
  return finish(visit, std::move(page));
}

}  // namespace

Response confirm_page(const Visit& visit, std::string_view token) {
  const auto asked = archive::SignUps(visit.database).find(std::string(token), visit.now);
  if (!asked) return personal(error_page(visit, 404, visit.say("confirm.none")));
  if (asked->is_confirmed)
    return personal(notice_page(visit, visit.say("confirm.used"), visit.say("subscribe.manage")));
  if (visit.request.method != "POST") return personal(question(visit, *asked));
  const auto archive = open_for_writing(visit);
  const auto person = archive::SignUps(*archive).confirm(*asked, visit.filter_names(), visit.now);
  if (!person) return personal(error_page(visit, 409, visit.say("confirm.changed")));
  const std::string link =
      "/manage/" + People(*archive).make_token(*person, std::nullopt, People::TokenUse::manage, visit.now);
  return personal(done(visit, *asked, link));
}

}  // namespace sotevahti::web
