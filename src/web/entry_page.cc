// "/entry/ID": one entry with its evidence, its story's other tellings and earlier revisions.
#include "web/page.h"
#include "web/pages.h"
#include "web/story_line.h"

namespace sotevahti::web {
namespace {

void put_evidence(Html& html, const Visit& visit, const std::vector<tag::Tag>& tags,
                  std::string (*name)(const config::Taxonomy&, std::string_view, std::string_view)) {
  for (const auto& tag : tags) {
    html.put("<dt>").text(name(visit.data.taxonomy, tag.id, visit.language)).put("</dt><dd>");
    bool first = true;
    for (const auto& piece : tag.evidence) {
      if (!first) html.put(", ");
      html.put("<q>").text(piece.words).put("</q> (").text(piece.rule).put(")");
      first = false;
    }
    html.put("</dd>");
  }
}

void put_tellings(Html& html, const Visit& visit, const std::vector<archive::EntrySummary>& tellings) {
  if (tellings.empty()) return;
  html.put("<h2>").text(visit.say("entry.tellings")).put("</h2><ul>");
  for (const auto& telling : tellings) {
    html.put("<li><a").attribute("href", "/entry/" + std::to_string(telling.id)).attribute("lang", telling.language);
    html.put(">").text(telling.title).put("</a> · ").text(telling.publisher).put("</li>");
  }
  html.put("</ul>");
}

void put_revisions(Html& html, const Visit& visit, const std::vector<archive::Revision>& revisions) {
  if (revisions.empty()) return;
  html.put("<h2>").text(visit.say("entry.revisions")).put("</h2>");
  for (const auto& revision : revisions) {
    html.put("<details><summary>").text(visit.when(revision.at)).put(" · ").text(revision.title);
    html.put("</summary><p>").text(revision.text).put("</p></details>");
  }
}

}  // namespace

Response entry_page(const Visit& visit, archive::EntryId id) {
  const auto entry = visit.search().entry(id);
  if (!entry) return error_page(visit, 404, visit.say("entry.none"));
  const auto& summary = entry->summary;
  Page page;
  page.title = summary.title.str();
  Html& html = page.main;
  html.put("<article class=\"entry\"").attribute("lang", summary.language).put("><h1>").text(summary.title).put("</h1>");
  html.put("<p class=\"from\">").text(summary.publisher).put(" · <time").attribute("datetime", base::to_rfc3339(summary.when()));
  html.attribute("lang", visit.language).put(">").text(visit.when(summary.when())).put("</time> · <a").link_to(summary.url);
  html.put(" rel=\"noreferrer\">").text(visit.say("entry.source")).put("</a></p>");
  for (const auto& stored : summary.deadlines) {
    put_deadline(html, visit, stored);
    if (!stored.deadline.quote.empty()) html.put("<blockquote>").text(stored.deadline.quote).put("</blockquote>");
  }
  html.put("<div class=\"text\">").html(entry->html).put("</div></article>\n<aside><h2>").text(visit.say("entry.why"));
  html.put("</h2><dl>");
  put_evidence(html, visit, entry->tags.areas, digest::area_name);
  put_evidence(html, visit, entry->tags.topics, digest::topic_name);
  html.put("</dl>");
  put_tellings(html, visit, entry->tellings);
  put_revisions(html, visit, entry->revisions);
  html.put("</aside>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
