// Search: what came or changed in a window of time, for digests.
#include <algorithm>

#include "archive/entry_id.h"
#include "archive/filter_sql.h"
#include "archive/query.h"
#include "archive/search_memory.h"

namespace sotevahti::archive {
namespace {

// Of ids in rising order: the widest stretches whose days lie close together. A late find
// must not make the index read the years between.
std::vector<std::pair<EntryId, EntryId>> stretches(const std::vector<EntryId>& ids) {
  constexpr std::int64_t kDaysApart = 3;
  std::vector<std::pair<EntryId, EntryId>> found;
  for (const EntryId id : ids) {
    if (found.empty() || day_of(id) - day_of(found.back().second) > kDaysApart) {
      found.emplace_back(id, id);
    } else {
      found.back().second = id;
    }
  }
  return found;
}

// Those of `entries` that the filter meets, in their order.
std::vector<EntryId> met(Database& database, const FilterSql& filter, const std::vector<EntryId>& entries) {
  std::vector<EntryId> sorted = entries;
  std::sort(sorted.begin(), sorted.end());
  const std::string sql = "SELECT e.id " + filter.from_where();
  std::vector<EntryId> meeting;
  for (const auto& [lowest, highest] : stretches(sorted)) {
    Query rows(database, sql);
    filter.bind(rows, lowest, highest);
    while (rows.step()) meeting.push_back(rows.integer(0));
  }
  std::sort(meeting.begin(), meeting.end());
  std::vector<EntryId> found;
  std::copy_if(entries.begin(), entries.end(), std::back_inserter(found),
               [&](EntryId entry) { return std::binary_search(meeting.begin(), meeting.end(), entry); });
  return found;
}

std::vector<EntryId> ids(Query& rows) {
  std::vector<EntryId> all;
  while (rows.step()) all.push_back(rows.integer(0));
  return all;
}

}  // namespace

Search::Memory& Search::memory() {
  if (!memory_) memory_ = std::make_shared<Memory>();
  return *memory_;
}

const std::vector<EntryId>& Search::arrived(const Filter& filter, base::Time from, base::Time to) {
  auto& known = memory().arrived;
  if (known.size() >= Memory::kMostWindows) known.clear();
  const auto [place, is_new] = known.try_emplace({print_filter(filter), from, to});
  if (is_new) {
    Query rows(database_,
               "SELECT id FROM entries WHERE arrived >= ? AND arrived < ? AND NOT quiet ORDER BY arrived, id");
    rows.with(from, to);
    place->second = met(database_, compile_filter(filter, database_, taxonomy_, now_), ids(rows));
  }
  return place->second;
}

const std::vector<EntryId>& Search::edited(const Filter& filter, base::Time from, base::Time to) {
  auto& known = memory().edited;
  if (known.size() >= Memory::kMostWindows) known.clear();
  const auto [place, is_new] = known.try_emplace({print_filter(filter), from, to});
  if (is_new) {
    Query rows(
        database_,
        "SELECT entry FROM revisions WHERE significant AND at >= ? AND at < ? GROUP BY entry ORDER BY min(at), entry");
    rows.with(from, to);
    place->second = met(database_, compile_filter(filter, database_, taxonomy_, now_), ids(rows));
  }
  return place->second;
}

}  // namespace sotevahti::archive
