// /api/v1/areas, topics, feeds, deadlines and coverage.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/entry_forms.h"
#include "archive/feed_store.h"
#include "archive/health.h"
#include "web/api.h"
#include "web/coverage.h"
#include "web/feed_state.h"
#include "web/json_answer.h"
#include "web/problem.h"
#include "web/question.h"

namespace sotevahti::web {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t usual_deadlines = 100;
constexpr std::size_t most_deadlines = 500;

Json names_json(const config::Names& names) { return {{"fi", names.fi}, {"sv", names.sv}, {"en", names.en}}; }

Json time_or_null(const std::optional<base::Time>& time) {
  return time ? Json(base::to_rfc3339(*time)) : Json(nullptr);
}

std::vector<archive::Health> health_now(const Visit& visit) {
  const auto states = archive::FeedStore(visit.database).states();
  return archive::health_of(visit.data.catalogue, states, visit.now);
}

// The place where a list of deadlines begins: after one of that id on that day.
struct DeadlinePlace {
  std::chrono::year_month_day day;
  std::int64_t after = 0;
};

// A cursor: "2026-02-27.17".
std::string cursor_after(const archive::StoredDeadline& last) {
  return fmt::format("{}.{}", base::to_iso_date(last.deadline.closes), last.id);
}

base::Result<DeadlinePlace, Response> start_of(const Visit& visit, std::string_view cursor) {
  if (!cursor.empty()) {
    const auto dot = std::min(cursor.find('.'), cursor.size());
    const auto day = base::parse_iso_date(cursor.substr(0, dot));
    const auto after = whole_number(cursor.substr(std::min(dot + 1, cursor.size())));
    if (!day || !after) return tl::unexpected(bad_cursor());
    return DeadlinePlace{*day, *after};
  }
  const auto asked = visit.request.parameter("from");
  if (asked.empty()) return DeadlinePlace{visit.today()};
  const auto day = base::parse_iso_date(asked);
  if (!day) return tl::unexpected(problem(400, "Bad day", "from is a day such as 2026-02-20"));
  return DeadlinePlace{*day};
}

}  // namespace

Response api_areas(const Visit& visit) {
  Json list = Json::array();
  for (const auto& area : visit.data.taxonomy.areas)
    list.push_back({{"id", area.id},
                    {"code", area.code},
                    {"kind", area.kind},
                    {"name", names_json(area.name)},
                    {"short_name", names_json(area.short_name)}});
  return json_answer({{"areas", std::move(list)}});
}

Response api_topics(const Visit& visit) {
  Json list = Json::array();
  for (const auto& topic : visit.data.taxonomy.topics)
    list.push_back({{"id", topic.id}, {"name", names_json(topic.name)}});
  return json_answer({{"topics", std::move(list)}});
}

Response api_feeds(const Visit& visit) {
  Json list = Json::array();
  for (const auto& health : health_now(visit)) {
    const auto& feed = *health.feed;
    const auto& known = health.known;
    Json row = {{"id", feed.id},
                {"title", feed.title},
                {"publisher", feed.publisher},
                {"url", feed.url},
                {"areas", feed.areas},
                {"lang", feed.lang},
                {"kind", feed.kind},
                {"role", config::to_string(feed.role)},
                {"state", state_id(health.state)}};
    row["entries"] = known.entries;
    row["last_success"] = time_or_null(known.last_success);
    row["last_new_entry"] = time_or_null(known.last_new_entry);
    row["cause"] = known.failure ? Json(known.failure->cause) : Json(nullptr);
    row["failing_since"] = time_or_null(known.failing_since);
    list.push_back(std::move(row));
  }
  return json_answer({{"feeds", std::move(list)}});
}

Response api_deadlines(const Visit& visit) {
  const auto question = read_question(visit, usual_deadlines, most_deadlines);
  if (!question) return question.error();
  const auto start = start_of(visit, question->page.cursor);
  if (!start) return start.error();
  const std::size_t limit = question->page.limit;
  auto rows = visit.search().deadlines(question->filter, start->day, limit + 1, start->after);
  const bool goes_on = rows.size() > limit;
  if (goes_on) rows.pop_back();
  Json list = Json::array();
  for (const auto& row : rows) list.push_back(Json::parse(archive::deadline_json(row)));
  const std::string next = goes_on ? cursor_after(rows.back().deadline) : "";
  return json_answer({{"deadlines", std::move(list)}, {"next", next_of(visit, next)}});
}

Response api_coverage(const Visit& visit) {
  auto search = visit.search();
  return json_text(coverage_json(coverage_of(search, visit.data.taxonomy, health_now(visit), visit.now)));
}

}  // namespace sotevahti::web
