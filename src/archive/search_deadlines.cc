// Search::deadlines(): what closes next, of the entries that a filter meets.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

#include "archive/deadline_store.h"
#include "archive/filter_sql.h"
#include "archive/met_entries.h"
#include "archive/query.h"
#include "archive/search.h"
#include "archive/summaries.h"
#include "archive/time_bound.h"

namespace sotevahti::archive {
namespace {

// Deadlines that stand in order of their days, and whether a filter meets their entries: asked for
// some at once, since each question to the index costs.
class DeadlineWalk {
 public:
  DeadlineWalk(Database& database, const FilterSql& filter, const std::string& first_day)
      : database_(database),
        filter_(filter),
        rows_(database, "SELECT d.id, d.entry FROM deadlines d WHERE d.closes >= ? ORDER BY d.closes, d.id") {
    rows_.with(first_day);
  }

  // The next ones that meet it, with their entries; none at the end.
  std::vector<std::pair<std::int64_t, EntryId>> next() {
    std::vector<std::pair<std::int64_t, EntryId>> meeting;
    while (meeting.empty()) {
      std::vector<std::pair<std::int64_t, EntryId>> some;
      std::vector<EntryId> entries;
      while (some.size() < chunk_ && rows_.step()) {
        some.emplace_back(rows_.integer(0), rows_.integer(1));
        entries.push_back(rows_.integer(1));
      }
      if (some.empty()) break;
      chunk_ *= 4;  // few meet it
      const std::vector<EntryId> met = met_entries(database_, filter_, entries);
      const std::unordered_set<EntryId> known(met.begin(), met.end());
      std::copy_if(some.begin(), some.end(), std::back_inserter(meeting),
                   [&](const auto& each) { return known.contains(each.second); });
    }
    return meeting;
  }

 private:
  Database& database_;
  const FilterSql& filter_;
  Query rows_;
  std::size_t chunk_ = 64;
};

std::optional<StoredDeadline> deadline_of(Database& database, std::int64_t id) {
  static const std::string sql = fmt::format("SELECT {} FROM deadlines d WHERE d.id = ?", deadline_columns);
  Query row(database, sql);
  row.with(id);
  return row.step() ? std::optional(read_deadline(row, 0)) : std::nullopt;
}

}  // namespace

std::vector<DeadlineRow> Search::deadlines(const Filter& filter, std::chrono::year_month_day from, std::size_t limit,
                                           std::int64_t after) {
  const FilterSql sql = compile_filter(filter, database_, taxonomy_, now_);
  const std::string first_day = base::to_iso_date(from);
  std::vector<DeadlineRow> found;
  std::set<std::tuple<StoryId, tag::DeadlineKind, std::string, bool>>
      told;  // one a story; a withdrawn one hides no other
  Summaries summaries(database_);
  const TimeBound bound(database_, longest_question);
  try {
    DeadlineWalk walk(database_, sql, first_day);
    for (auto some = walk.next(); !some.empty() && found.size() < limit; some = walk.next()) {
      for (const auto& [id, entry] : some) {
        if (found.size() == limit) break;
        auto summary = summaries.of(entry);
        auto deadline = deadline_of(database_, id);
        if (!summary || !deadline) continue;
        const std::string day = base::to_iso_date(deadline->deadline.closes);
        const bool is_told = !told.emplace(summary->story, deadline->deadline.kind, day, deadline->withdrawn).second;
        if ((sql.folds_stories && is_told) || (id <= after && day == first_day)) continue;
        summaries.complete(*summary);
        found.push_back({std::move(*deadline), std::move(*summary)});
      }
    }
  } catch (const Interrupted&) {
    // The nearest days are told.
  }
  return found;
}

}  // namespace sotevahti::archive
