#include "web/page.h"

#include <array>

#include "text/url.h"

namespace sotevahti::web {
namespace {

struct LanguageName {
  std::string_view code, name;
};
constexpr std::array<LanguageName, 3> language_names = {{{"fi", "Suomi"}, {"sv", "Svenska"}, {"en", "English"}}};

void put_languages(Html& html, const Visit& visit) {
  html.put("<ul class=\"languages\">");
  for (const auto& [code, name] : language_names) {
    html.put("<li><a").attribute("href", same_page_in(visit.request, code)).attribute("lang", code).attribute("hreflang", code);
    if (code == visit.language) html.put(" aria-current=\"true\"");
    html.put(">").text(name).put("</a></li>");
  }
  html.put("</ul>");
}

void put_search(Html& html, const Visit& visit, std::string_view filter) {
  html.put("<form role=\"search\" action=\"/\" method=\"get\"><label for=\"q\">").text(visit.say("search.label"));
  html.put("</label><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\"").attribute("value", filter);
  html.put("><button>").text(visit.say("search.button")).put("</button></form>");
}

}  // namespace

std::string same_page_in(const Request& request, std::string_view language) {
  std::string address = request.path + "?";
  for (const auto& [name, value] : request.query)
    if (name != "lang") address += text::percent_encode(name) + "=" + text::percent_encode(value) + "&";
  return address + "lang=" + std::string(language);
}

Response finish(const Visit& visit, Page page) {
  Html html;
  html.put("<!doctype html>\n<html").attribute("lang", visit.language).put(">\n<head>\n<meta charset=\"utf-8\">\n");
  html.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  html.text(page.title.empty() ? "sotevahti" : page.title + " – sotevahti");
  html.put("</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n");
  html.put("<a class=\"skip\" href=\"#main\">").text(visit.say("skip")).put("</a>\n<header>\n");
  html.put("<p class=\"name\"><a href=\"/\">sotevahti</a></p>\n");
  put_search(html, visit, page.filter);
  put_languages(html, visit);
  html.put("\n</header>\n<main id=\"main\">\n").html(page.main).put("\n</main>\n<footer><p>");
  html.text(visit.say("foot")).put("</p></footer>\n</body>\n</html>\n");

  Response response;
  response.status = page.status;
  response.body = html.take();
  response.headers.emplace_back("Content-Language", visit.language);
  response.headers.emplace_back("Vary", "Accept-Language, Cookie");
  if (!visit.request.parameter("lang").empty())
    response.headers.emplace_back("Set-Cookie",
                                  "lang=" + visit.language + "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
  return response;
}

Response error_page(const Visit& visit, int status, std::string_view what) {
  Page page;
  page.status = status;
  page.title = visit.say("error.title");
  page.main.put("<h1>").text(page.title).put("</h1>\n<p class=\"error\">").text(what).put("</p>\n<p><a href=\"/\">");
  page.main.text(visit.say("error.home")).put("</a></p>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
