// Ledger: the decision to send, and digests as they were sent.
#include "archive/ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/body.h"
#include "archive/channels.h"
#include "archive/query.h"
#include "base/hash.h"

namespace sotevahti::archive {
bool Ledger::commit(const Decision& decision) {
  bool committed = false;
  database_.durable_transaction([&] {
    if (!is_open(decision)) return;
    write(decision);
    committed = true;
  });
  return committed;
}

bool Ledger::is_open(const Decision& decision) {
  const std::string_view start_of = decision.is_alert ? "SELECT alerted FROM subscriptions WHERE id = ?"
                                                      : "SELECT window_start FROM subscriptions WHERE id = ?";
  for (const Decision::Window& window : decision.windows) {
    const auto start = first_integer(database_, start_of, window.subscription);
    if (!start || base::to_unix(window.from) < *start || window.to <= window.from) return false;
  }
  if (!decision.is_alert) return true;
  const base::Time now = decision.digest.to;
  return std::none_of(decision.stories.begin(), decision.stories.end(), [&](StoryId story) {
    return first_integer(database_, "SELECT 1 FROM told WHERE subscriber = ? AND webhook = ? AND story = ? AND at >= ?",
                         decision.subscriber, decision.webhook, story, now)
        .has_value();
  });
}

// An alert leaves the digests' windows as they are.
void Ledger::close(const Decision::Window& window, bool is_alert, std::optional<DigestId> digest) {
  if (is_alert) {
    run(database_, "UPDATE subscriptions SET alerted = ? WHERE id = ? AND reminders LIKE 'alert%'", window.to,
        window.subscription);
    return;
  }
  // Replaced only where a clock was set back.
  run(database_, "INSERT OR REPLACE INTO windows(subscription, starts, ends, digest) VALUES (?, ?, ?, ?)",
      window.subscription, window.from, window.to, digest);
  run(database_, "UPDATE subscriptions SET window_start = ? WHERE id = ?", window.to, window.subscription);
  run(database_, "UPDATE subscriptions SET alerted = ? WHERE id = ? AND reminders NOT LIKE 'alert%'", window.to,
      window.subscription);
}

void Ledger::write(const Decision& decision) {
  std::optional<DigestId> digest;
  if (decision.row || !decision.digest.entries.empty()) digest = write_digest(decision);
  base::Time latest = decision.is_alert ? decision.digest.to : base::Time{};
  for (const Decision::Window& window : decision.windows) {
    close(window, decision.is_alert, digest);
    latest = std::max(latest, window.to);
  }
  for (const StoryId story : decision.stories) {
    run(database_,
        "INSERT INTO told(subscriber, webhook, story, at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
        decision.subscriber, decision.webhook, story, latest);
  }
  for (const StoryId story : decision.reminded)
    run(database_, "INSERT OR IGNORE INTO told(subscriber, webhook, story, at) VALUES (?, ?, ?, ?)",
        decision.subscriber, decision.webhook, story, latest);
  if (!decision.row) return;
  OutboxRow row = *decision.row;
  row.subscriber = decision.subscriber;
  write_row(row, digest);
}

DigestId Ledger::write_digest(const Decision& decision) {
  const StoredDigest& digest = decision.digest;
  const std::string packed = pack_texts({digest.subject, digest.html, digest.text});
  const std::string token = digest.public_token.empty() ? base::random_token() : digest.public_token;
  run(database_, "INSERT INTO digests(public_token, subscriber, starts, ends, built, packed) VALUES (?, ?, ?, ?, ?, ?)",
      token, decision.subscriber, digest.from, digest.to, digest.built, Blob{packed});
  const DigestId id = first_integer(database_, "SELECT last_insert_rowid()").value();
  for (std::size_t i = 0; i < digest.entries.size(); ++i) {
    run(database_, "INSERT INTO digest_items(digest, position, entry) VALUES (?, ?, ?)", id, i, digest.entries[i]);
  }
  return id;
}

OutboxId Ledger::write_row(const OutboxRow& row, std::optional<DigestId> digest) {
  const auto subscriber = row.subscriber == 0 ? std::nullopt : std::optional(row.subscriber);
  const auto subscription = row.subscription == 0 ? std::nullopt : std::optional(row.subscription);
  run(database_,
      "INSERT INTO outbox(digest, subscriber, subscription, channel, webhook_url, webhook_secret, webhook_style, "
      "recipient, message_id, payload, state, next_attempt, created) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)",
      digest, subscriber, subscription, to_string(row.channel.kind), row.channel.url, row.channel.secret,
      row.channel.style, row.recipient, row.message_id, Blob{row.payload}, row.next_attempt, row.created);
  return first_integer(database_, "SELECT last_insert_rowid()").value();
}

OutboxId Ledger::enqueue(const OutboxRow& row) {
  OutboxId id = 0;
  database_.durable_transaction([&] { id = write_row(row, std::nullopt); });
  return id;
}

void Ledger::enqueue_once(const OutboxRow& row) {
  database_.durable_transaction([&] {
    if (!first_integer(database_, "SELECT id FROM outbox WHERE message_id = ?", row.message_id))
      write_row(row, std::nullopt);
  });
}

std::optional<base::Time> Ledger::told(const Subscription& subscription, StoryId story) {
  const SubscriptionId webhook = subscription.channel.kind == Channel::Kind::webhook ? subscription.id : 0;
  const auto at = first_integer(database_, "SELECT at FROM told WHERE subscriber = ? AND webhook = ? AND story = ?",
                                subscription.subscriber, webhook, story);
  return at ? std::optional(base::from_unix(*at)) : std::nullopt;
}

namespace {

constexpr std::string_view digest_columns = "id, subscriber, starts, ends, built, packed, public_token";

std::vector<SubscriptionId> subscriptions(Database& database, DigestId digest) {
  std::vector<SubscriptionId> all;
  Query windows(database, "SELECT subscription FROM windows WHERE digest = ? ORDER BY subscription");
  windows.with(digest);
  while (windows.step()) all.push_back(windows.integer(0));
  return all;
}

StoredDigest read_digest(Database& database, const Query& row) {
  StoredDigest digest;
  digest.id = row.integer(0);
  digest.subscriber = row.integer(1);
  digest.from = row.time(2);
  digest.to = row.time(3);
  digest.built = row.time(4);
  std::vector<std::string> texts = unpack_texts(row.view(5));
  texts.resize(3);
  digest.subject = std::move(texts[0]);
  digest.html = std::move(texts[1]);
  digest.text = std::move(texts[2]);
  digest.public_token = row.text(6);
  Query entries(database, "SELECT entry FROM digest_items WHERE digest = ? ORDER BY position");
  entries.with(digest.id);
  while (entries.step()) digest.entries.push_back(entries.integer(0));
  digest.subscriptions = subscriptions(database, digest.id);
  return digest;
}

}  // namespace

std::optional<StoredDigest> Ledger::digest(DigestId id) {
  static const std::string sql = fmt::format("SELECT {} FROM digests WHERE id = ?", digest_columns);
  Query row(database_, sql);
  row.with(id);
  return row.step() ? std::optional(read_digest(database_, row)) : std::nullopt;
}

std::optional<StoredDigest> Ledger::digest(const std::string& public_token) {
  static const std::string sql = fmt::format("SELECT {} FROM digests WHERE public_token = ?", digest_columns);
  Query row(database_, sql);
  row.with(public_token);
  return row.step() ? std::optional(read_digest(database_, row)) : std::nullopt;
}

std::vector<SubscriptionId> Ledger::subscriptions_of(DigestId id) { return subscriptions(database_, id); }

std::vector<StoredDigest> Ledger::digests(std::size_t limit) {
  static const std::string sql = fmt::format("SELECT {} FROM digests ORDER BY id DESC LIMIT ?", digest_columns);
  std::vector<StoredDigest> all;
  Query rows(database_, sql);
  rows.with(limit);
  while (rows.step()) all.push_back(read_digest(database_, rows));
  return all;
}

}  // namespace sotevahti::archive
