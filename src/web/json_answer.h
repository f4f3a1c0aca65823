// A JSON body as a response. Inside the room; the only header here that knows nlohmann.
#pragma once
#include <nlohmann/json.hpp>

#include "web/http.h"
#include "web/question.h"

namespace sotevahti::web {

// An object that is text already.
inline Response json_text(std::string object, const char* type = "application/json") {
  Response response;
  response.content_type = type;
  response.body = std::move(object) + "\n";
  return response;
}

inline Response json_answer(const nlohmann::ordered_json& body, const char* type = "application/json") {
  return json_text(body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace), type);
}

// The address where a list goes on; null at its end.
inline nlohmann::ordered_json next_of(const Visit& visit, const std::string& cursor) {
  return cursor.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(continued(visit, cursor));
}

}  // namespace sotevahti::web
