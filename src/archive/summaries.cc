#include "archive/summaries.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/deadline_store.h"
#include "archive/query.h"
#include "text/utf8.h"

namespace sotevahti::archive {
namespace {

constexpr std::size_t beginning_bytes = 220;

}  // namespace

base::Time EntrySummary::when() const { return published ? std::min(*published, arrived) : arrived; }

std::vector<std::string> split_ids(std::string_view ids) {
  std::vector<std::string> split;
  while (!ids.empty()) {
    const std::size_t end = std::min(ids.find(' '), ids.size());
    if (end > 0) split.emplace_back(ids.substr(0, end));
    ids.remove_prefix(std::min(end + 1, ids.size()));
  }
  return split;
}

std::string beginning_of(std::string_view text) {
  if (text.size() <= beginning_bytes) return text::collapse_space(text);
  std::string_view cut = text::utf8_prefix(text, beginning_bytes);
  if (const std::size_t space = cut.find_last_of(" \n"); space != std::string_view::npos && space > 0) {
    cut = cut.substr(0, space);
  }
  return text::collapse_space(cut) + " …";
}

const Summaries::FeedNames& Summaries::feed(std::int64_t number) {
  const auto [place, is_new] = feeds_.try_emplace(number);
  if (is_new) {
    Query row(database_, "SELECT id, publisher, kind, role FROM feeds WHERE number = ?");
    row.with(number);
    if (row.step()) place->second = {row.text(0), row.text(1), row.text(2), row.text(3)};
  }
  return place->second;
}

EntrySummary Summaries::read(const Query& row) {
  EntrySummary summary;
  summary.id = row.integer(0);
  summary.story = row.integer(1);
  summary.url = row.text(2);
  summary.title = text::PlainText::from(row.view(3));
  summary.language = row.text(4);
  summary.arrived = row.time(5);
  summary.published = row.maybe_time(6);
  summary.event_at = row.maybe_time(7);
  summary.board = row.text(8);
  summary.revised = row.flag(9);
  summary.areas = split_ids(row.view(10));
  summary.topics = split_ids(row.view(11));
  const FeedNames& names = feed(row.integer(13));
  summary.publisher = row.view(12).empty() ? names.publisher : row.text(12);
  summary.feed_id = names.id;
  summary.kind = names.kind;
  summary.role = names.role;
  return summary;
}

std::optional<EntrySummary> Summaries::of(EntryId entry) {
  static const std::string sql = fmt::format("SELECT {} FROM entries e WHERE e.id = ?", summary_columns);
  Query row(database_, sql);
  row.with(entry);
  return row.step() ? std::optional(read(row)) : std::nullopt;
}

void Summaries::complete(EntrySummary& summary) {
  summary.deadlines = DeadlineStore(database_).of(summary.id);
  Query rows(database_,
             "SELECT e.id, e.publisher, e.feed FROM tellings t JOIN entries e ON e.id = t.entry "
             "WHERE t.story = ? ORDER BY e.official DESC, e.id");
  rows.with(summary.story);
  std::size_t tellings = 0;
  summary.also.clear();
  while (rows.step()) {
    ++tellings;
    if (rows.integer(0) == summary.id) continue;
    const std::string publisher = rows.view(1).empty() ? feed(rows.integer(2)).publisher : rows.text(1);
    const bool said = publisher == summary.publisher ||
                      std::find(summary.also.begin(), summary.also.end(), publisher) != summary.also.end();
    if (!said && !publisher.empty()) summary.also.push_back(publisher);
  }
  summary.tellings = std::max<std::size_t>(1, tellings);
}

}  // namespace sotevahti::archive
