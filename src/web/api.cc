#include "web/api.h"

#include <array>

#include "web/problem.h"
#include "web/question.h"

namespace sotevahti::web {
namespace {

constexpr std::string_view version = "v1/";

Response nothing_here() { return problem(404, "Not found", "See /api/v1/openapi.json for what there is."); }

struct ListRoute {
  std::string_view name;
  Response (*answer)(const Visit&);
};
constexpr std::array<ListRoute, 7> lists = {{{"entries", api_entries},
                                             {"stories", api_stories},
                                             {"areas", api_areas},
                                             {"topics", api_topics},
                                             {"feeds", api_feeds},
                                             {"deadlines", api_deadlines},
                                             {"coverage", api_coverage}}};

}  // namespace

Response api(const Visit& visit, std::string_view rest) {
  if (rest.starts_with(version)) rest.remove_prefix(version.size());
  else return nothing_here();
  for (const auto& list : lists)
    if (rest == list.name) return list.answer(visit);
  const auto slash = rest.find('/');
  const std::string_view list = rest.substr(0, slash);
  if (slash != rest.npos && (list == "entries" || list == "stories")) {
    const auto id = whole_number(rest.substr(slash + 1));
    if (!id) return problem(400, "Bad id", "An id is a whole number, as lists give it.");
    return list == "entries" ? api_entry(visit, *id) : api_story(visit, *id);
  }
  return nothing_here();
}

}  // namespace sotevahti::web
