#include "archive/index_parts.h"

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr int kPagesAStep = 300;
constexpr int kPartsOfASize = 2;  // so many are worth joining

std::int64_t changes(Database& database) { return first_integer(database, "SELECT total_changes()").value_or(0); }

}  // namespace

bool join_index_parts(Database& database) {
  const auto set = first_integer(database, "SELECT v FROM entry_index_config WHERE k = 'usermerge'");
  if (set != kPartsOfASize)
    run(database, "INSERT INTO entry_index(entry_index, rank) VALUES ('usermerge', ?)", kPartsOfASize);
  const std::int64_t before = changes(database);
  run(database, "INSERT INTO entry_index(entry_index, rank) VALUES ('merge', ?)", kPagesAStep);
  return changes(database) - before >= 2;  // as FTS5 says that it did something
}

}  // namespace sotevahti::archive
