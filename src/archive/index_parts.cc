#include "archive/index_parts.h"

#include <algorithm>

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr int pages_a_step = 300;
// Parts of a size are joined from so many on: all that there are where there is time for it; beside other writing four,
// as FTS5 itself would. Each word is then written again half as often, and a question looks into some parts more.
constexpr int parts_with_time = 2;
constexpr int parts_beside = 4;
// An entry writes half a page, which is written again when four parts of a size become one of four times the size: six
// times until it stands among a million. A step that is begun costs some pages by itself.
constexpr std::size_t pages_an_entry = 2;
constexpr std::size_t most_pages_beside = 32;
constexpr int merged_by_and_by = 64;  // parts of a size, by FTS5: the most that it takes
constexpr int merged_at_once = 128;

// Settings of the index stand in the archive and hold from then on.
void set(Database& database, std::string_view option, int value) {
  if (first_integer(database, "SELECT v FROM entry_index_config WHERE k = ?", option) == value) return;
  run(database, "INSERT INTO entry_index(entry_index, rank) VALUES (?, ?)", option, value);
}

std::int64_t changes(Database& database) { return first_integer(database, "SELECT total_changes()").value_or(0); }

bool join(Database& database, int parts, int pages) {
  set(database, "usermerge", parts);
  const std::int64_t before = changes(database);
  run(database, "INSERT INTO entry_index(entry_index, rank) VALUES ('merge', ?)", pages);
  return changes(database) - before >= 2;  // as FTS5 says that it did something
}

}  // namespace

void let_parts_gather(Database& database) {
  set(database, "automerge", merged_by_and_by);
  set(database, "crisismerge", merged_at_once);
}

bool join_index_parts(Database& database) { return join(database, parts_with_time, pages_a_step); }

void join_some_index_parts(Database& database, std::size_t entries) {
  join(database, parts_beside, static_cast<int>(std::min(most_pages_beside, pages_an_entry * (entries + 1))));
}

}  // namespace sotevahti::archive
