// Counts and tables over the archive: facets, coverage, weeks, totals.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "archive/entry_id.h"
#include "archive/filter_sql.h"
#include "archive/query.h"
#include "archive/search.h"
#include "archive/summaries.h"
#include "archive/time_bound.h"
#include "base/zone.h"

namespace sotevahti::archive {
namespace {

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

template <typename Take>
void for_each_id(std::string_view ids, Take take) {
  while (!ids.empty()) {
    const std::size_t end = std::min(ids.find(' '), ids.size());
    take(ids.substr(0, end));
    ids.remove_prefix(std::min(end + 1, ids.size()));
  }
}

void add_each(Counts& counts, std::string_view ids) {
  for_each_id(ids, [&](std::string_view id) { add_one(counts, id); });
}

// What has each value: a story once, however many tell it.
class Tally {
 public:
  void add(std::string_view value, std::int64_t story) {
    if (value.empty()) return;
    auto found = stories_.find(value);
    if (found == stories_.end()) found = stories_.try_emplace(std::string(value)).first;
    found->second.push_back(story);
  }
  Counts counts() {
    Counts counts;
    for (auto& [value, stories] : stories_) {
      std::sort(stories.begin(), stories.end());
      const auto different = std::unique(stories.begin(), stories.end());
      counts.emplace(value, static_cast<std::size_t>(different - stories.begin()));
    }
    return counts;
  }

 private:
  std::map<std::string, std::vector<std::int64_t>, std::less<>> stories_;
};

struct FeedName {
  std::string id, kind;
};

// By number; few, and read once for all rows.
std::map<std::int64_t, FeedName> feed_names(Database& database) {
  std::map<std::int64_t, FeedName> names;
  Query rows(database, "SELECT number, id, kind FROM feeds");
  while (rows.step()) names.emplace(rows.integer(0), FeedName{rows.text(1), rows.text(2)});
  return names;
}

// Most first, then by name.
std::vector<FacetCount> sorted(const Counts& counts, bool more = false) {
  std::vector<FacetCount> facets;
  for (const auto& [value, count] : counts) facets.push_back({value, count, more});
  std::stable_sort(facets.begin(), facets.end(),
                   [](const FacetCount& a, const FacetCount& b) { return a.count > b.count; });
  return facets;
}

// Rows come by days: the last one may have been read in part.
constexpr std::int64_t seconds_of_a_day = 86400;

// What stands in the rows of one walk, newest days first.
class FacetCounts {
 public:
  explicit FacetCounts(Database& database) : feeds_(feed_names(database)) {}

  void add(const Query& row, std::int64_t story) {
    for_each_id(row.view(0), [&](std::string_view id) { areas_.add(id, story); });
    for_each_id(row.view(1), [&](std::string_view id) { topics_.add(id, story); });
    languages_.add(row.view(2), story);
    if (const auto feed = feeds_.find(row.integer(3)); feed != feeds_.end()) {
      sources_.add(feed->second.id, story);
      kinds_.add(feed->second.kind, story);
    }
    auto& shown = stories_[story];
    shown = std::max(shown, row.integer(4));
    reached_ = std::min(reached_, row.integer(4));
    ++rows_;
  }
  std::size_t rows() const { return rows_; }

  Facets facets(const std::vector<base::Time>& since, bool more) {
    Facets facets;
    facets.areas = sorted(areas_.counts(), more);
    facets.topics = sorted(topics_.counts(), more);
    facets.kinds = sorted(kinds_.counts(), more);
    facets.languages = sorted(languages_.counts(), more);
    facets.sources = sorted(sources_.counts(), more);
    facets.stories = stories_.size();
    facets.more = more;
    for (const base::Time time : since) {
      const std::int64_t first = base::to_unix(time);
      const auto count =
          std::count_if(stories_.begin(), stories_.end(), [first](const auto& story) { return story.second >= first; });
      facets.since.push_back({"", static_cast<std::size_t>(count), more && reached_ > first - seconds_of_a_day});
    }
    return facets;
  }

 private:
  std::map<std::int64_t, FeedName> feeds_;
  Tally areas_, topics_, languages_, kinds_, sources_;
  std::unordered_map<std::int64_t, std::int64_t> stories_;  // when each was shown last
  std::int64_t reached_ = INT64_MAX;
  std::size_t rows_ = 0;
};

}  // namespace

Facets Search::facets(const Filter& filter, const std::vector<base::Time>& since, std::size_t at_most) {
  const FilterSql sql = compile_filter(filter, database_, taxonomy_, now_);
  const std::string select = fmt::format(
      "SELECT e.areas, e.topics, e.lang, e.feed, min(coalesce(e.published, e.arrived), e.arrived), {} {} "
      "ORDER BY {} LIMIT {}",
      sql.folds_stories ? "e.story" : "e.id", sql.from_where(), sql.order(), at_most);
  FacetCounts counts(database_);
  bool cut = false;
  const TimeBound bound(database_, longest_question);
  try {
    Query rows(database_, select);
    sql.bind(rows, 0, INT64_MAX);
    while (rows.step()) counts.add(rows, rows.integer(5));
  } catch (const Interrupted&) {
    cut = true;  // what was counted is shown
  }
  return counts.facets(since, cut || counts.rows() == at_most);
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
  Facets facets;
  facets.areas = sorted(areas);
  facets.topics = sorted(topics);
  facets.kinds = sorted(kinds);
  facets.languages = sorted(languages);
  facets.sources = sorted(sources);
  return facets;
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

std::optional<base::Time> Search::beginning() {
  const auto first = first_integer(database_, "SELECT min(arrived) FROM entries");
  return first ? std::optional(base::from_unix(*first)) : std::nullopt;
}

std::vector<std::size_t> Search::weekly(const Filter& filter, std::size_t weeks) {
  std::vector<std::size_t> counts(weeks, 0);
  const FilterSql sql = compile_filter(filter, database_, taxonomy_, now_);
  const std::int64_t today = day_of(now_);
  const std::int64_t first_day = today - 7 * static_cast<std::int64_t>(weeks) + 1;
  const std::string select = fmt::format("SELECT {} {} ORDER BY {}", sql.match.empty() ? "e.id" : "entry_index.rowid",
                                         sql.from_where(), sql.order());
  const TimeBound bound(database_, longest_question);
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
