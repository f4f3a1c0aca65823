#include "archive/met_entries.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/entry_id.h"
#include "archive/query.h"

namespace sotevahti::archive {
namespace {

// Of ids in rising order: the widest stretches whose days lie close together. A late find
// must not make the index read the years between.
std::vector<std::pair<EntryId, EntryId>> stretches(const std::vector<EntryId>& ids) {
  constexpr std::int64_t days_apart = 3;
  std::vector<std::pair<EntryId, EntryId>> found;
  for (const EntryId id : ids) {
    if (found.empty() || day_of(id) - day_of(found.back().second) > days_apart) {
      found.emplace_back(id, id);
    } else {
      found.back().second = id;
    }
  }
  return found;
}

}  // namespace

std::vector<EntryId> met_entries(Database& database, const FilterSql& filter, const std::vector<EntryId>& entries) {
  std::vector<EntryId> sorted = entries;
  std::sort(sorted.begin(), sorted.end());
  // Mostly the newest are asked about: from the end the index gets there without a look at all before.
  const std::string sql = fmt::format("SELECT e.id {} ORDER BY {}", filter.from_where(), filter.order());
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

}  // namespace sotevahti::archive
