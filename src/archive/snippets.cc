#include "archive/snippets.h"

#include "archive/body.h"
#include "archive/query.h"
#include "archive/summaries.h"
#include "archive/terms.h"
#include "text/utf8.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view kSnippet =
    "SELECT snippet(entry_index, 1, char(57344), char(57345), ' … ', 28) FROM entry_index "
    "WHERE entry_index MATCH ? AND rowid = ?";

// The tokenizer's mark of the column stands before the text's first word.
std::string without_mark(std::string_view snippet) {
  if (const std::size_t mark = snippet.find(kTextColumn); mark != std::string_view::npos) {
    std::string text(snippet.substr(0, mark));
    text += snippet.substr(std::min(mark + 2, snippet.size()));
    return text::collapse_space(text);
  }
  return text::collapse_space(snippet);
}

}  // namespace

void add_snippets(Database& database, const FilterSql& filter, std::vector<EntrySummary>& entries) {
  for (EntrySummary& entry : entries) {
    if (!filter.words.empty()) {
      Query row(database, kSnippet);
      row.with(filter.words, entry.id);
      if (row.step()) {
        entry.snippet = without_mark(row.view(0));
        continue;
      }
    }
    Query body(database, "SELECT packed FROM bodies WHERE entry = ?");
    body.with(entry.id);
    if (body.step()) entry.snippet = beginning_of(unpack_text(body.view(0)));
  }
}

}  // namespace sotevahti::archive
