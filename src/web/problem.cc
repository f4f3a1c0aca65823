#include "web/problem.h"

#include <nlohmann/json.hpp>

namespace sotevahti::web {
namespace {

using Json = nlohmann::ordered_json;

Response as_problem(const Json& body) {
  Response response;
  response.status = body["status"].get<int>();
  response.content_type = "application/problem+json";
  response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return response;
}

}  // namespace

Response problem(int status, const std::string& title, const std::string& detail) {
  return as_problem({{"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}});
}

Response filter_problem(const archive::FilterError& error) {
  Json body = {{"type", "about:blank"},
               {"title", "The filter cannot be read"},
               {"status", 400},
               {"detail", error.cause},
               {"position", error.position}};
  if (!error.suggestion.empty()) body["suggestion"] = error.suggestion;
  return as_problem(body);
}

}  // namespace sotevahti::web
