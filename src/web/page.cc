#include "web/page.h"

#include <algorithm>
#include <array>

#include "text/url.h"
#include "text/utf8.h"
#include "web/outputs.h"

namespace sotevahti::web {
namespace {

struct LanguageName {
  std::string_view code, name;
};
constexpr std::array<LanguageName, 3> language_names = {{{"fi", "Suomi"}, {"sv", "Svenska"}, {"en", "English"}}};

struct NavigationLink {
  std::string_view path, words;  // words: key of the message
};
constexpr std::array<NavigationLink, 6> navigation = {{{"/", "nav.news"},
                                                       {"/areas", "nav.areas"},
                                                       {"/deadlines", "nav.deadlines"},
                                                       {"/coverage", "nav.coverage"},
                                                       {"/feeds", "nav.feeds"},
                                                       {"/subscribe", "nav.subscribe"}}};

void put_navigation(Html& html, const Visit& visit) {
  html.put("<nav class=\"pages\"").attribute("aria-label", visit.say("nav.label")).put("><ul>");
  for (const auto& link : navigation) {
    html.put("<li><a").attribute("href", link.path);
    if (visit.request.path == link.path) html.put(" aria-current=\"page\"");
    html.put(">").text(visit.say(link.words)).put("</a></li>");
  }
  html.put("</ul></nav>\n");
}

void put_languages(Html& html, const Visit& visit) {
  html.put("<ul class=\"languages\">");
  for (const auto& [code, name] : language_names) {
    html.put("<li><a")
        .attribute("href", same_page_in(visit.request, code))
        .attribute("lang", code)
        .attribute("hreflang", code);
    if (code == visit.language) html.put(" aria-current=\"true\"");
    html.put(">").text(name).put("</a></li>");
  }
  html.put("</ul>");
}

void put_search(Html& html, const Visit& visit, std::string_view filter) {
  html.put("<form role=\"search\" action=\"/\" method=\"get\"><label for=\"q\">").text(visit.say("search.label"));
  html.put("</label><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"");
  html.attribute("placeholder", visit.say("search.example")).attribute("value", filter);
  html.put("><button>").text(visit.say("search.button")).put("</button></form>");
}

void put_head(Html& html, const Visit& visit, const Page& page) {
  html.put("<!doctype html>\n<html").attribute("lang", visit.language).put(">\n<head>\n<meta charset=\"utf-8\">\n");
  html.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  html.put("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
  html.text(page.title.empty() ? "sotevahti" : page.title + " – sotevahti");
  html.put(
      "</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n<link rel=\"icon\" href=\"/icon.svg\" "
      "type=\"image/svg+xml\">\n");
  if (page.outputs) put_output_links(html, visit, *page.outputs, page.title);
  html.put("<script src=\"/site.js\" defer></script>\n</head>\n");
}

// Character for character, with U+FFFD where a control character was asked.
std::string shown_controls(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = text::next_code_point(utf8, at);
    const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    text::append_utf8(out, is_control ? U'\uFFFD' : c);
  }
  return out;
}

void put_mark(Html& html, std::string_view asked, std::size_t position) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < position && at < asked.size(); ++i) text::next_code_point(asked, at);
  html.put("<p class=\"asked\"><code>").text(asked.substr(0, at)).put("<mark>");
  html.text(at < asked.size() ? asked.substr(at) : "…").put("</mark></code></p>\n");
}

void put_way_home(Html& html, const Visit& visit) {
  html.put("<p><a href=\"/\">").text(visit.say("error.home")).put("</a></p>");
}

}  // namespace

std::string same_page_in(const Request& request, std::string_view language) {
  std::string address;
  for (std::string_view path = request.path; !path.empty();) {
    const auto end = std::min(path.find('/', 1), path.size());
    address += "/" + text::percent_encode(path.substr(1, end - 1));
    path.remove_prefix(end);
  }
  // "//host" would be another site's address.
  if (address.starts_with("//")) address.erase(0, address.find_first_not_of('/') - 1);
  address += "?";
  for (const auto& [name, value] : request.query)
    if (name != "lang") address += text::percent_encode(name) + "=" + text::percent_encode(value) + "&";
  return address + "lang=" + std::string(language);
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): a page is made for this and given away
Response finish(const Visit& visit, Page page) {
  Html html;
  put_head(html, visit, page);
  html.put("<body>\n<a class=\"skip\" href=\"#main\">").text(visit.say("skip")).put("</a>\n<header>\n");
  html.put("<p class=\"name\"><a href=\"/\">sotevahti</a></p>\n");
  put_navigation(html, visit);
  put_search(html, visit, page.filter);
  put_languages(html, visit);
  html.put("\n</header>\n<main id=\"main\" tabindex=\"-1\">\n").html(page.main).put("\n</main>\n<footer><p>");
  html.text(visit.say("foot"))
      .put(" <a href=\"/api/v1/openapi.json\">API</a> · <a href=\"/feeds.opml\">OPML</a></p><p class=\"keys\">");
  html.put("<kbd>j</kbd> <kbd>k</kbd> ")
      .text(visit.say("keys.move"))
      .put(" · <kbd>/</kbd> ")
      .text(visit.say("keys.search"));
  html.put("</p></footer>\n</body>\n</html>\n");

  Response response;
  response.status = page.status;
  response.body = html.take();
  response.headers.emplace_back("Content-Language", visit.language);
  response.headers.emplace_back("Vary", "Accept-Language, Cookie");
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (visit.request.parameter("lang") == visit.language)
    response.headers.emplace_back("Set-Cookie",
                                  "lang=" + visit.language + "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
  return response;
}

Response notice_page(const Visit& visit, std::string title, std::string_view what) {
  Page page;
  page.title = std::move(title);
  page.main.put("<h1>").text(page.title).put("</h1>\n<p>").text(what).put("</p>\n");
  put_way_home(page.main, visit);
  return finish(visit, std::move(page));
}

Response error_page(const Visit& visit, int status, std::string_view what) {
  Page page;
  page.status = status;
  page.title = visit.say("error.title");
  page.main.put("<h1>").text(page.title).put("</h1>\n<p class=\"error\">").text(what).put("</p>\n");
  put_way_home(page.main, visit);
  return finish(visit, std::move(page));
}

std::string mistake_words(const Visit& visit, const archive::FilterError& error) {
  const auto about = [&](std::size_t which) { return which < error.about.size() ? error.about[which] : std::string(); };
  const std::string a = about(0);
  const std::string b = about(1);
  std::string words = visit.say("mistake." + std::string(error.mistake), {{"a", a}, {"b", b}});
  if (!error.meant.empty()) words += " " + visit.say("mistake.meant", {{"meant", error.meant}});
  return words;
}

Response filter_error_page(const Visit& visit, std::string_view question, const archive::FilterError& error) {
  const std::string asked = shown_controls(question);
  Page page;
  page.status = 400;
  page.filter = asked;
  page.title = visit.say("error.filter");
  page.main.put("<h1>").text(page.title).put("</h1>\n");
  put_mark(page.main, asked, error.position);
  page.main.put("<p class=\"error\">").text(mistake_words(visit, error));
  page.main.put("</p>\n<h2>").text(visit.say("help.heading")).put("</h2>\n<dl class=\"help\">");
  for (const auto& [example, key] :
       std::initializer_list<std::pair<const char*, const char*>>{{"avustus", "help.word"},
                                                                  {"\"talousarvion muutos\"", "help.phrase"},
                                                                  {"area:lappi,kainuu topic:jarjestot", "help.field"},
                                                                  {"-vaalit", "help.not"},
                                                                  {"since:7d", "help.since"},
                                                                  {"has:deadline deadline:14d", "help.deadline"}}) {
    page.main.put("<dt><a").attribute("href", "/?q=" + text::percent_encode(example)).put("><code>").text(example);
    page.main.put("</code></a></dt><dd>").text(visit.say(key)).put("</dd>");
  }
  page.main.put("</dl>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
