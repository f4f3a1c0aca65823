// Counts and tables over the archive: facets, coverage, weeks, totals.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "archive/entry_id.h"
#include "archive/filter_sql.h"
#include "archive/query.h"
#include "archive/search.h"
#include "archive/summaries.h"
#include "archive/time_bound.h"
#include "base/zone.h"

namespace sotevahti::archive {
namespace {

constexpr std::chrono::milliseconds kLongest{3000};
constexpr std::size_t kFacetEntries = 20000;  // the newest that are counted

using Counts = std::map<std::string, std::size_t, std::less<>>;

void add_one(Counts& counts, std::string_view value) {
  if (value.empty()) return;
  const auto found = counts.find(value);
  if (found != counts.end()) {
    ++found->second;
  } else {
    counts.emplace(value, 1);
  }
}

void add_each(Counts& counts, std::string_view ids) {
  while (!ids.empty()) {
    const std::size_t end = std::min(ids.find(' '), ids.size());
    add_one(counts, ids.substr(0, end));
    ids.remove_prefix(std::min(end + 1, ids.size()));
  }
}

// Most first, then by name.
std::vector<FacetCount> sorted(const Counts& counts) {
  std::vector<FacetCount> facets;
  for (const auto& [value, count] : counts) facets.push_back({value, count});
  std::stable_sort(facets.begin(), facets.end(),
                   [](const FacetCount& a, const FacetCount& b) { return a.count > b.count; });
  return facets;
}

}  // namespace

Facets Search::facets(const Filter& filter) {
  const FilterSql sql = compile_filter(filter, database_, taxonomy_, now_);
  const std::string select = fmt::format("SELECT e.areas, e.topics, e.lang, e.feed {} ORDER BY {} LIMIT {}",
                                         sql.from_where(), sql.order(), kFacetEntries);
  Counts areas, topics, languages, kinds, sources;
  std::map<std::int64_t, std::size_t> feeds;
  const TimeBound bound(database_, kLongest);
  try {
    Query rows(database_, select);
    sql.bind(rows, 0, INT64_MAX);
    while (rows.step()) {
      add_each(areas, rows.view(0));
      add_each(topics, rows.view(1));
      add_one(languages, rows.view(2));
      ++feeds[rows.integer(3)];
    }
  } catch (const Interrupted&) {
    // What was counted is shown.
  }
  for (const auto& [number, count] : feeds) {
    Query row(database_, "SELECT id, kind FROM feeds WHERE number = ?");
    row.with(number);
    if (!row.step()) continue;
    sources[row.text(0)] += count;
    kinds[row.text(1)] += count;
  }
  return {sorted(areas), sorted(topics), sorted(kinds), sorted(languages), sorted(sources)};
}

Facets Search::whole_facets() {
  Counts areas, topics, languages, kinds, sources;
  Query rows(database_, "SELECT areas, topics, lang FROM entries");
  while (rows.step()) {
    add_each(areas, rows.view(0));
    add_each(topics, rows.view(1));
    add_one(languages, rows.view(2));
  }
  Query feeds(database_, "SELECT id, kind, entries FROM feeds WHERE entries > 0");
  while (feeds.step()) {
    const auto count = static_cast<std::size_t>(feeds.integer(2));
    sources[feeds.text(0)] += count;
    kinds[feeds.text(1)] += count;
  }
  return {sorted(areas), sorted(topics), sorted(kinds), sorted(languages), sorted(sources)};
}

std::vector<CoverageCell> Search::coverage(base::Time since) {
  std::map<std::pair<std::string, std::string>, CoverageCell> cells;
  Query rows(database_,
             "SELECT e.areas, e.topics, min(coalesce(e.published, e.arrived), e.arrived) AS shown FROM entries e "
             "WHERE e.id >= ? AND shown >= ?");
  rows.with(first_of_day(day_of(since)), since);
  while (rows.step()) {
    const base::Time when = rows.time(2);
    const std::vector<std::string> topics = split_ids(rows.view(1));
    for (const std::string& area : split_ids(rows.view(0))) {
      for (const std::string& topic : topics) {
        CoverageCell& cell = cells[{area, topic}];
        ++cell.entries;
        cell.newest = std::max(cell.newest.value_or(when), when);
      }
    }
  }
  std::vector<CoverageCell> table;
  for (auto& [key, cell] : cells) {
    cell.area = key.first;
    cell.topic = key.second;
    table.push_back(std::move(cell));
  }
  return table;
}

std::vector<std::size_t> Search::weekly(const Filter& filter, std::size_t weeks) {
  std::vector<std::size_t> counts(weeks, 0);
  const FilterSql sql = compile_filter(filter, database_, taxonomy_, now_);
  const std::int64_t today = day_of(now_);
  const std::int64_t first_day = today - 7 * static_cast<std::int64_t>(weeks) + 1;
  const std::string select = fmt::format("SELECT {} {} ORDER BY {}", sql.match.empty() ? "e.id" : "entry_index.rowid",
                                         sql.from_where(), sql.order());
  const TimeBound bound(database_, kLongest);
  try {
    Query rows(database_, select);
    sql.bind(rows, first_of_day(std::max<std::int64_t>(0, first_day)), INT64_MAX);
    while (rows.step()) {
      const std::int64_t age = std::max<std::int64_t>(0, today - day_of(rows.integer(0)));
      const auto week = static_cast<std::size_t>(age / 7);
      if (week < weeks) ++counts[weeks - 1 - week];
    }
  } catch (const Interrupted&) {
    // The newest weeks are counted.
  }
  return counts;
}

Totals Search::totals() {
  const auto number = [&](std::string_view sql) {
    return static_cast<std::size_t>(first_integer(database_, sql).value_or(0));
  };
  Totals totals;
  totals.entries = number("SELECT sum(entries) FROM feeds");
  totals.stories = totals.entries - number("SELECT sum(tellings - 1) FROM stories");
  totals.feeds = number("SELECT count(*) FROM feeds");
  totals.revisions = number("SELECT count(*) FROM revisions");
  totals.deadlines = number("SELECT count(*) FROM deadlines WHERE NOT withdrawn");
  totals.subscribers = number("SELECT count(*) FROM subscribers WHERE NOT removed");
  totals.subscriptions = number("SELECT count(*) FROM subscriptions WHERE ended = ''");
  totals.outbox_waiting = number("SELECT count(*) FROM outbox WHERE state IN ('pending', 'leased', 'failed')");
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(database_.file(), ignored);
  totals.bytes = ignored ? 0 : bytes;
  return totals;
}

}  // namespace sotevahti::archive
