#include "cli/mcp_tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/entry_forms.h"
#include "archive/feed_store.h"
#include "archive/health.h"
#include "base/zone.h"
#include "web/coverage.h"

namespace sotevahti::cli {
namespace {

constexpr std::int64_t usual_rows = 20;
constexpr std::int64_t most_rows = 100;

base::Result<std::string> text_argument(const Json& arguments, const char* name) {
  const auto at = arguments.find(name);
  if (at == arguments.end() || at->is_null()) return std::string();
  if (!at->is_string()) return base::fail(fmt::format("{} is to be a text", name));
  return at->get<std::string>();
}

base::Result<std::int64_t> number_argument(const Json& arguments, const char* name, std::int64_t usual,
                                           std::int64_t most) {
  const auto at = arguments.find(name);
  if (at == arguments.end() || at->is_null()) return usual;
  if (!at->is_number_integer() || at->get<std::int64_t>() < 1 || at->get<std::int64_t>() > most)
    return base::fail(fmt::format("{} is to be a whole number from 1 to {}", name, most));
  return at->get<std::int64_t>();
}

base::Result<archive::Filter> filter_argument(const ToolBench& bench, const Json& arguments) {
  const auto text = text_argument(arguments, "filter");
  if (!text) return tl::unexpected(text.error());
  archive::FilterNames names;
  names.areas = bench.taxonomy.area_ids();
  for (const auto& topic : bench.taxonomy.topics) names.topics.push_back(topic.id);
  for (const auto& feed : bench.catalogue.feeds()) names.feeds.push_back(feed.id);
  auto filter = archive::parse_filter(*text, names);
  if (!filter) return base::fail(filter.error().for_person(*text));
  return std::move(*filter);
}

ToolAnswer search(const ToolBench& bench, const Json& arguments) {
  const auto filter = filter_argument(bench, arguments);
  if (!filter) return tl::unexpected(filter.error());
  const auto limit = number_argument(arguments, "limit", usual_rows, most_rows);
  if (!limit) return tl::unexpected(limit.error());
  const auto sort = text_argument(arguments, "sort");
  if (!sort || (!sort->empty() && *sort != "new" && *sort != "rank"))
    return base::fail("sort is to be \"new\" or \"rank\"");
  const auto cursor = text_argument(arguments, "cursor");
  if (!cursor) return tl::unexpected(cursor.error());
  archive::Page page;
  page.limit = static_cast<std::size_t>(*limit);
  page.order = *sort == "rank" ? archive::Order::rank : archive::Order::newest;
  page.cursor = *cursor;
  const auto found = bench.search().find(*filter, page);
  if (found.lost) return base::fail("cursor is to be the \"next\" of an earlier answer to the same filter");
  Json answer = {{"entries", Json::array()}, {"next", found.next}, {"cut", found.cut}};
  for (const auto& entry : found.entries) answer["entries"].push_back(Json::parse(archive::entry_json(entry)));
  return answer.dump();
}

ToolAnswer show(const ToolBench& bench, const Json& arguments) {
  const auto id = number_argument(arguments, "id", 0, INT64_MAX);
  if (!id) return tl::unexpected(id.error());
  const auto entry = bench.search().entry(*id);
  if (!entry) return base::fail("there is no entry with that id; search gives the ids that there are");
  return archive::entry_json(*entry);
}

ToolAnswer deadlines(const ToolBench& bench, const Json& arguments) {
  const auto filter = filter_argument(bench, arguments);
  if (!filter) return tl::unexpected(filter.error());
  const auto limit = number_argument(arguments, "limit", usual_rows, most_rows);
  if (!limit) return tl::unexpected(limit.error());
  const auto asked = text_argument(arguments, "from");
  if (!asked) return tl::unexpected(asked.error());
  auto from = base::Zone::helsinki().to_local(bench.now).day;
  if (!asked->empty()) {
    const auto day = base::parse_iso_date(*asked);
    if (!day) return base::fail("from is to be a day such as 2026-02-20");
    from = *day;
  }
  Json answer = {{"deadlines", Json::array()}};
  for (const auto& row : bench.search().deadlines(*filter, from, static_cast<std::size_t>(*limit)))
    answer["deadlines"].push_back(Json::parse(archive::deadline_json(row)));
  return answer.dump();
}

ToolAnswer coverage(const ToolBench& bench, const Json&) {
  auto search = bench.search();
  const auto health = archive::health_of(bench.catalogue, archive::FeedStore(bench.database).states(), bench.now);
  return web::coverage_json(web::coverage_of(search, bench.taxonomy, health, bench.now));
}

constexpr std::array<Tool, 4> tools = {
    {{"search", "Search the archive",
      "News of Finland's social and health care reform that a filter finds, one a story, newest first. A filter's "
      "words "
      "(space is and, comma is or, - is not): avustus finds any form and compounds; \"tarkka sanamuoto\"; avustus*; "
      "=sana; "
      "near:\"kotihoito säästö\"; area:pirkanmaa,lappi; topic:jarjestoavustukset; kind:decisions; lang:sv; "
      "source:FEED; "
      "publisher:\"...\"; since:2025-01-01; since:7d; until:7d; has:deadline; deadline:14d; story:all; (a OR b). An "
      "area or topic that does not exist is answered with the nearest one. Go on with cursor, from \"next\".",
      R"({"type":"object","properties":{"filter":{"type":"string","maxLength":2000},)"
      R"("limit":{"type":"integer","minimum":1,"maximum":100},"sort":{"type":"string","enum":["new","rank"]},)"
      R"("cursor":{"type":"string"}},"required":["filter"]})",
      search},
     {"show", "Show an entry",
      "One entry whole: text, areas and topics with the words that led to them, deadlines, earlier revisions, and who "
      "else tells it.",
      R"({"type":"object","properties":{"id":{"type":"integer","minimum":1}},"required":["id"]})", show},
     {"deadlines", "List deadlines",
      "Dates by which a reader must act (grants, consultations, registrations, applications, events) of the entries "
      "that "
      "a filter finds, the nearest first, from today or from a given day on. The filter may be empty.",
      R"({"type":"object","properties":{"filter":{"type":"string","maxLength":2000},)"
      R"("from":{"type":"string","format":"date"},"limit":{"type":"integer","minimum":1,"maximum":100}}})",
      deadlines},
     {"coverage", "Show the coverage",
      "Areas by topics in the last 90 days: how many entries, how fresh, and why a cell is empty: no source, broken "
      "sources, silent ones, or no match. Gives the ids of areas and topics that filters take.",
      R"({"type":"object","properties":{}})", coverage}}};

}  // namespace

const Tool* find_tool(std::string_view name) {
  const auto* at = std::find_if(tools.begin(), tools.end(), [&](const Tool& each) { return each.name == name; });
  return at == tools.end() ? nullptr : at;
}

Json list_of_tools() {
  Json list = Json::array();
  for (const Tool& tool : tools)
    list.push_back({{"name", tool.name},
                    {"title", tool.title},
                    {"description", tool.description},
                    {"inputSchema", Json::parse(tool.arguments)},
                    {"annotations", {{"readOnlyHint", true}, {"openWorldHint", false}}}});
  return list;
}

}  // namespace sotevahti::cli
