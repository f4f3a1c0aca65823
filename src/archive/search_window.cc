// Search: what came or changed in a window of time, for digests.
#include <algorithm>

#include "archive/filter_sql.h"
#include "archive/query.h"
#include "archive/search.h"

namespace sotevahti::archive {
namespace {

// Those of `entries` that the filter meets, in their order.
std::vector<EntryId> met(Database& database, const FilterSql& filter, const std::vector<EntryId>& entries) {
  if (entries.empty()) return {};
  const auto [lowest, highest] = std::minmax_element(entries.begin(), entries.end());
  const std::string sql = std::string("SELECT e.id ") + filter.from_where();
  std::vector<EntryId> meeting;
  Query rows(database, sql);
  filter.bind(rows, *lowest, *highest);
  while (rows.step()) meeting.push_back(rows.integer(0));
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

std::vector<EntryId> Search::arrived(const Filter& filter, base::Time from, base::Time to) {
  Query rows(database_, "SELECT id FROM entries WHERE arrived >= ? AND arrived < ? AND NOT quiet ORDER BY arrived, id");
  rows.with(from, to);
  return met(database_, compile_filter(filter, database_, taxonomy_, now_), ids(rows));
}

std::vector<EntryId> Search::edited(const Filter& filter, base::Time from, base::Time to) {
  Query rows(database_,
             "SELECT DISTINCT entry FROM revisions WHERE significant AND at >= ? AND at < ? ORDER BY at, entry");
  rows.with(from, to);
  return met(database_, compile_filter(filter, database_, taxonomy_, now_), ids(rows));
}

}  // namespace sotevahti::archive
