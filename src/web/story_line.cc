#include "web/story_line.h"

#include <algorithm>
#include <span>

#include "digest/item_wording.h"
#include "digest/routine.h"
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
    html.put(" · <span")
        .attribute("lang", visit.language_tag(entry.language))
        .put(">")
        .text(entry.board)
        .put("</span>");
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

bool is_of_a_meeting(const archive::EntrySummary& entry) { return !entry.board.empty() && entry.event_at; }

// What a board met about stands in one place.
bool of_one_meeting(const archive::EntrySummary& a, const archive::EntrySummary& b) {
  return is_of_a_meeting(a) && a.feed_id == b.feed_id && a.board == b.board && a.event_at == b.event_at;
}

using Meeting = std::span<const archive::EntrySummary>;

// In the order of the meeting: the first item is the oldest.
void put_agenda(Html& html, const Visit& visit, Meeting meeting, bool routine) {
  html.put("<ul class=\"agenda\"").attribute("lang", visit.language_tag(meeting.front().language)).put(">");
  for (auto at = meeting.rbegin(); at != meeting.rend(); ++at) {
    const auto& item = *at;
    if (digest::is_routine_item(item.title.view()) != routine) continue;
    html.put("<li><a").attribute("href", visit.entry_address(item.id)).put(">").text(item.title).put("</a>");
    for (const auto& stored : item.deadlines) put_deadline(html, visit, stored);
    if (item.snippet.find(hit_begin) != item.snippet.npos) put_snippet(html, item.snippet);
    html.put("</li>");
  }
  html.put("</ul>");
}

void put_meeting(Html& html, const Visit& visit, Meeting meeting) {
  const auto& first = meeting.front();
  const auto held = base::Zone::helsinki().to_local(*first.event_at).day;
  html.put("<article class=\"meeting\"><time").attribute("datetime", base::to_rfc3339(first.when())).put(">");
  html.text(visit.clock(first.when())).put("</time><div><h3");
  html.attribute("lang", visit.language_tag(first.language)).put(">").text(first.board).put("</h3><p class=\"from\">");
  html.put("<span class=\"publisher\">").text(first.publisher).put("</span> · ");
  html.text(visit.say("entry.meeting", {{"date", visit.wording.date(held)}})).put("</p>");
  const auto routine = static_cast<std::size_t>(std::count_if(
      meeting.begin(), meeting.end(), [](const auto& item) { return digest::is_routine_item(item.title.view()); }));
  if (routine < meeting.size()) put_agenda(html, visit, meeting, false);
  if (routine > 0) {
    html.put("<details><summary>").text(visit.wording.messages().count("meeting.routine", routine)).put("</summary>");
    put_agenda(html, visit, meeting, true);
    html.put("</details>");
  }
  archive::EntrySummary all = first;
  for (const auto& item : meeting)
    for (const auto& topic : item.topics)
      if (std::find(all.topics.begin(), all.topics.end(), topic) == all.topics.end()) all.topics.push_back(topic);
  put_tags(html, visit, all);
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
          wording.messages().say("deadline." + std::string(tag::to_string(stored.deadline.kind)))));
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
  const auto day_of = [](const archive::EntrySummary& entry) {
    return base::Zone::helsinki().to_local(entry.when()).day;
  };
  for (auto at = entries.begin(); at != entries.end();) {
    if (day != day_of(*at)) {
      day = day_of(*at);
      html.put("<h2 class=\"day\">").text(visit.day_heading(*day)).put("</h2>\n");
    }
    const auto end = std::find_if(at, entries.end(),
                                  [&](const auto& each) { return day_of(each) != day || !of_one_meeting(*at, each); });
    const Meeting meeting(at, std::max(end, at + 1));
    const bool is_routine = is_of_a_meeting(*at) && digest::is_routine_item(at->title.view());
    if (meeting.size() > 1 || is_routine) put_meeting(html, visit, meeting);
    else put_story(html, visit, *at, Gutter::clock);
    at += static_cast<std::ptrdiff_t>(meeting.size());
  }
}

void put_list(Html& html, const Visit& visit, const std::vector<archive::EntrySummary>& entries) {
  for (const auto& entry : entries) put_story(html, visit, entry, Gutter::day);
}

void put_closing(Html& html, const Visit& visit, std::span<const archive::DeadlineRow> rows) {
  html.put("<ul>");
  for (const auto& row : rows) {
    html.put("<li>");
    put_deadline(html, visit, row.deadline);
    html.put("<a")
        .attribute("href", visit.entry_address(row.entry.id))
        .attribute("lang", visit.language_tag(row.entry.language));
    html.put(">").text(row.entry.title).put("</a></li>");
  }
  html.put("</ul>");
}

}  // namespace sotevahti::web
