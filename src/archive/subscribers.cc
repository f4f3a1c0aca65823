// People: subscribers and the tokens of their mailed links.
#include <fmt/format.h>

#include "archive/people.h"
#include "archive/query.h"
#include "archive/sign_ups.h"
#include "base/hash.h"
#include "base/log.h"
#include "net/mail_address.h"
#include "text/utf8.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view subscriber_columns =
    "id, name, address, language, since, confirmed, hard_bounces, suspended, removed";

Subscriber read_subscriber(const Query& row) {
  return {
      row.integer(0), row.text(1), row.text(2), row.text(3), row.time(4), row.flag(5), static_cast<int>(row.integer(6)),
      row.text(7),    row.flag(8)};
}

std::string_view name_of(People::TokenUse use) {
  switch (use) {
    case People::TokenUse::unsubscribe: return "unsubscribe";
    case People::TokenUse::manage: return "manage";
    case People::TokenUse::confirm: return "confirm";
  }
  return "";
}

}  // namespace

std::string fit_name(std::string_view name) { return base::one_line(text::collapse_space(text::repair_utf8(name))); }

base::Result<SubscriberId> People::add_subscriber(const Subscriber& subscriber) {
  const auto address = net::envelope_address(subscriber.address);
  if (!address) return tl::unexpected(address.error());
  if (this->subscriber(*address)) return base::fail(fmt::format("{} is a subscriber already", *address));
  SubscriberId id = 0;
  database_.durable_transaction([&] {
    run(database_,
        "INSERT INTO subscribers(name, address, language, since, confirmed, hard_bounces, suspended) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        fit_name(subscriber.name), *address, subscriber.language, subscriber.since, subscriber.confirmed,
        subscriber.hard_bounces, subscriber.suspended);
    id = first_integer(database_, "SELECT last_insert_rowid()").value();
  });
  return id;
}

std::vector<Subscriber> People::subscribers() {
  static const std::string sql =
      fmt::format("SELECT {} FROM subscribers WHERE NOT removed ORDER BY address", subscriber_columns);
  std::vector<Subscriber> all;
  Query rows(database_, sql);
  while (rows.step()) all.push_back(read_subscriber(rows));
  return all;
}

std::optional<Subscriber> People::subscriber(SubscriberId id) {
  static const std::string sql =
      fmt::format("SELECT {} FROM subscribers WHERE id = ? AND NOT removed", subscriber_columns);
  Query row(database_, sql);
  row.with(id);
  return row.step() ? std::optional(read_subscriber(row)) : std::nullopt;
}

std::optional<Subscriber> People::subscriber(const std::string& address) {
  static const std::string sql =
      fmt::format("SELECT {} FROM subscribers WHERE address = ? AND NOT removed", subscriber_columns);
  const std::string known = net::envelope_address(address).value_or(address);
  Query row(database_, sql);
  row.with(known);
  return row.step() ? std::optional(read_subscriber(row)) : std::nullopt;
}

bool People::remove_subscriber(SubscriberId id) {
  bool removed = false;
  database_.durable_transaction([&] {
    run(database_, "UPDATE subscribers SET removed = 1 WHERE id = ? AND NOT removed", id);
    removed = changed_rows(database_) > 0;
    if (!removed) return;
    run(database_, "UPDATE subscriptions SET ended = 'the subscriber was removed' WHERE subscriber = ? AND ended = ''",
        id);
    run(database_, "UPDATE outbox SET state = 'cancelled' WHERE subscriber = ? AND state IN ('pending', 'failed')", id);
    run(database_, "DELETE FROM tokens WHERE subscriber = ?", id);
  });
  return removed;
}

std::vector<Subscriber> People::ever_with(const std::string& address) {
  static const std::string sql =
      fmt::format("SELECT {} FROM subscribers WHERE address = ? ORDER BY id DESC", subscriber_columns);
  const std::string known = net::envelope_address(address).value_or(address);
  std::vector<Subscriber> all;
  Query rows(database_, sql);
  rows.with(known);
  while (rows.step()) all.push_back(read_subscriber(rows));
  return all;
}

// The freed pages are overwritten, and the log that held the old ones is emptied.
bool People::erase_person(const std::string& address) {
  bool erased = false;
  const std::string known = net::envelope_address(address).value_or(address);
  run(database_, "PRAGMA secure_delete = ON");
  database_.durable_transaction([&] {
    const std::vector<Subscriber> all = ever_with(known);
    for (const Subscriber& each : all) erase(each.id);
    erased = SignUps(database_).forget(known) > 0 || !all.empty();
  });
  run(database_, "PRAGMA secure_delete = FAST");
  run(database_, "PRAGMA wal_checkpoint(TRUNCATE)");
  return erased;
}

void People::erase(SubscriberId id) {
  run(database_,
      "UPDATE subscribers SET name = '', address = 'erased-' || id, language = '', suspended = '', removed = 1 "
      "WHERE id = ?",
      id);
  run(database_, "DELETE FROM tokens WHERE subscriber = ?", id);
  run(database_, "DELETE FROM bounces WHERE subscriber = ?", id);
  run(database_, "DELETE FROM told WHERE subscriber = ?", id);
  run(database_, "DELETE FROM outbox WHERE subscriber = ?", id);
  run(database_, "DELETE FROM digests WHERE subscriber = ?", id);
  run(database_, "DELETE FROM windows WHERE subscription IN (SELECT id FROM subscriptions WHERE subscriber = ?)", id);
  run(database_, "DELETE FROM subscriptions WHERE subscriber = ?", id);
  run(database_, "DELETE FROM subscribers WHERE id = ?", id);
}

std::string People::make_token(SubscriberId subscriber, std::optional<SubscriptionId> subscription, TokenUse use,
                               base::Time now) {
  std::string token = base::random_token();
  database_.durable_transaction([&] {
    run(database_, "INSERT INTO tokens(hash, subscriber, subscription, use, created) VALUES (?, ?, ?, ?, ?)",
        base::sha256_hex(token), subscriber, subscription, name_of(use), now);
  });
  return token;
}

std::optional<People::TokenOwner> People::find_token(const std::string& token, TokenUse use) {
  const std::string hash = base::sha256_hex(token);
  Query row(database_,
            "SELECT t.subscriber, t.subscription FROM tokens t JOIN subscribers s ON s.id = t.subscriber "
            "WHERE t.hash = ? AND t.use = ? AND NOT s.removed");
  row.with(hash, name_of(use));
  if (!row.step()) return std::nullopt;
  return TokenOwner{row.integer(0), row.is_null(1) ? std::nullopt : std::optional(row.integer(1))};
}

}  // namespace sotevahti::archive
