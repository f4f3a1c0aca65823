#include "archive/snippets.h"

#include <fmt/format.h>

#include <map>

#include "archive/body.h"
#include "archive/entry_id.h"
#include "archive/query.h"
#include "archive/summaries.h"
#include "archive/terms.h"
#include "text/utf8.h"

namespace sotevahti::archive {
namespace {

constexpr std::int64_t walked_days = 400;  // between the entries of one page
constexpr std::string_view snippet_sql = "snippet(entry_index, 1, char(57344), char(57345), ' … ', 28)";

// The tokenizer's mark of the column stands before the text's first word.
std::string without_mark(std::string_view snippet) {
  if (const std::size_t mark = snippet.find(text_column); mark != std::string_view::npos) {
    std::string text(snippet.substr(0, mark));
    text += snippet.substr(std::min(mark + 2, snippet.size()));
    return text::collapse_space(text);
  }
  return text::collapse_space(snippet);
}

using ByEntry = std::map<EntryId, EntrySummary*>;

void give(ByEntry& waiting, const Query& row) {
  const auto found = waiting.find(row.integer(0));
  if (found == waiting.end() || row.is_null(1)) return;
  found->second->snippet = without_mark(row.view(1));
  waiting.erase(found);
}

// A page's entries follow each other in the index: one walk over them.
void give_page(Database& database, const FilterSql& filter, ByEntry& waiting) {
  static const std::string sql = fmt::format(
      "SELECT rowid, CASE WHEN rowid IN (SELECT value FROM json_each(?)) THEN {} END FROM entry_index "
      "WHERE entry_index MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC",
      snippet_sql);
  std::vector<EntryId> ids;
  for (const auto& [id, entry] : waiting) ids.push_back(id);
  const std::string wanted = fmt::format("[{}]", fmt::join(ids, ","));
  Query rows(database, sql);
  rows.with(wanted, filter.match, ids.front(), ids.back());
  while (rows.step()) give(waiting, rows);
}

void give_each(Database& database, const FilterSql& filter, ByEntry& waiting) {
  static const std::string sql =
      fmt::format("SELECT rowid, {} FROM entry_index WHERE entry_index MATCH ? AND rowid = ?", snippet_sql);
  for (const auto& [id, entry] : ByEntry(waiting)) {
    Query row(database, sql);
    row.with(filter.words, id);
    if (row.step()) give(waiting, row);
  }
}

}  // namespace

void add_snippets(Database& database, const FilterSql& filter, std::vector<EntrySummary>& entries) {
  ByEntry waiting;
  for (EntrySummary& entry : entries) waiting.emplace(entry.id, &entry);
  if (!filter.words.empty() && !waiting.empty()) {
    const bool one_walk =
        !filter.match.empty() && day_of(waiting.rbegin()->first) - day_of(waiting.begin()->first) < walked_days;
    if (one_walk) {
      give_page(database, filter, waiting);
    } else {
      give_each(database, filter, waiting);
    }
  }
  for (const auto& [id, entry] : waiting) {
    Query body(database, "SELECT packed FROM bodies WHERE entry = ?");
    body.with(id);
    if (body.step()) entry->snippet = beginning_of(unpack_text(body.view(0)));
  }
}

}  // namespace sotevahti::archive
