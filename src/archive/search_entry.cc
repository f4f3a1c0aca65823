// Search::entry(): all that is kept of one entry.
#include <algorithm>

#include "archive/body.h"
#include "archive/deadline_store.h"
#include "archive/query.h"
#include "archive/search.h"
#include "archive/summaries.h"
#include "text/url.h"

namespace sotevahti::archive {
namespace {

std::vector<Revision> revisions_of(Database& database, EntryId entry) {
  std::vector<Revision> revisions;
  Query rows(database, "SELECT at, significant, packed FROM revisions WHERE entry = ? ORDER BY number DESC");
  rows.with(entry);
  while (rows.step()) {
    OldText old = unpack_old(rows.view(2));
    revisions.push_back({rows.time(0), std::move(old.title), std::move(old.text), std::move(old.facts), rows.flag(1)});
  }
  return revisions;
}

void add_tellings(Database& database, Summaries& summaries, EntryDetail& detail) {
  Query rows(database,
             "SELECT t.entry, t.why FROM stories s JOIN tellings t ON t.story = s.id WHERE s.id = ? "
             "ORDER BY t.entry = s.leading DESC, t.entry");
  rows.with(detail.summary.story);
  while (rows.step()) {
    if (rows.integer(0) == detail.summary.id) {
      detail.story_why = rows.text(1);
    } else if (auto telling = summaries.of(rows.integer(0))) {
      summaries.complete(*telling);
      detail.tellings.push_back(std::move(*telling));
    }
  }
}

}  // namespace

std::optional<EntryDetail> Search::entry(EntryId id) {
  Summaries summaries(database_);
  auto summary = summaries.of(id);
  if (!summary) return std::nullopt;
  summaries.complete(*summary);
  EntryDetail detail;
  detail.summary = std::move(*summary);
  Query row(database_, "SELECT packed FROM bodies WHERE entry = ?");
  row.with(id);
  if (row.step()) {
    Body body = unpack_body(row.view(0), detail.summary.title.view());
    detail.summary.snippet = beginning_of(body.text.view());
    detail.guid = body.guid.empty() ? detail.summary.url : std::move(body.guid);
    detail.canonical_url =
        body.canonical_url.empty() ? text::canonical_url(detail.summary.url) : std::move(body.canonical_url);
    detail.author = std::move(body.author);
    detail.html = std::move(body.html);
    detail.text = std::move(body.text);
    detail.tags = std::move(body.tags);
    detail.categories = std::move(body.categories);
    detail.enclosures = std::move(body.enclosures);
  }
  for (const StoredDeadline& stored : detail.summary.deadlines) {
    if (!stored.withdrawn) detail.tags.deadlines.push_back(stored.deadline);
  }
  detail.revisions = revisions_of(database_, id);
  add_tellings(database_, summaries, detail);
  return detail;
}

}  // namespace sotevahti::archive
