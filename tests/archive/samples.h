// Entries and archives for the tests of this room.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "archive/feed_store.h"
#include "base/hash.h"
#include "base/zone.h"
#include "config/taxonomy.h"
#include "support/temp_folder.h"

namespace sotevahti::archive::samples {

// Noon of 20 February 2026, Helsinki.
inline base::Time start() {
  return base::Zone::helsinki().to_utc(
      {{std::chrono::year(2026), std::chrono::month(2), std::chrono::day(20)}, 12, 0, 0});
}

inline std::unique_ptr<Database> open(const std::filesystem::path& file, Access access = Access::write) {
  OpenOptions options;
  options.access = access;
  options.lexicon_cache_bytes = std::size_t{4} << 20;
  auto database = Database::open(file, options);
  if (!database) throw std::runtime_error(database.error().message);
  return std::move(*database);
}

inline const config::Taxonomy& taxonomy() {
  static const config::Taxonomy built_in = [] {
    auto loaded = config::load_taxonomy({});
    if (!loaded) throw std::runtime_error(loaded.error().message);
    return *loaded;
  }();
  return built_in;
}

inline IncomingEntry entry(const std::string& key, const std::string& title, const std::string& text,
                           base::Time published, const std::string& language = "fi") {
  IncomingEntry incoming;
  incoming.item.key = key;
  incoming.item.url = "https://example.fi/" + key;
  incoming.item.canonical_url = "example.fi/" + key;
  incoming.item.title = text::PlainText::from(title);
  incoming.item.text = text::PlainText::from(text);
  incoming.item.published = published;
  incoming.item.content_hash = base::hash64(title + '\n' + text);
  incoming.tags.language = language;
  incoming.signature.publisher = "Esimerkki";
  incoming.signature.language = language;
  incoming.signature.published = published;
  return incoming;
}

inline void tag_with(IncomingEntry& incoming, const std::vector<std::string>& areas,
                     const std::vector<std::string>& topics = {}) {
  for (const std::string& id : areas) incoming.tags.areas.push_back({id, 1.5, {}});
  for (const std::string& id : topics) incoming.tags.topics.push_back({id, 1.5, {}});
}

inline tag::Deadline deadline(tag::DeadlineKind kind, int year, unsigned month, unsigned day) {
  tag::Deadline made;
  made.kind = kind;
  made.closes = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  made.quote = "viimeistään";
  made.confidence = 0.9;
  return made;
}

inline PollOutcome outcome(const std::string& feed, base::Time at, std::vector<IncomingEntry> entries) {
  PollOutcome made;
  made.kind = PollOutcome::Kind::updated;
  made.state.feed_id = feed;
  made.state.url = "https://example.fi/" + feed;
  made.state.catalogue_url = made.state.url;
  made.state.first_poll_done = true;
  made.at = at;
  made.entries = std::move(entries);
  return made;
}

inline StoreReport store(Database& database, const std::string& feed, base::Time at,
                         std::vector<IncomingEntry> entries) {
  const std::vector<PollOutcome> outcomes = {outcome(feed, at, std::move(entries))};
  return FeedStore(database).store_polls(outcomes).front();
}

// A feed that was polled before: what comes now is news.
inline void introduce(Database& database, const std::string& feed, base::Time at) { store(database, feed, at, {}); }

}  // namespace sotevahti::archive::samples
