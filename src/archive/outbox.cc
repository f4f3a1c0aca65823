// Ledger: the outbox. Work is found by looking for rows without a result.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/channels.h"
#include "archive/ledger.h"
#include "archive/query.h"

namespace sotevahti::archive {
namespace {

using State = OutboxRow::State;

constexpr std::array<std::string_view, 6> state_names = {"pending", "leased", "sent", "failed", "dead", "cancelled"};
constexpr std::string_view outbox_columns =
    "id, digest, subscriber, subscription, channel, webhook_url, webhook_secret, webhook_style, recipient, "
    "message_id, payload, state, attempts, next_attempt, last_error, created, sent_at";

std::string_view to_string(State state) { return state_names[static_cast<std::size_t>(state)]; }

State state_named(std::string_view name) {
  const auto found = std::find(state_names.begin(), state_names.end(), name);
  if (found == state_names.end()) throw ArchiveError("an outbox row in an unknown state");
  return static_cast<State>(found - state_names.begin());
}

OutboxRow read_row(const Query& row) {
  OutboxRow out;
  out.id = row.integer(0);
  out.digest = row.integer(1);
  out.subscriber = row.integer(2);
  out.subscription = row.integer(3);
  out.channel = read_channel(row, 4);
  out.recipient = row.text(8);
  out.message_id = row.text(9);
  out.payload = row.text(10);
  out.state = state_named(row.view(11));
  out.attempts = static_cast<int>(row.integer(12));
  out.next_attempt = row.time(13);
  out.last_error = row.text(14);
  out.created = row.time(15);
  out.sent_at = row.maybe_time(16);
  return out;
}

}  // namespace

std::vector<OutboxRow> Ledger::lease(base::Time now, base::Time lease_until, std::size_t limit) {
  static const std::string due = fmt::format(
      "SELECT {} FROM outbox WHERE state IN ('pending', 'leased', 'failed') AND next_attempt <= ? "
      "ORDER BY next_attempt, id LIMIT ?",
      outbox_columns);
  std::vector<OutboxRow> leased;
  database_.durable_transaction([&] {
    Query rows(database_, due);
    rows.with(now, limit);
    while (rows.step()) leased.push_back(read_row(rows));
    for (OutboxRow& row : leased) {
      row.state = State::leased;
      row.next_attempt = lease_until;
      ++row.attempts;
      run(database_, "UPDATE outbox SET state = 'leased', next_attempt = ?, attempts = attempts + 1 WHERE id = ?",
          lease_until, row.id);
    }
  });
  return leased;
}

void Ledger::release_leases(base::Time now) {
  database_.durable_transaction([&] {
    run(database_, "UPDATE outbox SET next_attempt = ? WHERE state = 'leased' AND next_attempt > ?", now, now);
  });
}

std::optional<base::Time> Ledger::next_attempt() {
  const auto next = first_integer(database_,
                                  "SELECT next_attempt FROM outbox WHERE state IN ('pending', 'leased', 'failed') "
                                  "ORDER BY next_attempt LIMIT 1");
  return next ? std::optional(base::from_unix(*next)) : std::nullopt;
}

void Ledger::mark_sent(OutboxId id, base::Time at) {
  database_.durable_transaction(
      [&] { run(database_, "UPDATE outbox SET state = 'sent', sent_at = ?, last_error = '' WHERE id = ?", at, id); });
}

void Ledger::mark_failed(OutboxId id, const std::string& error, base::Time next_attempt) {
  database_.durable_transaction([&] {
    run(database_,
        "UPDATE outbox SET state = 'failed', last_error = ?, next_attempt = ? WHERE id = ? AND state = 'leased'", error,
        next_attempt, id);
  });
}

void Ledger::hand_back(OutboxId id, const std::string& why, base::Time next_attempt) {
  database_.durable_transaction([&] {
    run(database_,
        "UPDATE outbox SET state = 'failed', last_error = ?, next_attempt = ?, attempts = attempts - 1 "
        "WHERE id = ? AND state = 'leased'",
        why, next_attempt, id);
  });
}

void Ledger::mark_dead(OutboxId id, const std::string& error) {
  database_.durable_transaction([&] {
    run(database_, "UPDATE outbox SET state = 'dead', last_error = ? WHERE id = ? AND state <> 'sent'", error, id);
  });
}

std::vector<OutboxRow> Ledger::outbox(std::optional<OutboxRow::State> state, std::size_t limit) {
  static const std::string sql =
      fmt::format("SELECT {} FROM outbox WHERE ?1 IS NULL OR state = ?1 ORDER BY id DESC LIMIT ?2", outbox_columns);
  const auto name = state ? std::optional(to_string(*state)) : std::nullopt;
  std::vector<OutboxRow> all;
  Query rows(database_, sql);
  rows.with(name, limit);
  while (rows.step()) all.push_back(read_row(rows));
  return all;
}

std::optional<OutboxRow> Ledger::row(const std::string& message_id) {
  static const std::string sql = fmt::format("SELECT {} FROM outbox WHERE message_id = ?", outbox_columns);
  Query row(database_, sql);
  row.with(message_id);
  return row.step() ? std::optional(read_row(row)) : std::nullopt;
}

std::vector<std::pair<std::string, std::size_t>> Ledger::outbox_counts() {
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const std::string_view state : state_names) counts.emplace_back(state, 0);
  Query rows(database_, "SELECT state, count(*) FROM outbox GROUP BY state");
  while (rows.step())
    counts[static_cast<std::size_t>(state_named(rows.view(0)))].second = static_cast<std::size_t>(rows.integer(1));
  return counts;
}

bool Ledger::retry(OutboxId id, base::Time now) {
  bool changed = false;
  database_.durable_transaction([&] {
    run(database_,
        "UPDATE outbox SET state = 'pending', attempts = 0, next_attempt = ?1, created = ?1 "
        "WHERE id = ?2 AND state NOT IN ('sent', 'leased')",
        now, id);
    changed = changed_rows(database_) > 0;
  });
  return changed;
}

std::size_t Ledger::replay(OutboxId id, base::Time now) {
  std::size_t changed = 0;
  database_.durable_transaction([&] {
    run(database_,
        "UPDATE outbox SET state = 'pending', attempts = 0, next_attempt = ?1, created = ?1 "
        "WHERE id = ?2 AND state IN ('sent', 'dead', 'cancelled')",
        now, id);
    changed = static_cast<std::size_t>(changed_rows(database_));
  });
  return changed;
}

// Only what subscriptions brought: a letter about a confirmation is of no use later.
std::size_t Ledger::replay(const Replay& which, base::Time now) {
  std::size_t changed = 0;
  database_.durable_transaction([&] {
    run(database_,
        "UPDATE outbox SET state = 'pending', attempts = 0, next_attempt = ?1, created = ?1 "
        "WHERE created >= ?2 AND created < ?3 AND (?4 = 0 OR subscription = ?4) AND (digest IS NOT NULL OR "
        "subscription IS NOT NULL) "
        "AND (state IN ('dead', 'cancelled') OR (?5 AND state = 'sent'))",
        now, which.since, which.until, which.subscription, which.sent_too);
    changed = static_cast<std::size_t>(changed_rows(database_));
  });
  return changed;
}

bool Ledger::cancel(OutboxId id) {
  bool changed = false;
  database_.durable_transaction([&] {
    run(database_, "UPDATE outbox SET state = 'cancelled' WHERE id = ? AND state IN ('pending', 'failed')", id);
    changed = changed_rows(database_) > 0;
  });
  return changed;
}

}  // namespace sotevahti::archive
