#include "web/question.h"

#include <fmt/format.h>

#include <charconv>

#include "text/url.h"
#include "web/problem.h"

namespace sotevahti::web {

base::Result<Question, Response> read_question(const Visit& visit, std::size_t usual, std::size_t most) {
  Question question;
  question.asked = visit.request.parameter("q");
  auto filter = archive::parse_filter(question.asked, visit.filter_names());
  if (!filter) return tl::unexpected(filter_problem(filter.error()));
  question.filter = std::move(*filter);

  question.page.limit = usual;
  if (const auto limit = visit.request.parameter("limit"); !limit.empty()) {
    const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), question.page.limit);
    if (error != std::errc() || end != limit.data() + limit.size() || question.page.limit < 1 ||
        question.page.limit > most)
      return tl::unexpected(problem(400, "Bad limit", fmt::format("limit is a whole number from 1 to {}", most)));
  }
  const auto sort = visit.request.parameter("sort");
  if (!sort.empty() && sort != "new" && sort != "rank")
    return tl::unexpected(problem(400, "Bad sort", "sort is \"new\" or \"rank\""));
  if (sort == "rank") question.page.order = archive::Order::rank;
  question.page.cursor = visit.request.parameter("cursor");
  return question;
}

base::Result<archive::Found, Response> find(const Visit& visit, const Question& question) {
  auto found = visit.search().find(question.filter, question.page);
  if (found.lost) return tl::unexpected(bad_cursor());
  return found;
}

Response bad_cursor() { return problem(400, "Bad cursor", "cursor is what an earlier answer to this question gave"); }

std::optional<std::int64_t> whole_number(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value < 1) return std::nullopt;
  return value;
}

std::string continued(const Visit& visit, const std::string& cursor) {
  std::string address = visit.request.path;
  char mark = '?';
  for (const auto& [name, value] : visit.request.query) {
    if (name == "cursor" || name == "lang") continue;
    address.append(1, mark).append(text::percent_encode(name)).append("=").append(text::percent_encode(value));
    mark = '&';
  }
  if (cursor.empty()) return address;
  return address.append(1, mark).append("cursor=").append(text::percent_encode(cursor));
}

}  // namespace sotevahti::web
