// "/manage/TOKEN/data.json" and "/manage/TOKEN/erase": what is kept of a reader, to take along or to
// have erased. Erasing is asked for twice: by the link, and by a tick beside the button.
#include "archive/person_export.h"
#include "web/form.h"
#include "web/mailed_link.h"
#include "web/manage.h"
#include "web/page.h"

namespace sotevahti::web {
namespace {

Response question(const ManageVisit& managed, bool is_untick) {
  const Visit& visit = managed.visit;
  Page page;
  page.title = visit.say("erase.title");
  page.status = is_untick ? 422 : 200;
  page.main.put("<h1>").text(page.title).put("</h1>\n<p class=\"lead\">");
  page.main.text(visit.say("erase.what", {{"address", managed.reader.address}})).put("</p>\n<form method=\"post\"");
  page.main.attribute("action", visit.request.path)
      .put("><p><label><input type=\"checkbox\" name=\"sure\" value=\"yes\" ");
  page.main.put("required");
  if (is_untick) page.main.put(" aria-invalid=\"true\" aria-describedby=\"fault-sure\"");
  page.main.put("> ").text(visit.say("erase.sure")).put("</label>");
  if (is_untick)
    page.main.put("<span class=\"fault\" id=\"fault-sure\">").text(visit.say("erase.untick")).put("</span>");
  page.main.put("</p><p><button class=\"grave\">").text(visit.say("erase.button")).put("</button> <a");
  page.main.attribute("href", managed.link).put(">").text(visit.say("manage.back")).put("</a></p></form>");
  return finish(visit, std::move(page));
}

}  // namespace

Response own_data(const ManageVisit& managed) {
  const Visit& visit = managed.visit;
  const auto all = archive::export_person(visit.database, managed.reader.address);
  if (!all) return notice_page(visit, visit.say("erase.done"), visit.say("erase.done.what"));  // in this moment
  Response response;
  response.content_type = "application/json; charset=utf-8";
  response.body = *all + "\n";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"sotevahti.json\"");
  return response;
}

Response erase_page(const ManageVisit& managed) {
  const Visit& visit = managed.visit;
  if (visit.request.method != "POST") return question(managed, false);
  if (Form::of(visit.request).value("sure") != "yes") return question(managed, true);
  const auto archive = open_for_writing(visit);
  archive::People(*archive).erase_person(managed.reader.address);
  return notice_page(visit, visit.say("erase.done"), visit.say("erase.done.what"));
}

}  // namespace sotevahti::web
