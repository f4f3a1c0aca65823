// Search: what came or changed in a window of time, for digests.
#include "archive/filter_sql.h"
#include "archive/met_entries.h"
#include "archive/query.h"
#include "archive/search_memory.h"

namespace sotevahti::archive {
namespace {

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
  if (known.size() >= Memory::most_windows) known.clear();
  const auto [place, is_new] = known.try_emplace({print_filter(filter), from, to});
  if (is_new) {
    Query rows(database_,
               "SELECT id FROM entries WHERE arrived >= ? AND arrived < ? AND NOT quiet ORDER BY arrived, id");
    rows.with(from, to);
    place->second = met_entries(database_, compile_filter(filter, database_, taxonomy_, now_), ids(rows));
  }
  return place->second;
}

const std::vector<EntryId>& Search::edited(const Filter& filter, base::Time from, base::Time to) {
  auto& known = memory().edited;
  if (known.size() >= Memory::most_windows) known.clear();
  const auto [place, is_new] = known.try_emplace({print_filter(filter), from, to});
  if (is_new) {
    Query rows(
        database_,
        "SELECT entry FROM revisions WHERE significant AND at >= ? AND at < ? GROUP BY entry ORDER BY min(at), entry");
    rows.with(from, to);
    place->second = met_entries(database_, compile_filter(filter, database_, taxonomy_, now_), ids(rows));
  }
  return place->second;
}

}  // namespace sotevahti::archive
