// What a request for data asks: filter, page size, order, place. Read strictly: a value
// that means nothing is the caller's mistake and is told, never guessed at.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "archive/filter.h"
#include "archive/search.h"
#include "base/result.h"
#include "web/http.h"
#include "web/visit.h"

namespace sotevahti::web {

struct Question {
  std::string asked;  // as written
  archive::Filter filter;
  archive::Page page;
};

// q, limit (1 to `most`), sort (new, rank), cursor. The error is the answer to give.
base::Result<Question, Response> read_question(const Visit& visit, std::size_t usual, std::size_t most);
// What is found; the error says that there is no such place in the list.
base::Result<archive::Found, Response> find(const Visit& visit, const Question& question);
Response bad_cursor();

// One that ids and places are written with: 1 and up.
std::optional<std::int64_t> whole_number(std::string_view digits);

// "/api/v1/entries?q=...&limit=5&cursor=...": the same question from another place; from the
// start where `cursor` is empty.
std::string continued(const Visit& visit, const std::string& cursor);

}  // namespace sotevahti::web
