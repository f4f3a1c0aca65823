// A small world for the tests of this room: an archive on disk, a feed whose news
// arrives when a test says, people who subscribe, and a clock that stands still.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "archive/feed_store.h"
#include "archive/ledger.h"
#include "archive/people.h"
#include "base/hash.h"
#include "base/zone.h"
#include "config/catalogue.h"
#include "config/taxonomy.h"
#include "deliver/dispatcher.h"
#include "support/temp_folder.h"

namespace sotevahti::deliver {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

inline base::Time helsinki(int year, unsigned month, unsigned day, int hour, int minute = 0) {
  return base::Zone::helsinki().to_utc(
      {{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)}, hour, minute, 0});
}

template <class T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

class World {
 public:
  World() {
    archive::OpenOptions options;
    options.lexicon_cache_bytes = std::size_t{4} << 20;
    database = must(archive::Database::open(folder / "sotevahti.db", options));
    config::Feed feed;
    feed.id = "pirha";
    feed.title = "Pirkanmaan hyvinvointialue: tiedotteet";
    feed.publisher = "Pirkanmaan hyvinvointialue";
    feed.url = "https://www.pirha.fi/rss";
    catalogue = config::Catalogue({feed});
    archive::FeedStore(*database).write_catalogue(catalogue);
    store({}, clock.now() - 24h * 30);  // its first poll, of which nobody is told
    sender.from = "sote@example.org";
    sender.from_name = "Sotevahti";
    sender.organisation = "Järjestöjen sote-verkosto ry";
    sender.public_url = "https://sote.example.org";
  }

  archive::IncomingEntry entry(const std::string& key, const std::string& title) const {
    archive::IncomingEntry made;
    made.item.key = key;
    made.item.url = "https://www.pirha.fi/" + key;
    made.item.canonical_url = "pirha.fi/" + key;
    made.item.title = text::PlainText::from(title);
    made.item.text = text::PlainText::from(title + " kertoo Pirkanmaan hyvinvointialue Tampereella.");
    made.item.published = clock.now();
    made.item.content_hash = base::hash64(title);
    made.tags.language = "fi";
    made.tags.areas = {{"pirkanmaa", 1.5, {}}};
    made.tags.topics = {{"jarjestoavustukset", 1.5, {}}};
    made.signature.publisher = "Pirkanmaan hyvinvointialue";
    made.signature.language = "fi";
    made.signature.published = clock.now();
    return made;
  }

  static tag::Deadline grant(int year, unsigned month, unsigned day) {
    tag::Deadline deadline;
    deadline.kind = tag::DeadlineKind::grant;
    deadline.closes = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    deadline.quote = "viimeistään";
    deadline.confidence = 0.9;
    return deadline;
  }

  void store(std::vector<archive::IncomingEntry> entries, base::Time at) {
    archive::PollOutcome outcome;
    outcome.kind = archive::PollOutcome::Kind::updated;
    outcome.state.feed_id = "pirha";
    outcome.state.url = outcome.state.catalogue_url = "https://www.pirha.fi/rss";
    outcome.state.first_poll_done = true;
    outcome.state.last_success = at;
    outcome.at = at;
    outcome.entries = std::move(entries);
    const std::vector<archive::PollOutcome> outcomes{std::move(outcome)};
    archive::FeedStore(*database).store_polls(outcomes);
  }
  void publish(const std::string& key, const std::string& title) { store({entry(key, title)}, clock.now()); }

  archive::SubscriberId subscriber(const std::string& address, const std::string& language = "fi") {
    archive::Subscriber made;
    made.name = "Aino";
    made.address = address;
    made.language = language;
    made.since = clock.now();
    return must(archive::People(*database).add_subscriber(made));
  }

  archive::Subscription wish(archive::SubscriberId subscriber, const std::string& rhythm,
                             const std::string& filter = "area:pirkanmaa") const {
    archive::Subscription made;
    made.subscriber = subscriber;
    made.name = "Pirkanmaan uutiset";
    made.filter = filter;
    made.rhythm = must(archive::Rhythm::parse(rhythm));
    made.since = made.window_start = clock.now();
    return made;
  }
  archive::SubscriptionId subscribe(const archive::Subscription& wanted) {
    return must(archive::People(*database).add_subscription(wanted, {}));
  }
  archive::SubscriptionId subscribe(archive::SubscriberId subscriber, const std::string& rhythm,
                                    const std::string& filter = "area:pirkanmaa") {
    return subscribe(wish(subscriber, rhythm, filter));
  }

  BuildReport build() { return Dispatcher({*database, taxonomy, catalogue, texts, sender}).build_due(clock.now()); }
  std::vector<archive::OutboxRow> outbox() { return archive::Ledger(*database).outbox(std::nullopt, 100000); }

  test_support::TempFolder folder;
  base::ManualClock clock{helsinki(2026, 2, 19, 12)};
  config::Taxonomy taxonomy = must(config::load_taxonomy({}));
  config::Catalogue catalogue;
  digest::Texts texts = must(digest::Texts::with({}));
  Sender sender;
  std::unique_ptr<archive::Database> database;
};

}  // namespace sotevahti::deliver
