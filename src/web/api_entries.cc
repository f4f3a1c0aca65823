// /api/v1/entries and /api/v1/stories.
#include <nlohmann/json.hpp>

#include "archive/entry_forms.h"
#include "web/api.h"
#include "web/json_answer.h"
#include "web/problem.h"
#include "web/question.h"

namespace sotevahti::web {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t usual_page = 50;
constexpr std::size_t largest_page = 500;

Json summary_json(const archive::EntrySummary& entry) { return Json::parse(archive::entry_json(entry)); }

// A list, and where it goes on.
Response page_of_list(const Visit& visit, const char* name, Json list, const archive::Found& found) {
  Json body = {{name, std::move(list)}, {"next", next_of(visit, found.next)}, {"cut", found.cut}};
  return json_answer(body);
}

}  // namespace

Response api_entries(const Visit& visit) {
  const auto question = read_question(visit, usual_page, largest_page);
  if (!question) return question.error();
  const auto found = find(visit, *question);
  if (!found) return found.error();
  Json list = Json::array();
  for (const auto& entry : found->entries) list.push_back(summary_json(entry));
  return page_of_list(visit, "entries", std::move(list), *found);
}

Response api_entry(const Visit& visit, archive::EntryId id) {
  const auto entry = visit.search().entry(id);
  if (!entry) return problem(404, "Not found", "There is no entry with that id.");
  return json_text(archive::entry_json(*entry));
}

Response api_stories(const Visit& visit) {
  const auto question = read_question(visit, usual_page, largest_page);
  if (!question) return question.error();
  const auto found = find(visit, *question);
  if (!found) return found.error();
  Json list = Json::array();
  for (const auto& entry : found->entries)
    list.push_back({{"id", entry.story}, {"entry", summary_json(entry)}, {"tellings", entry.tellings}});
  return page_of_list(visit, "stories", std::move(list), *found);
}

Response api_story(const Visit& visit, archive::StoryId id) {
  const auto first = visit.search().entry(id);  // a story has its first entry's id
  if (!first || first->summary.story != id) return problem(404, "Not found", "There is no story with that id.");
  Json tellings = Json::array();
  tellings.push_back(summary_json(first->summary));
  for (const auto& telling : first->tellings) tellings.push_back(summary_json(telling));
  return json_answer({{"id", id}, {"tellings", std::move(tellings)}});
}

}  // namespace sotevahti::web
