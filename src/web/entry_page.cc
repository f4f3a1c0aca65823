// "/entry/ID": one entry: its text with the words that led to its tags marked, what it asks
// of a reader, what its edits changed, and who else tells it.
#include <algorithm>
#include <iterator>

#include "digest/item_wording.h"
#include "digest/wording.h"
#include "feed/facts.h"
#include "web/narrowing.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/reading_text.h"
#include "web/revision_diff.h"
#include "web/story_line.h"

namespace sotevahti::web {
namespace {

using archive::EntryDetail;
using archive::EntrySummary;

std::vector<TextMark> marks_in(const Visit& visit, const EntryDetail& entry, tag::Field field) {
  std::vector<TextMark> marks;
  const auto add = [&](const tag::Evidence& evidence, const char* css_class, const std::string& what) {
    if (evidence.field == field) marks.push_back({evidence.begin, evidence.end, css_class, what});
  };
  for (const auto& stored : entry.summary.deadlines)
    add(stored.deadline.evidence, "due", visit.wording.date(stored.deadline.closes));
  for (const auto& tag : entry.tags.areas)
    for (const auto& evidence : tag.evidence)
      add(evidence, "area", digest::area_name(visit.data.taxonomy, tag.id, visit.language));
  for (const auto& tag : entry.tags.topics)
    for (const auto& evidence : tag.evidence)
      add(evidence, "topic", digest::topic_name(visit.data.taxonomy, tag.id, visit.language));
  return marks;
}

void put_heading(Html& html, const Visit& visit, const EntryDetail& entry) {
  const auto& summary = entry.summary;
  html.put("<p class=\"kicker\"><span class=\"publisher\">").text(summary.publisher).put("</span>");
  if (!summary.kind.empty()) html.put(" · ").text(visit.say("kind." + summary.kind));
  if (!summary.board.empty()) html.put(" · ").text(summary.board);
  html.put("</p>\n<h1").attribute("lang", visit.language_tag(summary.language)).put(">");
  if (summary.title.empty()) html.text(visit.say("story.untitled"));
  html.html(marked_text(summary.title.view(), marks_in(visit, entry, tag::Field::title)))
      .put("</h1>\n<p class=\"from\"><time");
  html.attribute("datetime", base::to_rfc3339(summary.when())).put(">").text(visit.when(summary.when())).put("</time>");
  if (!entry.author.empty()) html.put(" · ").text(entry.author);
  if (summary.event_at)
    html.put(" · ").text(visit.say(
        "entry.meeting", {{"date", visit.wording.date(base::Zone::helsinki().to_local(*summary.event_at).day)}}));
  if (summary.arrived - summary.when() > std::chrono::hours(24))
    html.put(" · ").text(visit.say("entry.arrived", {{"when", visit.when(summary.arrived)}}));
  html.put("</p>\n");
}

void put_twins(Html& html, const Visit& visit, const EntryDetail& entry) {
  for (const auto& telling : entry.tellings) {
    if (telling.language == entry.summary.language || !visit.messages.has("in." + telling.language)) continue;
    html.put("<p class=\"twin\">").text(visit.say("in." + telling.language)).put(": <a");
    html.attribute("href", visit.entry_address(telling.id)).attribute("lang", visit.language_tag(telling.language));
    html.attribute("hreflang", visit.language_tag(telling.language)).put(">").text(telling.title).put("</a></p>\n");
  }
}

void put_deadlines(Html& html, const Visit& visit, const EntrySummary& entry) {
  if (entry.deadlines.empty()) return;
  html.put("<section class=\"deadlines\"").attribute("aria-label", visit.say("nav.deadlines")).put(">");
  for (const auto& stored : entry.deadlines) {
    put_deadline(html, visit, stored);
    if (stored.deadline.quote.empty()) continue;
    html.put("<blockquote").attribute("lang", visit.language_tag(entry.language)).put(">").text(stored.deadline.quote);
    html.put("</blockquote>");
  }
  html.put("</section>\n");
}

void put_text(Html& html, const Visit& visit, const EntryDetail& entry) {
  auto marks = marks_in(visit, entry, tag::Field::text);
  html.put("<div class=\"text\"").attribute("lang", visit.language_tag(entry.summary.language)).put(">");
  if (entry.html.empty()) html.html(marked_paragraphs(entry.text, std::move(marks)));
  else html.html(reading_text(entry.html, entry.text, std::move(marks)));
  html.put("</div>\n");
  if (text::Url::parse(entry.summary.url)) {
    html.put("<p class=\"source\"><a")
        .link_to(entry.summary.url)
        .put(" rel=\"noreferrer\">")
        .text(visit.say("entry.source"));
    html.put("</a> <span class=\"host\">").text(text::Url::parse(entry.summary.url)->host()).put("</span></p>\n");
  }
  if (entry.enclosures.empty()) return;
  html.put("<ul class=\"enclosures\">");
  for (const auto& enclosure : entry.enclosures)
    if (text::Url::parse(enclosure.url))
      html.put("<li><a").link_to(enclosure.url).put(" rel=\"noreferrer\">").text(enclosure.url).put("</a></li>");
  html.put("</ul>\n");
}

// What a tag was given for: words, or where the source itself says so.
std::string reason_of(const Visit& visit, const tag::Evidence& evidence) {
  switch (evidence.field) {
    case tag::Field::title:
    case tag::Field::text: return evidence.words;
    case tag::Field::publisher: return visit.say("evidence.publisher", {{"words", evidence.words}});
    case tag::Field::url: return visit.say("evidence.url", {{"words", evidence.words}});
    case tag::Field::feed: return visit.say("evidence.feed");
  }
  return {};
}

struct TagPages {
  std::string_view folder;
  std::string (*name)(const config::Taxonomy&, std::string_view, std::string_view);
};
constexpr TagPages area_pages{"/areas/", digest::area_name};
constexpr TagPages topic_pages{"/topics/", digest::topic_name};

// Each reason once.
void put_reasons(Html& html, const Visit& visit, const std::vector<tag::Tag>& tags, const TagPages& pages) {
  for (const auto& tag : tags) {
    html.put("<dt><a")
        .attribute("href", std::string(pages.folder) + tag.id)
        .put(">")
        .text(pages.name(visit.data.taxonomy, tag.id, visit.language));
    html.put("</a></dt><dd>");
    std::vector<std::string> told;
    for (const auto& piece : tag.evidence) {
      const bool in_words = piece.field == tag::Field::title || piece.field == tag::Field::text;
      const std::string words = reason_of(visit, piece);
      if (words.empty() || std::find(told.begin(), told.end(), words) != told.end()) continue;
      if (!told.empty()) html.put(", ");
      if (in_words) html.put("<q").attribute("title", piece.rule).put(">").text(words).put("</q>");
      else html.text(words);
      told.push_back(words);
    }
    html.put("</dd>");
  }
}

void put_why(Html& html, const Visit& visit, const EntryDetail& entry) {
  if (entry.tags.areas.empty() && entry.tags.topics.empty()) return;
  html.put("<section><h2>").text(visit.say("entry.why")).put("</h2><dl class=\"why\">");
  put_reasons(html, visit, entry.tags.areas, area_pages);
  put_reasons(html, visit, entry.tags.topics, topic_pages);
  html.put("</dl></section>\n");
}

void put_tellings(Html& html, const Visit& visit, const EntryDetail& entry) {
  if (entry.tellings.empty()) return;
  html.put("<section><h2>").text(visit.say("entry.tellings")).put("</h2><ul class=\"tellings\">");
  for (const auto& telling : entry.tellings) {
    html.put("<li><span class=\"publisher\">").text(telling.publisher).put("</span> <time");
    html.attribute("datetime", base::to_rfc3339(telling.when()))
        .put(">")
        .text(visit.when(telling.when()))
        .put("</time><br><a");
    html.attribute("href", visit.entry_address(telling.id))
        .attribute("lang", visit.language_tag(telling.language))
        .put(">");
    html.text(telling.title).put("</a></li>");
  }
  html.put("</ul>");
  if (!entry.story_why.empty() && visit.language == "en")
    html.put("<p class=\"note\">").text(entry.story_why).put("</p>");
  html.put("</section>\n");
}

void put_facts(Html& html, const Visit& visit, const char* key, const std::vector<std::string>& facts) {
  if (facts.empty()) return;
  html.put("<span class=\"fact\">").text(visit.say(key)).put(" ");
  const bool gone = std::string_view(key) == "diff.gone";
  html.put(gone ? Literal("<del>") : Literal("<ins>"));
  std::string words;
  for (const auto& fact : facts) words += (words.empty() ? "" : ", ") + visit.wording.fact(fact);
  html.text(words).put(gone ? Literal("</del>") : Literal("</ins>")).put("</span> ");
}

void put_pieces(Html& html, const std::vector<DiffPiece>& pieces) {
  for (const auto& piece : pieces) {
    if (piece.kind == DiffPiece::Kind::gone) html.put("<del>").text(piece.words).put("</del> ");
    else if (piece.kind == DiffPiece::Kind::came) html.put("<ins>").text(piece.words).put("</ins> ");
    else html.text(piece.words).put(" ");
  }
}

struct Version {
  std::string_view title, text;
  std::vector<std::string> facts;
};

void put_change(Html& html, const Visit& visit, const archive::Revision& old, const Version& next) {
  constexpr std::size_t words_around = 8;
  std::vector<std::string> gone, came;
  std::set_difference(old.facts.begin(), old.facts.end(), next.facts.begin(), next.facts.end(),
                      std::back_inserter(gone));
  std::set_difference(next.facts.begin(), next.facts.end(), old.facts.begin(), old.facts.end(),
                      std::back_inserter(came));
  html.put("<li><p class=\"when\"><time")
      .attribute("datetime", base::to_rfc3339(old.at))
      .put(">")
      .text(visit.when(old.at))
      .put("</time>");
  if (!gone.empty() || !came.empty()) {
    html.put("</p><p class=\"facts\">");
    put_facts(html, visit, "diff.gone", gone);
    put_facts(html, visit, "diff.came", came);
  }
  html.put("</p>");
  if (old.title.view() != next.title) {
    html.put("<p class=\"diff title\">");
    put_pieces(html, word_diff(old.title.view(), next.title));
    html.put("</p>");
  }
  if (old.text.view() != next.text) {
    html.put("<p class=\"diff\">");
    put_pieces(html, with_context(word_diff(old.text.view(), next.text), words_around));
    html.put("</p>");
  }
  html.put("</li>");
}

void put_changes(Html& html, const Visit& visit, const EntryDetail& entry) {
  if (entry.revisions.empty()) return;
  html.put("<section class=\"changes\"><h2>")
      .text(visit.count("entry.changes", entry.revisions.size()))
      .put("</h2><ol");
  html.attribute("lang", visit.language_tag(entry.summary.language)).put(">");
  Version next{entry.summary.title.view(), entry.text.view(),
               feed::facts_of(entry.summary.title.str() + "\n" + entry.text.str())};
  for (const auto& revision : entry.revisions) {
    put_change(html, visit, revision, next);
    next = {revision.title.view(), revision.text.view(), revision.facts};
  }
  html.put("</ol></section>\n");
}

}  // namespace

Response entry_page(const Visit& visit, archive::EntryId id) {
  const auto entry = visit.search().entry(id);
  if (!entry) return error_page(visit, 404, visit.say("entry.none"));
  Page page;
  page.title = entry->summary.title.str();
  Html& html = page.main;
  html.put("<div class=\"columns\">\n<article class=\"entry\">\n");
  put_heading(html, visit, *entry);
  put_twins(html, visit, *entry);
  put_deadlines(html, visit, entry->summary);
  put_text(html, visit, *entry);
  put_changes(html, visit, *entry);
  html.put("</article>\n<aside>\n");
  put_why(html, visit, *entry);
  put_tellings(html, visit, *entry);
  html.put("</aside>\n</div>");
  return finish(visit, std::move(page));
}

}  // namespace sotevahti::web
