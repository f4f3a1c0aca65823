// Some days of an archive and its outbox, to be cut short: what was promised on the way, and how what
// is found afterwards is judged.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "archive/feed_store.h"
#include "deliver/world.h"

namespace sotevahti::deliver {

constexpr int editions = 4;
constexpr int entries_each = 3;

// News by an edition's number; the feed's validator names the edition.
inline void publish_edition(World& world, int edition) {
  archive::PollOutcome outcome;
  outcome.kind = archive::PollOutcome::Kind::updated;
  outcome.state = *archive::FeedStore(*world.database).state("pirha");
  outcome.state.validators.etag = "\"" + std::to_string(edition) + "\"";
  outcome.at = world.clock.now();
  for (int i = 0; i < entries_each; ++i) {
    const std::string key = std::to_string(edition) + "-" + std::to_string(i);
    outcome.entries.push_back(world.entry(key, "Hyvinvointialueen uutinen numero " + key));
  }
  archive::FeedStore(*world.database).store_polls(std::vector{outcome});
}

enum class Promise { decided, sent };
// Called when it is given, with the Message-ID; of one id more than once.
using Promised = std::function<void(Promise, const std::string& id)>;

// A cycle of the service: news, the decision to tell, the sending, four times; then the end.
inline void live(World& world, const Promised& promised) {
  world.subscribe(world.subscriber("aino@example.com"), "daily 07:00");
  for (int edition = 1; edition <= editions; ++edition) {
    publish_edition(world, edition);
    world.clock.set(helsinki(2026, 2, 19 + static_cast<unsigned>(edition), 7, 1));
    world.build();
    for (const auto& row : world.outbox()) promised(Promise::decided, row.message_id);
    archive::Ledger ledger(*world.database);
    for (const auto& row : ledger.lease(world.clock.now(), world.clock.now() + 5min, 10)) {
      ledger.mark_sent(row.id, world.clock.now());
      promised(Promise::sent, row.message_id);
    }
  }
}

inline std::unique_ptr<archive::Database> open(const std::filesystem::path& file) {
  archive::OpenOptions options;
  options.lexicon_cache_bytes = std::size_t{4} << 20;
  return must(archive::Database::open(file, options));
}

inline std::set<std::string> keys_of(archive::Database& database) {
  std::set<std::string> keys;
  SQLite::Statement rows(database.sqlite(), "SELECT url FROM entries");
  while (rows.executeStep())
    keys.insert(rows.getColumn(0).getString().substr(std::string_view("https://www.pirha.fi/").size()));
  return keys;
}

// The validator tells the publisher what we have: were it ahead of the entries, they would be lost for good.
inline void expect_no_validator_ahead(archive::Database& database) {
  const auto state = archive::FeedStore(database).state("pirha");
  if (!state || state->validators.etag.empty()) return;
  const std::set<std::string> keys = keys_of(database);
  const int edition = std::stoi(state->validators.etag.substr(1));
  for (int e = 1; e <= edition; ++e)
    for (int i = 0; i < entries_each; ++i)
      EXPECT_EQ(keys.count(std::to_string(e) + "-" + std::to_string(i)), 1U) << "edition " << e;
}

}  // namespace sotevahti::deliver
