#include "web/story_line.h"

#include <functional>

#include "digest/wording.h"
#include "text/url.h"

namespace sotevahti::web {
namespace {

constexpr std::string_view hit_begin = "\uE000";
constexpr std::string_view hit_end = "\uE001";

// The archive marks hits with two private characters.
void put_snippet(Html& html, std::string_view snippet) {
  html.put("<p class=\"snippet\">");
  while (!snippet.empty()) {
    const auto from = snippet.find(hit_begin);
    html.text(snippet.substr(0, from));
    if (from == snippet.npos) break;
    snippet.remove_prefix(from + hit_begin.size());
    const auto to = snippet.find(hit_end);
    html.put("<mark>").text(snippet.substr(0, to)).put("</mark>");
    if (to == snippet.npos) break;
    snippet.remove_prefix(to + hit_end.size());
  }
  html.put("</p>");
}

void put_tag_links(Html& html, std::string_view prefix, const std::vector<std::string>& ids,
                   const std::function<std::string(const std::string&)>& name) {
  for (const auto& id : ids) {
    html.put("<li><a").attribute("href", "/?q=" + text::percent_encode(std::string(prefix) + id));
    html.put(">").text(name(id)).put("</a></li>");
  }
}

}  // namespace

void put_tags(Html& html, const Visit& visit, const archive::EntrySummary& entry) {
  if (entry.areas.empty() && entry.topics.empty()) return;
  const auto& taxonomy = visit.data.taxonomy;
  html.put("<ul class=\"tags\">");
  put_tag_links(html, "area:", entry.areas, [&](const std::string& id) { return digest::area_name(taxonomy, id, visit.language); });
  put_tag_links(html, "topic:", entry.topics, [&](const std::string& id) { return digest::topic_name(taxonomy, id, visit.language); });
  html.put("</ul>");
}

void put_deadline(Html& html, const Visit& visit, const archive::StoredDeadline& stored) {
  const auto today = std::chrono::sys_days(base::Zone::helsinki().to_local(visit.now).day);
  const auto days = static_cast<int>((std::chrono::sys_days(stored.deadline.closes) - today).count());
  html.put("<p class=\"deadline\"><time").attribute("datetime", base::to_iso_date(stored.deadline.closes)).put(">");
  html.text(visit.wording.date(stored.deadline.closes)).put("</time>");
  if (days >= 0) html.put(" · ").text(visit.wording.days_left(days));
  if (stored.moved_from) html.put(" · ").text(visit.say("deadline.moved", {{"date", visit.wording.date(*stored.moved_from)}}));
  html.put("</p>");
}

void put_story(Html& html, const Visit& visit, const archive::EntrySummary& entry) {
  html.put("<article").attribute("lang", entry.language).put("><h2><a").attribute("href", "/entry/" + std::to_string(entry.id));
  html.put(">").text(entry.title).put("</a></h2><p class=\"from\">").text(entry.publisher).put(" · <time");
  html.attribute("datetime", base::to_rfc3339(entry.when())).attribute("lang", visit.language).put(">");
  html.text(visit.when(entry.when())).put("</time>");
  if (!entry.also.empty()) {
    std::string others;
    for (const auto& publisher : entry.also) others += (others.empty() ? "" : ", ") + publisher;
    html.put(" · ").text(visit.say("also", {{"publishers", others}}));
  }
  html.put("</p>");
  for (const auto& stored : entry.deadlines) put_deadline(html, visit, stored);
  if (!entry.snippet.empty()) put_snippet(html, entry.snippet);
  put_tags(html, visit, entry);
  html.put("</article>\n");
}

}  // namespace sotevahti::web
