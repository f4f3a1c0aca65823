#include "archive/index_parts.h"

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr int kPagesAStep = 300;
constexpr int kPartsOfASize = 2;  // so many are worth joining

constexpr std::size_t kMany = 100;  // entries in a transaction

// So many parts of a size are merged by and by, and so many at once, whatever it takes.
struct Merging {
  int by_and_by, at_once;
};
constexpr Merging kWhileLittleComes{8, 32};
constexpr Merging kWhileMuchComes{64, 128};  // 64 are the most that FTS5 takes

// Settings of the index stand in the archive and hold from then on.
void set(Database& database, std::string_view option, int value) {
  if (first_integer(database, "SELECT v FROM entry_index_config WHERE k = ?", option) == value) return;
  run(database, "INSERT INTO entry_index(entry_index, rank) VALUES (?, ?)", option, value);
}

std::int64_t changes(Database& database) { return first_integer(database, "SELECT total_changes()").value_or(0); }

}  // namespace

void expect_new_entries(Database& database, std::size_t entries) {
  const Merging& merging = entries < kMany ? kWhileLittleComes : kWhileMuchComes;
  set(database, "automerge", merging.by_and_by);
  set(database, "crisismerge", merging.at_once);
}

bool join_index_parts(Database& database) {
  set(database, "usermerge", kPartsOfASize);
  const std::int64_t before = changes(database);
  run(database, "INSERT INTO entry_index(entry_index, rank) VALUES ('merge', ?)", kPagesAStep);
  return changes(database) - before >= 2;  // as FTS5 says that it did something
}

}  // namespace sotevahti::archive
