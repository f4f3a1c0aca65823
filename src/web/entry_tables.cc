// "/entries.csv" and "/entries.jsonl": what a filter finds, whole, in rows.
#include "archive/entry_forms.h"
#include "web/outputs.h"
#include "web/question.h"

namespace sotevahti::web {
namespace {

constexpr std::size_t most_rows = 10000;

// All that is found from the asked place on; where there is more, a Link header says where.
Response table(const Visit& visit, std::string head, const char* type,
               std::string (*line)(const archive::EntrySummary&)) {
  auto question = read_question(visit, most_rows, most_rows);
  if (!question) return question.error();
  Response response;
  response.content_type = type;
  response.body = std::move(head);
  std::size_t left = question->page.limit;
  bool cut = false;
  do {
    question->page.limit = left;
    const auto found = find(visit, *question);
    if (!found) return found.error();
    for (const auto& entry : found->entries) response.body += line(entry);
    left -= found->entries.size();
    question->page.cursor = found->next;
    cut = found->cut;
  } while (left > 0 && !cut && !question->page.cursor.empty());
  if (!question->page.cursor.empty())
    response.headers.emplace_back("Link", "<" + continued(visit, question->page.cursor) + ">; rel=\"next\"");
  return response;
}

}  // namespace

Response entries_csv(const Visit& visit) {
  Response response = table(visit, archive::csv_head(), "text/csv; charset=utf-8; header=present", archive::csv_line);
  if (response.status == 200)
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"sotevahti.csv\"");
  return response;
}

Response entries_json_lines(const Visit& visit) {
  return table(visit, "", "application/jsonl; charset=utf-8",
               [](const archive::EntrySummary& entry) { return archive::entry_json(entry) + "\n"; });
}

}  // namespace sotevahti::web
