// People: subscriptions. What one asks for is checked before it is kept.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/channels.h"
#include "archive/people.h"
#include "archive/query.h"
#include "text/types.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view subscription_columns =
    "id, subscriber, name, filter, rhythm, zone, channel, webhook_url, webhook_secret, webhook_style, language, "
    "max_items, since, window_start, paused, ended, reminders, calendar, alerted";
constexpr std::array<std::string_view, 5> style_names = {"standard", "slack", "teams", "mattermost", "matrix"};

Subscription read_subscription(const Query& row) {
  Subscription subscription;
  subscription.id = row.integer(0);
  subscription.subscriber = row.integer(1);
  subscription.name = row.text(2);
  subscription.filter = row.text(3);
  const auto rhythm = Rhythm::parse(row.view(4));
  if (!rhythm) throw ArchiveError("a subscription's rhythm cannot be read");
  subscription.rhythm = *rhythm;
  subscription.zone = row.text(5);
  subscription.channel = read_channel(row, 6);
  subscription.language = row.text(10);
  subscription.max_items = static_cast<std::size_t>(row.integer(11));
  subscription.since = row.time(12);
  subscription.window_start = row.time(13);
  subscription.paused = row.text(14);
  subscription.ended = row.text(15);
  const auto reminders = Reminders::parse(row.view(16));
  if (!reminders) throw ArchiveError("a subscription's reminders cannot be read");
  subscription.reminders = *reminders;
  subscription.attaches_calendar = row.flag(17);
  subscription.alerted = row.time(18);
  return subscription;
}

base::Result<base::Done> check_channel(const Channel& channel) {
  if (channel.kind == Channel::Kind::mail) return base::Done{};
  if (!text::Url::parse(channel.url)) {
    return base::fail(fmt::format("\"{}\" is no http or https address for a webhook", channel.url));
  }
  if (std::find(style_names.begin(), style_names.end(), channel.style) == style_names.end()) {
    return base::fail(
        fmt::format("\"{}\" is no style of webhook; there are {}", channel.style, fmt::join(style_names, ", ")));
  }
  return base::Done{};
}

base::Result<base::Done> check(const Subscription& subscription, const FilterNames& names) {
  if (const auto filter = parse_filter(subscription.filter, names); !filter) {
    return base::fail(filter.error().for_person(subscription.filter));
  }
  if (const auto zone = base::Zone::find(subscription.zone); !zone) return tl::unexpected(zone.error());
  if (const auto rhythm = Rhythm::parse(subscription.rhythm.print()); !rhythm) return tl::unexpected(rhythm.error());
  if (const auto reminders = Reminders::parse(subscription.reminders.print()); !reminders)
    return tl::unexpected(reminders.error());
  if (subscription.max_items == 0 || subscription.max_items > Subscription::most_items) {
    return base::fail(
        fmt::format("a digest holds 1 to {} items, not {}", Subscription::most_items, subscription.max_items));
  }
  return check_channel(subscription.channel);
}

}  // namespace

base::Result<SubscriptionId> People::add_subscription(const Subscription& subscription, const FilterNames& names) {
  if (auto checked = check(subscription, names); !checked) return tl::unexpected(checked.error());
  if (!subscriber(subscription.subscriber)) {
    return base::fail(fmt::format("there is no subscriber {}", subscription.subscriber));
  }
  const base::Time window_start =
      subscription.window_start == base::Time{} ? subscription.since : subscription.window_start;
  const Channel& channel = subscription.channel;
  SubscriptionId id = 0;
  database_.durable_transaction([&] {
    run(database_,
        "INSERT INTO subscriptions(subscriber, name, filter, rhythm, zone, channel, webhook_url, webhook_secret, "
        "webhook_style, language, max_items, since, window_start, paused, ended, reminders, calendar, alerted) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        subscription.subscriber, fit_name(subscription.name), subscription.filter, subscription.rhythm.print(),
        subscription.zone, to_string(channel.kind), channel.url, channel.secret, channel.style, subscription.language,
        subscription.max_items, subscription.since, window_start, subscription.paused, subscription.ended,
        subscription.reminders.print(), subscription.attaches_calendar, window_start);
    id = first_integer(database_, "SELECT last_insert_rowid()").value();
  });
  return id;
}

base::Result<base::Done> People::change_subscription(const Subscription& subscription, const FilterNames& names) {
  if (auto checked = check(subscription, names); !checked) return tl::unexpected(checked.error());
  const Channel& channel = subscription.channel;
  bool changed = false;
  database_.durable_transaction([&] {
    run(database_,
        "UPDATE subscriptions SET name = ?, filter = ?, rhythm = ?, zone = ?, channel = ?, webhook_url = ?, "
        "webhook_secret = ?, webhook_style = ?, language = ?, max_items = ?, paused = ?, ended = ?, reminders = ?, "
        "calendar = ? WHERE id = ?",
        fit_name(subscription.name), subscription.filter, subscription.rhythm.print(), subscription.zone,
        to_string(channel.kind), channel.url, channel.secret, channel.style, subscription.language,
        subscription.max_items, subscription.paused, subscription.ended, subscription.reminders.print(),
        subscription.attaches_calendar, subscription.id);
    changed = changed_rows(database_) > 0;
  });
  if (!changed) return base::fail(fmt::format("there is no subscription {}", subscription.id));
  return base::Done{};
}

std::vector<Subscription> People::subscriptions() {
  static const std::string sql = fmt::format("SELECT {} FROM subscriptions ORDER BY id", subscription_columns);
  std::vector<Subscription> all;
  Query rows(database_, sql);
  while (rows.step()) all.push_back(read_subscription(rows));
  return all;
}

std::optional<Subscription> People::subscription(SubscriptionId id) {
  static const std::string sql = fmt::format("SELECT {} FROM subscriptions WHERE id = ?", subscription_columns);
  Query row(database_, sql);
  row.with(id);
  return row.step() ? std::optional(read_subscription(row)) : std::nullopt;
}

bool People::end_subscription(SubscriptionId id, const std::string& reason) {
  bool ended = false;
  database_.durable_transaction([&] {
    run(database_, "UPDATE subscriptions SET ended = ? WHERE id = ? AND ended = ''",
        reason.empty() ? std::string("ended") : reason, id);
    ended = changed_rows(database_) > 0;
  });
  return ended;
}

bool People::reopen_subscription(SubscriptionId id) {
  bool reopened = false;
  database_.durable_transaction([&] {
    run(database_, "UPDATE subscriptions SET ended = '' WHERE id = ? AND ended <> ''", id);
    reopened = changed_rows(database_) > 0;
  });
  return reopened;
}

bool People::change_secret(SubscriptionId id, const std::string& secret, base::Time old_until) {
  bool changed = false;
  database_.durable_transaction([&] {
    run(database_,
        "UPDATE subscriptions SET old_secret = webhook_secret, old_secret_until = ?, webhook_secret = ? "
        "WHERE id = ? AND channel = 'webhook'",
        old_until, secret, id);
    changed = changed_rows(database_) > 0;
  });
  return changed;
}

std::string People::signing_secrets(SubscriptionId id, base::Time at) {
  Query row(database_, "SELECT webhook_secret, old_secret, old_secret_until FROM subscriptions WHERE id = ?");
  row.with(id);
  if (!row.step()) return {};
  const bool both = !row.view(1).empty() && at < row.time(2);
  return both ? row.text(0) + ' ' + row.text(1) : row.text(0);
}

std::size_t People::rewind(base::Time now) {
  constexpr base::Seconds longest_wait = std::chrono::hours(48);  // between two attempts, with room
  if (!first_integer(database_, "SELECT 1 FROM subscriptions WHERE window_start > ? OR alerted > ? LIMIT 1", now, now))
    return 0;
  std::size_t windows = 0;
  database_.durable_transaction([&] {
    run(database_, "UPDATE subscriptions SET window_start = ? WHERE window_start > ?", now, now);
    windows = static_cast<std::size_t>(changed_rows(database_));
    run(database_, "UPDATE subscriptions SET alerted = ? WHERE alerted > ?", now, now);
    run(database_, "UPDATE told SET at = ? WHERE at > ?", now, now);
    run(database_,
        "UPDATE outbox SET next_attempt = ? WHERE next_attempt > ? AND state IN ('pending', 'leased', 'failed')", now,
        now + longest_wait);
  });
  return windows;
}

}  // namespace sotevahti::archive
