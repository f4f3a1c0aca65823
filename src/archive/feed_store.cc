#include "archive/feed_store.h"

#include <fmt/format.h>

#include "archive/entry_store.h"
#include "archive/feed_rows.h"
#include "archive/meta.h"
#include "archive/query.h"
#include "base/hash.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view state_columns =
    "id, url, catalogue_url, etag, last_modified, body_hash, next_poll, last_poll, last_success, last_new_entry, "
    "failures, failing_since, failure_cause, failure_detail, interval, redirect_to, redirect_since, discovered_at, "
    "permanent_from, polled, unchanged, entries, first_poll_done, redirect_refused, not_before, skip_hours, skip_days, "
    "usual_gap, flooded_at, flooded_entries, hub, topic";

FeedState read_state(const Query& row) {
  FeedState state;
  int column = 0;
  const auto text = [&] { return row.text(column++); };
  const auto integer = [&] { return row.integer(column++); };
  const auto maybe_time = [&] { return row.maybe_time(column++); };
  state.feed_id = text();
  state.url = text();
  state.catalogue_url = text();
  state.validators.etag = text();
  state.validators.last_modified = text();
  state.body_hash = static_cast<std::uint64_t>(integer());
  state.next_poll = base::from_unix(integer());
  state.last_poll = maybe_time();
  state.last_success = maybe_time();
  state.last_new_entry = maybe_time();
  state.failures = static_cast<int>(integer());
  state.failing_since = maybe_time();
  if (!row.is_null(column)) state.failure = PollFailure{row.text(column), row.text(column + 1)};
  column += 2;
  state.interval = base::Seconds(integer());
  state.redirect_to = text();
  state.redirect_since = maybe_time();
  state.discovered_at = maybe_time();
  state.permanent_from = text();
  state.polls = static_cast<std::uint64_t>(integer());
  state.unchanged = static_cast<std::uint64_t>(integer());
  state.entries = static_cast<std::uint64_t>(integer());
  state.first_poll_done = integer() != 0;
  state.redirect_refused = text();
  state.not_before = base::Seconds(integer());
  state.skip_hours = static_cast<std::uint32_t>(integer());
  state.skip_days = static_cast<std::uint32_t>(integer());
  state.usual_gap = base::Seconds(integer());
  state.flooded_at = maybe_time();
  state.flooded_entries = static_cast<std::uint64_t>(integer());
  state.hub = text();
  state.topic = text();
  return state;
}

// Whatever the archive keeps of it, to tell whether it has changed.
std::string words_of(const config::Catalogue& catalogue) {
  std::string words;
  for (const config::Feed& feed : catalogue.feeds())
    for (const std::string_view word :
         {std::string_view(feed.id), std::string_view(feed.title), std::string_view(feed.publisher),
          std::string_view(feed.kind), config::to_string(feed.role), std::string_view(feed.lang)})
      words.append(word).push_back('\0');
  return words;
}

}  // namespace

std::vector<FeedState> FeedStore::states() {
  static const std::string sql =
      fmt::format("SELECT {} FROM feeds JOIN polls ON feed = number ORDER BY id", state_columns);
  std::vector<FeedState> states;
  Query rows(database_, sql);
  while (rows.step()) states.push_back(read_state(rows));
  return states;
}

std::optional<FeedState> FeedStore::state(const std::string& feed_id) {
  static const std::string sql =
      fmt::format("SELECT {} FROM feeds JOIN polls ON feed = number WHERE id = ?", state_columns);
  Query row(database_, sql);
  row.with(feed_id);
  return row.step() ? std::optional(read_state(row)) : std::nullopt;
}

void FeedStore::write_next_polls(std::span<const std::pair<std::string, base::Time>> due) {
  database_.transaction([&] {
    for (const auto& [feed_id, next_poll] : due) {
      const auto write = [&] {
        run(database_, "UPDATE polls SET next_poll = ? WHERE feed = (SELECT number FROM feeds WHERE id = ?)", next_poll,
            feed_id);
      };
      write();
      if (changed_rows(database_) > 0) continue;  // nearly all are known, and to try to insert one costs as much again
      run(database_, "INSERT INTO feeds(id) VALUES (?)", feed_id);
      write();
    }
  });
}

std::vector<std::pair<std::string, base::Time>> FeedStore::quiet_hosts(base::Time now) {
  std::vector<std::pair<std::string, base::Time>> hosts;
  Query rows(database_, "SELECT host, until FROM quiet_hosts WHERE until > ?");
  rows.with(now);
  while (rows.step()) hosts.emplace_back(rows.text(0), rows.time(1));
  return hosts;
}

void FeedStore::write_quiet_host(const std::string& host, base::Time until) {
  run(database_,
      "INSERT INTO quiet_hosts(host, until) VALUES (?, ?) ON CONFLICT(host) DO UPDATE SET until = excluded.until", host,
      until);
}

bool FeedStore::revert_redirect(const std::string& feed_id) {
  run(database_,
      "UPDATE feeds SET redirect_refused = url, url = permanent_from, permanent_from = '', redirect_to = '', "
      "redirect_since = NULL, etag = '', last_modified = '', body_hash = 0 WHERE id = ? AND permanent_from <> ''",
      feed_id);
  if (changed_rows(database_) == 0) return false;
  run(database_, "UPDATE polls SET row_hash = 0 WHERE feed = (SELECT number FROM feeds WHERE id = ?)", feed_id);
  return true;
}

void FeedStore::write_catalogue(const config::Catalogue& catalogue) {
  const std::string hash = base::to_hex(base::hash64(words_of(catalogue)));
  if (read_meta(database_, "catalogue") == hash) return;
  database_.transaction([&] {
    for (const config::Feed& feed : catalogue.feeds()) {
      run(database_,
          "INSERT INTO feeds(id, title, publisher, kind, role, lang) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
          "ON CONFLICT(id) DO UPDATE SET title = ?2, publisher = ?3, kind = ?4, role = ?5, lang = ?6 "
          "WHERE (title, publisher, kind, role, lang) <> (?2, ?3, ?4, ?5, ?6)",
          feed.id, feed.title, feed.publisher, feed.kind, config::to_string(feed.role), feed.lang);
    }
    write_meta(database_, "catalogue", hash);
  });
}

std::vector<bool> FeedStore::known_unchanged(const std::string& feed_id, std::span<const feed::Item> items) {
  std::vector<bool> known(items.size(), false);
  const auto number = first_integer(
      database_, "SELECT number FROM feeds WHERE id = ? AND EXISTS (SELECT 1 FROM entry_keys WHERE feed = number)",
      feed_id);
  if (!number) return known;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::int64_t key = keys_of(items[i]).names.front();
    const auto entry = find_entry(database_, *number, key);
    known[i] = entry && content_hash_of(database_, *entry) == items[i].content_hash;
  }
  return known;
}

FeedRow feed_row(Database& database, const FeedState& state) {
  run(database, "INSERT INTO feeds(id, catalogue_url) VALUES (?, ?) ON CONFLICT DO NOTHING", state.feed_id,
      state.catalogue_url);
  Query row(database,
            "SELECT number, role IN ('official', 'ministry'), first_poll_done AND catalogue_url = ?, "
            "EXISTS (SELECT 1 FROM entry_keys WHERE feed = number), publisher FROM feeds WHERE id = ?");
  row.with(state.catalogue_url, state.feed_id);
  row.step();
  return {row.integer(0), row.flag(1), row.flag(2), row.flag(3), row.text(4)};
}

namespace {

// Of what write_unchanged() writes into the feed's own row, to know without a look at it that it stands there already.
// Never 0, which is "not known".
std::int64_t row_hash(const FeedState& state) {
  std::string words;
  for (const std::string* word :
       {&state.validators.etag, &state.validators.last_modified, &state.url, &state.redirect_to, &state.permanent_from})
    words.append(*word).push_back('\0');
  const std::int64_t since = state.redirect_since ? base::to_unix(*state.redirect_since) : -1;
  return static_cast<std::int64_t>(base::hash64(fmt::format("{}{}", words, since)) | 1);
}

// Where a hash is asked for, only a row that has it.
void write_poll(Database& database, const FeedState& state, std::int64_t hash,
                std::optional<std::int64_t> known_hash = std::nullopt) {
  run(database,
      "UPDATE polls SET next_poll = ?, last_poll = ?, last_success = ?, interval = ?, polled = ?, unchanged = ?, "
      "row_hash = ? WHERE feed = (SELECT number FROM feeds WHERE id = ?) AND row_hash = coalesce(?, row_hash)",
      state.next_poll, state.last_poll, state.last_success, state.interval.count(), state.polls, state.unchanged, hash,
      state.feed_id, known_hash);
}

}  // namespace

void write_state(Database& database, const FeedState& state) {
  const auto failure_cause = state.failure ? std::optional(state.failure->cause) : std::nullopt;
  const auto failure_detail = state.failure ? std::optional(state.failure->detail) : std::nullopt;
  run(database,
      "UPDATE feeds SET url = ?, catalogue_url = ?, etag = ?, last_modified = ?, body_hash = ?, last_new_entry = ?, "
      "failures = ?, failing_since = ?, failure_cause = ?, failure_detail = ?, redirect_to = ?, redirect_since = ?, "
      "discovered_at = ?, permanent_from = ?, entries = ?, first_poll_done = ?, redirect_refused = ?, not_before = ?, "
      "skip_hours = ?, skip_days = ?, usual_gap = ?, flooded_at = ?, flooded_entries = ?, hub = ?, topic = ? "
      "WHERE id = ?",
      state.url, state.catalogue_url, state.validators.etag, state.validators.last_modified,
      static_cast<std::int64_t>(state.body_hash), state.last_new_entry, state.failures, state.failing_since,
      failure_cause, failure_detail, state.redirect_to, state.redirect_since, state.discovered_at, state.permanent_from,
      state.entries, state.first_poll_done, state.redirect_refused, state.not_before.count(), state.skip_hours,
      state.skip_days, state.usual_gap.count(), state.flooded_at, state.flooded_entries, state.hub, state.topic,
      state.feed_id);
  write_poll(database, state, state.failure || state.failures > 0 ? 0 : row_hash(state));
}

void write_unchanged(Database& database, const FeedState& state) {
  const std::int64_t hash = row_hash(state);
  write_poll(database, state, hash, hash);
  if (changed_rows(database) > 0) return;
  run(database,
      "UPDATE feeds SET etag = ?, last_modified = ?, failures = 0, failing_since = NULL, failure_cause = NULL, "
      "failure_detail = NULL, url = ?, redirect_to = ?, redirect_since = ?, permanent_from = ? WHERE id = ?",
      state.validators.etag, state.validators.last_modified, state.url, state.redirect_to, state.redirect_since,
      state.permanent_from, state.feed_id);
  write_poll(database, state, hash);
}

}  // namespace sotevahti::archive
