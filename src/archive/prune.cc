#include "archive/prune.h"

#include <fmt/format.h>

#include <vector>

#include "archive/body.h"
#include "archive/entry_index.h"
#include "archive/meta.h"
#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view pruned_to_key = "texts_pruned_to";      // no entry before it is tagged anew
constexpr std::string_view pruned_from_key = "texts_pruned_from";  // all before it are done
constexpr int entries_a_step = 200;
constexpr int rows_a_step = 2000;

constexpr std::string_view old_revisions_sql =
    "SELECT count(*), ifnull(sum(length(packed)), 0) FROM revisions WHERE at < ?";
constexpr std::string_view old_messages_sql =
    "SELECT count(*), ifnull(sum(length(payload)), 0) FROM outbox "
    "WHERE state IN ('sent', 'dead', 'cancelled') AND created < ?";

base::Time time_of(Database& database, std::string_view key) {
  return base::from_unix(std::stoll(read_meta(database, key).value_or("0")));
}

void set_time(Database& database, std::string_view key, base::Time time) {
  write_meta(database, key, std::to_string(base::to_unix(time)));
}

struct Old {
  EntryId id = 0;
  base::Time arrived{};
  std::string title, packed;
};

std::vector<Old> next_old(Database& database, const Old& after, base::Time until) {
  Query rows(database,
             "SELECT e.id, e.arrived, e.title, b.packed FROM entries e JOIN bodies b ON b.entry = e.id "
             "WHERE e.arrived < ?1 AND (e.arrived, e.id) > (?2, ?3) ORDER BY e.arrived, e.id LIMIT ?4");
  rows.with(until, after.arrived, after.id, entries_a_step);
  std::vector<Old> old;
  while (rows.step()) old.push_back({rows.integer(0), rows.time(1), rows.text(2), rows.text(3)});
  return old;
}

// Evidence keeps its words when the text that it points into goes.
std::string without_text(const Old& entry) {
  Body body = unpack_body(entry.packed, entry.title);
  body.text = {};
  body.html = {};
  body.enclosures.clear();
  return pack(body, entry.title);
}

void prune_step(Database& database, const std::vector<Old>& old, Pruned& pruned) {
  IndexChanges index(database);
  for (const Old& entry : old) {
    const std::string packed = without_text(entry);
    if (packed.size() >= entry.packed.size()) continue;
    IndexRow indexed = index.row_of(entry.id);
    run(database, "UPDATE bodies SET packed = ? WHERE entry = ?", Blob{packed}, entry.id);
    index.replace(std::move(indexed));
    ++pruned.texts;
    pruned.bytes += entry.packed.size() - packed.size();
  }
  index.write();
}

void prune_texts(Database& database, base::Time until, const Progress& progress, Pruned& pruned) {
  Old reached;
  reached.arrived = time_of(database, pruned_from_key);
  if (reached.arrived >= until) return;
  const auto all = first_integer(database, "SELECT count(*) FROM entries WHERE arrived < ?", until).value_or(0);
  if (texts_pruned_to(database) < until) set_time(database, pruned_to_key, until);
  for (std::int64_t done = 0;; done += entries_a_step) {
    if (progress && all > 0)
      progress("pruning texts", std::min(1.0, static_cast<double>(done) / static_cast<double>(all)));
    const std::vector<Old> old = next_old(database, reached, until);
    if (old.empty()) break;
    database.transaction([&] { prune_step(database, old, pruned); });
    reached = old.back();
  }
  set_time(database, pruned_from_key, until);
}

// Rows of at most so many at once, until none is left.
std::size_t delete_in_steps(Database& database, std::string_view sql, base::Time until) {
  std::size_t deleted = 0;
  for (;;) {
    std::size_t now = 0;
    database.transaction([&] {
      run(database, sql, until, rows_a_step);
      now = static_cast<std::size_t>(changed_rows(database));
    });
    deleted += now;
    if (now == 0) return deleted;
  }
}

std::size_t bytes_of(Database& database, std::string_view sql, base::Time until, std::size_t& count) {
  Query row(database, sql);
  row.with(until);
  if (!row.step()) return 0;
  count = static_cast<std::size_t>(row.integer(0));
  return static_cast<std::size_t>(row.integer(1));
}

}  // namespace

base::Time texts_pruned_to(Database& database) { return time_of(database, pruned_to_key); }

Pruned prunable(Database& database, const PruneRules& rules, base::Time now) {
  Pruned found;
  if (rules.texts) {
    const base::Time from = time_of(database, pruned_from_key);
    found.bytes +=
        bytes_of(database,
                 fmt::format("SELECT count(*), ifnull(sum(length(b.packed)), 0) FROM entries e JOIN bodies b "
                             "ON b.entry = e.id WHERE e.arrived >= {} AND e.arrived < ?",
                             base::to_unix(from)),
                 now - *rules.texts, found.texts);
  }
  if (rules.revisions) found.bytes += bytes_of(database, old_revisions_sql, now - *rules.revisions, found.revisions);
  if (rules.messages) found.bytes += bytes_of(database, old_messages_sql, now - *rules.messages, found.messages);
  return found;
}

Pruned prune(Database& database, const PruneRules& rules, base::Time now, const Progress& progress) {
  Pruned pruned;
  if (rules.revisions) {
    const base::Time until = now - *rules.revisions;
    pruned.bytes += bytes_of(database, old_revisions_sql, until, pruned.revisions);
    delete_in_steps(database,
                    "DELETE FROM revisions WHERE (entry, number) IN (SELECT entry, number FROM revisions WHERE at < ? "
                    "LIMIT ?)",
                    until);
  }
  if (rules.messages) {
    const base::Time until = now - *rules.messages;
    pruned.bytes += bytes_of(database, old_messages_sql, until, pruned.messages);
    delete_in_steps(database,
                    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('sent', 'dead', "
                    "'cancelled') AND created < ? AND NOT EXISTS (SELECT 1 FROM sign_ups WHERE letter = outbox.id) "
                    "LIMIT ?)",
                    until);
    delete_in_steps(database,
                    "DELETE FROM digests WHERE id IN (SELECT d.id FROM digests d WHERE d.built < ? AND NOT EXISTS "
                    "(SELECT 1 FROM outbox o WHERE o.digest = d.id) LIMIT ?)",
                    until);
  }
  if (rules.texts) prune_texts(database, now - *rules.texts, progress, pruned);
  return pruned;
}

void vacuum(Database& database) {
  run(database, "INSERT INTO entry_index(entry_index) VALUES ('optimize')");
  run(database, "VACUUM");
  run(database, "PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace sotevahti::archive
