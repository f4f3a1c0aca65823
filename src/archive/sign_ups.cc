#include "archive/sign_ups.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/query.h"
#include "base/hash.h"
#include "net/mail_address.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view sign_up_columns =
    "id, address, language, name, filter, rhythm, zone, asked, state = 'confirmed'";

SignUp read_sign_up(const Query& row) {
  SignUp sign_up;
  sign_up.id = row.integer(0);
  sign_up.address = row.text(1);
  sign_up.language = row.text(2);
  sign_up.name = row.text(3);
  sign_up.filter = row.text(4);
  const auto rhythm = Rhythm::parse(row.view(5));
  if (!rhythm) throw ArchiveError("a sign-up's rhythm cannot be read");
  sign_up.rhythm = *rhythm;
  sign_up.zone = row.text(6);
  sign_up.asked = row.time(7);
  sign_up.is_confirmed = row.flag(8);
  return sign_up;
}

Subscription subscription_of(const SignUp& asked, SubscriberId subscriber, base::Time now) {
  Subscription wanted;
  wanted.subscriber = subscriber;
  wanted.name = asked.name;
  wanted.filter = asked.filter;
  wanted.rhythm = asked.rhythm;
  wanted.zone = asked.zone;
  wanted.language = asked.language;
  wanted.since = wanted.window_start = now;
  return wanted;
}

Subscriber subscriber_of(const SignUp& asked, base::Time now) {
  Subscriber person;
  person.address = asked.address;
  person.language = asked.language;
  person.since = now;
  return person;
}

}  // namespace

base::Result<std::optional<SignUpId>> SignUps::ask(const SignUp& wish, const FilterNames& names) {
  const auto address = net::envelope_address(wish.address);
  if (!address) return tl::unexpected(address.error());
  if (const auto filter = parse_filter(wish.filter, names); !filter)
    return base::fail(filter.error().for_person(wish.filter));
  if (const auto zone = base::Zone::find(wish.zone); !zone) return tl::unexpected(zone.error());
  std::optional<SignUpId> id;
  database_.durable_transaction([&] {
    constexpr base::Seconds hour = std::chrono::hours(1);
    const auto lately = first_integer(database_, "SELECT count(*) FROM sign_ups WHERE asked > ?", wish.asked - hour);
    if (lately.value_or(0) >= static_cast<std::int64_t>(most_an_hour)) return;
    run(database_,
        "INSERT INTO sign_ups(address, language, name, filter, rhythm, zone, asked) VALUES (?, ?, ?, ?, ?, ?, ?)",
        *address, wish.language, wish.name, wish.filter, wish.rhythm.print(), wish.zone, wish.asked);
    id = first_integer(database_, "SELECT last_insert_rowid()");
  });
  return id;
}

std::vector<SignUp> SignUps::waiting() {
  static const std::string sql =
      fmt::format("SELECT {} FROM sign_ups WHERE state = 'asked' ORDER BY id", sign_up_columns);
  std::vector<SignUp> all;
  Query rows(database_, sql);
  while (rows.step()) all.push_back(read_sign_up(rows));
  return all;
}

std::size_t SignUps::letters_to(const std::string& address, base::Time since) {
  return static_cast<std::size_t>(
      first_integer(database_, "SELECT count(*) FROM sign_ups WHERE address = ? AND asked > ? AND letter IS NOT NULL",
                    address, since)
          .value_or(0));
}

void SignUps::mark_answered(SignUpId id, std::optional<std::int64_t> letter) {
  database_.durable_transaction(
      [&] { run(database_, "UPDATE sign_ups SET state = 'answered', letter = ? WHERE id = ?", letter, id); });
}

std::string SignUps::make_token(SignUpId id) {
  std::string token = base::random_token();
  database_.durable_transaction([&] {
    run(database_, "INSERT INTO sign_up_tokens(hash, sign_up) SELECT ?, id FROM sign_ups WHERE id = ?",
        base::sha256_hex(token), id);
    if (changed_rows(database_) == 0) token.clear();
  });
  return token;
}

std::optional<SignUp> SignUps::find(const std::string& token, base::Time now) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM sign_ups WHERE id = (SELECT sign_up FROM sign_up_tokens WHERE hash = ?) AND asked > ?",
      sign_up_columns);
  const std::string hash = base::sha256_hex(token);
  Query row(database_, sql);
  row.with(hash, now - kept);
  return row.step() ? std::optional(read_sign_up(row)) : std::nullopt;
}

base::Result<SubscriberId> SignUps::confirm(const SignUp& asked, const FilterNames& names, base::Time now) {
  // The catalogue may have changed since it was asked.
  if (const auto filter = parse_filter(asked.filter, names); !filter)
    return base::fail(filter.error().for_person(asked.filter));
  base::Result<SubscriberId> person = base::fail("the subscription has been ended and its reader is gone");
  People people(database_);
  database_.durable_transaction([&] {
    run(database_, "UPDATE sign_ups SET state = 'confirmed' WHERE id = ? AND state <> 'confirmed'", asked.id);
    const bool is_first = changed_rows(database_) > 0;
    const auto known = people.subscriber(asked.address);
    if (known) person = known->id;
    else if (is_first) person = people.add_subscriber(subscriber_of(asked, now));
    if (!is_first || !person) return;
    run(database_, "UPDATE subscribers SET confirmed = 1 WHERE id = ?", *person);
    if (is_like_another(asked, *person)) return;
    const auto added = people.add_subscription(subscription_of(asked, *person, now), names);
    if (!added) person = tl::unexpected(added.error());
  });
  return person;
}

bool SignUps::is_like_another(const SignUp& asked, SubscriberId subscriber) {
  const auto all = People(database_).subscriptions();
  return std::any_of(all.begin(), all.end(), [&](const Subscription& each) {
    return each.subscriber == subscriber && each.ended.empty() && each.channel.kind == Channel::Kind::mail &&
           each.filter == asked.filter && each.rhythm.print() == asked.rhythm.print();
  });
}

std::size_t SignUps::forget_old(base::Time now) {
  if (!first_integer(database_, "SELECT 1 FROM sign_ups WHERE asked <= ? LIMIT 1", now - kept)) return 0;
  std::int64_t forgotten = 0;
  database_.durable_transaction([&] {
    run(database_,
        "DELETE FROM outbox WHERE subscriber IS NULL AND id IN (SELECT letter FROM sign_ups WHERE asked <= ?)",
        now - kept);
    run(database_, "DELETE FROM sign_ups WHERE asked <= ?", now - kept);
    forgotten = changed_rows(database_);
  });
  return static_cast<std::size_t>(forgotten);
}

std::size_t SignUps::forget(const std::string& address) {
  std::int64_t forgotten = 0;
  database_.durable_transaction([&] {
    run(database_,
        "DELETE FROM outbox WHERE subscriber IS NULL AND id IN (SELECT letter FROM sign_ups WHERE address = ?)",
        address);
    run(database_, "DELETE FROM sign_ups WHERE address = ?", address);
    forgotten = changed_rows(database_);
  });
  return static_cast<std::size_t>(forgotten);
}

}  // namespace sotevahti::archive
