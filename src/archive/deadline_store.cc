#include "archive/deadline_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "archive/query.h"
#include "base/zone.h"

namespace sotevahti::archive {
namespace {

using std::chrono::year_month_day;

std::optional<std::string> iso(const std::optional<year_month_day>& day) {
  return day ? std::optional(base::to_iso_date(*day)) : std::nullopt;
}

std::optional<year_month_day> day_at(const Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  const auto day = base::parse_iso_date(row.view(column));
  if (!day) throw ArchiveError("a deadline's day cannot be read");
  return *day;
}

// An edit's deadlines beside those before it: first what stayed, then what became of another kind, then what moved.
struct Pairing {
  std::vector<std::optional<std::size_t>> partner;  // of each new one, an old one
  std::vector<bool> taken;                          // of each old one

  Pairing(const std::vector<StoredDeadline>& old, const std::vector<tag::Deadline>& now)
      : partner(now.size()), taken(old.size()) {
    pair(old, now,
         [](const tag::Deadline& a, const tag::Deadline& b) { return a.kind == b.kind && a.closes == b.closes; });
    pair(old, now, [](const tag::Deadline& a, const tag::Deadline& b) { return a.closes == b.closes; });
    pair(old, now, [](const tag::Deadline& a, const tag::Deadline& b) { return a.kind == b.kind; });
  }

 private:
  template <class Same>
  void pair(const std::vector<StoredDeadline>& old, const std::vector<tag::Deadline>& now, const Same& same) {
    for (std::size_t n = 0; n < now.size(); ++n) {
      for (std::size_t o = 0; o < old.size() && !partner[n]; ++o) {
        if (taken[o] || !same(old[o].deadline, now[n])) continue;
        partner[n] = o;
        taken[o] = true;
      }
    }
  }
};

// The platform's own field, which no rule finds.
bool is_declared(const StoredDeadline& old) { return old.deadline.evidence.field == tag::Field::feed; }

// The text still says the day from which the deadline was moved.
bool is_day_of(const StoredDeadline& old, const tag::Deadline& found) {
  return old.deadline.closes == found.closes || old.moved_from == found.closes;
}

}  // namespace

void DeadlineStore::add(EntryId entry, const std::vector<tag::Deadline>& deadlines) {
  for (const tag::Deadline& deadline : deadlines) {
    const auto opens = iso(deadline.opens);
    const std::string closes = base::to_iso_date(deadline.closes);
    const auto minute =
        deadline.time_of_day ? std::optional<std::int64_t>(deadline.time_of_day->count()) : std::nullopt;
    run(database_,
        "INSERT INTO deadlines(entry, kind, opens, closes, minute, confidence, extended, quote, field, at, until, "
        "rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry, to_string(deadline.kind), opens, closes, minute, deadline.confidence, deadline.extended, deadline.quote,
        static_cast<int>(deadline.evidence.field), deadline.evidence.begin, deadline.evidence.end,
        deadline.evidence.rule);
  }
}

std::vector<StoredDeadline> DeadlineStore::of(EntryId entry) {
  static const std::string sql =
      fmt::format("SELECT {} FROM deadlines d WHERE d.entry = ? ORDER BY d.closes, d.id", deadline_columns);
  Query rows(database_, sql);
  rows.with(entry);
  std::vector<StoredDeadline> deadlines;
  while (rows.step()) deadlines.push_back(read_deadline(rows, 0));
  return deadlines;
}

StoredDeadline read_deadline(const Query& row, int first) {
  StoredDeadline stored;
  tag::Deadline& deadline = stored.deadline;
  stored.id = row.integer(first);
  const auto kind = tag::deadline_kind(row.view(first + 1));
  if (!kind) throw ArchiveError(fmt::format("a deadline of an unknown kind, {}", row.view(first + 1)));
  deadline.kind = *kind;
  deadline.opens = day_at(row, first + 2);
  deadline.closes = *day_at(row, first + 3);
  if (!row.is_null(first + 4)) deadline.time_of_day = std::chrono::minutes(row.integer(first + 4));
  deadline.confidence = row.real(first + 5);
  deadline.extended = row.flag(first + 6);
  stored.withdrawn = row.flag(first + 7);
  stored.moved_from = day_at(row, first + 8);
  deadline.quote = row.text(first + 9);
  deadline.evidence = {static_cast<tag::Field>(row.integer(first + 10)),
                       static_cast<std::uint32_t>(row.integer(first + 11)),
                       static_cast<std::uint32_t>(row.integer(first + 12)), deadline.quote, row.text(first + 13)};
  stored.changed_at = row.maybe_time(first + 14);
  return stored;
}

bool DeadlineStore::revise(EntryId entry, const std::vector<tag::Deadline>& deadlines, base::Time at) {
  std::vector<StoredDeadline> old = of(entry);
  std::erase_if(old, [](const StoredDeadline& deadline) { return deadline.withdrawn; });
  const Pairing pairing(old, deadlines);
  bool changed = false;
  for (std::size_t n = 0; n < deadlines.size(); ++n) {
    if (!pairing.partner[n]) {
      add(entry, {deadlines[n]});
      continue;
    }
    const StoredDeadline& before = old[*pairing.partner[n]];
    if (before.deadline.closes != deadlines[n].closes) {
      move(before, deadlines[n], at);
      changed = true;
    } else if (before.deadline.kind != deadlines[n].kind) {
      rewrite(before.id, deadlines[n]);
    }
  }
  for (std::size_t o = 0; o < old.size(); ++o) {
    if (pairing.taken[o]) continue;
    withdraw(old[o], at);
    changed = true;
  }
  return changed;
}

DeadlineStore::Corrected DeadlineStore::correct(EntryId entry, const std::vector<tag::Deadline>& deadlines) {
  Corrected corrected;
  std::vector<StoredDeadline> known = of(entry);
  std::vector<const tag::Deadline*> unmet;
  for (const tag::Deadline& found : deadlines) {
    const auto declared = [&](const StoredDeadline& old) { return is_declared(old) && is_day_of(old, found); };
    if (std::none_of(known.begin(), known.end(), declared)) unmet.push_back(&found);
  }
  // First what stayed of its kind, so that none of another kind takes its place.
  for (const bool of_its_kind : {true, false}) {
    std::erase_if(unmet, [&](const tag::Deadline* found) {
      const auto same = std::find_if(known.begin(), known.end(), [&](const StoredDeadline& old) {
        return is_day_of(old, *found) && (of_its_kind ? old.deadline.kind == found->kind : !is_declared(old));
      });
      if (same == known.end()) return false;
      if (!of_its_kind) {
        corrected.removed.push_back(same->deadline.kind);
        corrected.added.push_back(found->kind);
      }
      if (same->deadline.closes == found->closes) rewrite(same->id, *found);
      known.erase(same);
      return true;
    });
  }
  for (const tag::Deadline* found : unmet) {
    add(entry, {*found});
    corrected.added.push_back(found->kind);
  }
  for (const StoredDeadline& old : known) {
    if (is_declared(old) || old.withdrawn || old.moved_from) continue;
    run(database_, "DELETE FROM deadlines WHERE id = ?", old.id);
    corrected.removed.push_back(old.deadline.kind);
  }
  return corrected;
}

void DeadlineStore::rewrite(std::int64_t id, const tag::Deadline& now) {
  const auto minute = now.time_of_day ? std::optional<std::int64_t>(now.time_of_day->count()) : std::nullopt;
  run(database_,
      "UPDATE deadlines SET kind = ?, opens = ?, closes = ?, minute = ?, confidence = ?, extended = ?, quote = ?, "
      "field = ?, "
      "at = ?, until = ?, rule = ? WHERE id = ?",
      to_string(now.kind), iso(now.opens), base::to_iso_date(now.closes), minute, now.confidence, now.extended,
      now.quote, static_cast<int>(now.evidence.field), now.evidence.begin, now.evidence.end, now.evidence.rule, id);
}

void DeadlineStore::move(const StoredDeadline& old, const tag::Deadline& now, base::Time at) {
  const std::string from = base::to_iso_date(old.deadline.closes);
  rewrite(old.id, now);
  run(database_, "UPDATE deadlines SET moved_from = ? WHERE id = ?", from, old.id);
  run(database_, "INSERT OR REPLACE INTO deadline_moves(deadline, at, moved_from, moved_to) VALUES (?, ?, ?, ?)",
      old.id, at, from, base::to_iso_date(now.closes));
}

void DeadlineStore::withdraw(const StoredDeadline& old, base::Time at) {
  run(database_, "UPDATE deadlines SET withdrawn = 1 WHERE id = ?", old.id);
  run(database_, "INSERT OR REPLACE INTO deadline_moves(deadline, at, moved_from) VALUES (?, ?, ?)", old.id, at,
      base::to_iso_date(old.deadline.closes));
}

}  // namespace sotevahti::archive
