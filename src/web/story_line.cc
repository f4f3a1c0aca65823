#include "web/story_line.h"

#include "digest/item_wording.h"
#include "digest/wording.h"

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

void put_from(Html& html, const Visit& visit, const archive::EntrySummary& entry) {
  html.put("<p class=\"from\"").attribute("lang", visit.language).put("><span class=\"publisher\">");
  html.text(entry.publisher).put("</span>");
  if (!entry.board.empty())
    html.put(" · <span").attribute("lang", entry.language).put(">").text(entry.board).put("</span>");
  if (!entry.also.empty()) html.put(" · ").text(visit.say("also", {{"publishers", digest::joined(entry.also, ", ")}}));
  if (entry.revised) html.put(" · <span class=\"revised\">").text(visit.say("story.revised")).put("</span>");
  html.put("</p>");
}

enum class Gutter { clock, day };

void put_story(Html& html, const Visit& visit, const archive::EntrySummary& entry, Gutter gutter) {
  html.put("<article><time").attribute("datetime", base::to_rfc3339(entry.when())).put(">");
  html.text(gutter == Gutter::clock ? visit.clock(entry.when()) : visit.short_day(entry.when())).put("</time><div><h3");
  html.attribute("lang", visit.language_tag(entry.language))
      .put("><a")
      .attribute("href", visit.entry_address(entry.id))
      .put(">");
  html.text(entry.title.empty() ? visit.say("story.untitled") : entry.title.str()).put("</a></h3>");
  put_from(html, visit, entry);
  for (const auto& stored : entry.deadlines) put_deadline(html, visit, stored);
  if (!entry.snippet.empty()) {
    html.put("<div").attribute("lang", visit.language_tag(entry.language)).put(">");
    put_snippet(html, entry.snippet);
    html.put("</div>");
  }
  put_tags(html, visit, entry);
  html.put("</div></article>\n");
}

}  // namespace

void put_tags(Html& html, const Visit& visit, const archive::EntrySummary& entry) {
  if (entry.areas.empty() && entry.topics.empty()) return;
  html.put("<ul class=\"tags\"").attribute("lang", visit.language).put(">");
  for (const auto& id : entry.areas) {
    html.put("<li class=\"area\"><a").attribute("href", "/areas/" + id).put(">");
    html.text(digest::area_name(visit.data.taxonomy, id, visit.language)).put("</a></li>");
  }
  for (const auto& id : entry.topics) {
    html.put("<li><a").attribute("href", "/topics/" + id).put(">");
    html.text(digest::topic_name(visit.data.taxonomy, id, visit.language)).put("</a></li>");
  }
  html.put("</ul>");
}

void put_deadline(Html& html, const Visit& visit, const archive::StoredDeadline& stored) {
  const auto days =
      static_cast<int>((std::chrono::sys_days(stored.deadline.closes) - std::chrono::sys_days(visit.today())).count());
  const auto& wording = visit.wording;
  html.put("<p").attribute("class", stored.withdrawn || days < 0 ? "deadline past"
                                    : days <= 7                  ? "deadline near"
                                                                 : "deadline");
  html.attribute("lang", visit.language)
      .put(">")
      .text(digest::sentence_case(
          wording.messages().say("deadline." + std::string(digest::deadline_key(stored.deadline.kind)))));
  html.put(" <time").attribute("datetime", base::to_iso_date(stored.deadline.closes)).put(">");
  html.text(wording.weekday_short(stored.deadline.closes) + " " + wording.date(stored.deadline.closes));
  if (stored.deadline.time_of_day) html.put(" ").text(wording.clock(*stored.deadline.time_of_day));
  html.put("</time> <span class=\"left\">");
  html.text(stored.withdrawn ? visit.say("deadline.withdrawn") : wording.days_left(days)).put("</span>");
  if (stored.moved_from)
    html.put(" <span class=\"moved\">")
        .text(visit.say("deadline.moved", {{"date", wording.date(*stored.moved_from)}}))
        .put("</span>");
  html.put("</p>");
}

void put_by_day(Html& html, const Visit& visit, const std::vector<archive::EntrySummary>& entries) {
  std::optional<std::chrono::year_month_day> day;
  for (const auto& entry : entries) {
    const auto its_day = base::Zone::helsinki().to_local(entry.when()).day;
    if (day != its_day) {
      day = its_day;
      html.put("<h2 class=\"day\">").text(visit.day_heading(its_day)).put("</h2>\n");
    }
    put_story(html, visit, entry, Gutter::clock);
  }
}

void put_list(Html& html, const Visit& visit, const std::vector<archive::EntrySummary>& entries) {
  for (const auto& entry : entries) put_story(html, visit, entry, Gutter::day);
}

}  // namespace sotevahti::web
