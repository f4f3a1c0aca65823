#include "archive/entry_index.h"

#include <algorithm>

#include "archive/index_parts.h"
#include "archive/index_words.h"
#include "archive/meta.h"
#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view version_key = "index_version";
constexpr std::string_view rebuilt_to_key = "index_rebuilt_to";  // the last entry in it while it is made anew
constexpr std::string_view indexed_text_sql = "SELECT title, text, marks FROM indexed_texts WHERE id = ?";
constexpr int entries_a_step = 2000;
constexpr std::size_t many_entries = 100;  // entries in a transaction

void add_to_index(Database& database, const IndexRow& row) {
  run(database, "INSERT INTO entry_index(rowid, title, text, marks) VALUES (?, ?, ?, ?)", row.entry, row.title,
      row.text, row.marks);
}

// False at the end.
bool rebuild_step(Database& database) {
  const EntryId last = std::stoll(read_meta(database, rebuilt_to_key).value_or("0"));
  Query texts(database, "SELECT id, title, text, marks FROM indexed_texts WHERE id > ? ORDER BY id LIMIT ?");
  texts.with(last, entries_a_step);
  EntryId reached = last;
  while (texts.step()) {
    add_to_index(database, {texts.integer(0), texts.text(1), texts.text(2), texts.text(3)});
    reached = texts.integer(0);
  }
  if (reached == last) {
    forget_meta(database, rebuilt_to_key);
    write_meta(database, version_key, index_version(stored_names(database)));
    return false;
  }
  write_meta(database, rebuilt_to_key, std::to_string(reached));
  return true;
}

}  // namespace

IndexRow IndexChanges::row_of(EntryId entry) {
  Query query(database_, indexed_text_sql);
  query.with(entry);
  if (!query.step()) throw ArchiveError("an entry without its text");
  return {entry, query.text(0), query.text(1), query.text(2)};
}

void IndexChanges::replace(IndexRow before) {
  IndexRow now = row_of(before.entry);
  if (now.title == before.title && now.text == before.text && now.marks == before.marks) return;
  removed_.push_back(std::move(before));
  added_.push_back(std::move(now));
}

bool IndexChanges::knows(std::string_view words_version) {
  if (version_.empty()) version_ = read_meta(database_, version_key).value_or("being made anew");
  return version_ == words_version;
}

void IndexChanges::write() {
  if (!added_.empty() && added_.size() < many_entries) join_some_index_parts(database_, added_.size());
  for (const IndexRow& row : removed_) {
    run(database_, "INSERT INTO entry_index(entry_index, rowid, title, text, marks) VALUES ('delete', ?, ?, ?, ?)",
        row.entry, row.title, row.text, row.marks);
  }
  std::sort(added_.begin(), added_.end(), [](const IndexRow& a, const IndexRow& b) { return a.entry < b.entry; });
  for (const IndexRow& row : added_) add_to_index(database_, row);
  removed_.clear();
  added_.clear();
}

void rebuild_index(Database& database, const Progress& progress) {
  database.transaction([&] {
    run(database, "INSERT INTO entry_index(entry_index) VALUES ('delete-all')");
    // For batches of hundreds of entries: a larger hash before a flush.
    run(database, "INSERT INTO entry_index(entry_index, rank) VALUES ('hashsize', ?)", 16 << 20);
    let_parts_gather(database);
    write_meta(database, rebuilt_to_key, "0");
    forget_meta(database, version_key);
  });
  bring_index_up_to_date(database, progress);
}

void bring_index_up_to_date(Database& database, const Progress& progress) {
  const bool begun = read_meta(database, rebuilt_to_key).has_value();
  if (!begun && read_meta(database, version_key) == index_version(stored_names(database))) return;
  if (!begun) return rebuild_index(database, progress);
  const auto entries = first_integer(database, "SELECT count(*) FROM entries").value_or(0);
  std::int64_t done = 0;
  for (bool more = true; more; done += entries_a_step) {
    if (progress && entries > 0) {
      progress("making the index of words anew",
               std::min(1.0, static_cast<double>(done) / static_cast<double>(entries)));
    }
    database.transaction([&] { more = rebuild_step(database); });
  }
}

}  // namespace sotevahti::archive
