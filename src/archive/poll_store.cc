// FeedStore::store_polls(): what a round of polls brought, in one transaction.
#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "archive/deadline_store.h"
#include "archive/entry_store.h"
#include "archive/feed_rows.h"
#include "archive/query.h"
#include "archive/story_store.h"

namespace sotevahti::archive {
namespace {

constexpr std::size_t forgotten_at_once = 16;  // signatures a round, beside twice as many as it brings

class Round {
 public:
  Round(Database& database, StoryStore& stories, std::span<const PollOutcome> outcomes)
      : database_(database),
        index_(database),
        entries_(database, index_),
        stories_(stories),
        outcomes_(outcomes),
        reports_(outcomes.size()) {}

  std::vector<StoreReport> store() {
    for (std::size_t i = 0; i < outcomes_.size(); ++i) sort_out(i);
    add_new_entries();
    for (std::size_t i = 0; i < outcomes_.size(); ++i) write_feed(outcomes_[i], reports_[i]);
    index_.write();
    return std::move(reports_);
  }

 private:
  struct NewEntry {
    const IncomingEntry* incoming;
    ItemKeys keys;
    Arrival arrival;
    std::size_t outcome;
    base::Time shown;
  };

  void write_feed(const PollOutcome& outcome, const StoreReport& report) {
    if (outcome.kind == PollOutcome::Kind::unchanged) {
      write_unchanged(database_, outcome.state);
    } else {
      write_state(database_, state_after(outcome.state, outcome, report));
    }
  }

  // Known entries are dealt with at once, new ones gathered.
  void sort_out(std::size_t index) {
    const PollOutcome& outcome = outcomes_[index];
    if (outcome.kind == PollOutcome::Kind::unchanged) return;
    const FeedRow& feed = feeds_.emplace_back(feed_row(database_, outcome.state));
    reports_[index].unchanged += outcome.seen_keys.size();
    const std::set<std::int64_t> present = feed.has_entries ? keys_in(outcome) : std::set<std::int64_t>();
    for (const IncomingEntry& incoming : outcome.entries) {
      ItemKeys keys = keys_of(incoming.item);
      const auto known = feed.has_entries ? find_known(feed.number, keys, present) : std::nullopt;
      if (known) {
        take_known(*known, incoming, feed.number, keys, index);
      } else if (claim(feed.number, keys)) {
        const Arrival arrival{feed.number, feed.publisher, feed.official, !feed.was_read_before, outcome.at};
        new_.push_back({&incoming, std::move(keys), arrival, index, shown_time(incoming.item, outcome.at)});
      } else {
        ++reports_[index].unchanged;  // twice in one document
      }
    }
  }

  static std::set<std::int64_t> keys_in(const PollOutcome& outcome) {
    std::set<std::int64_t> keys;
    feed::Item named;
    for (const std::string& key : outcome.seen_keys) {
      named.key = key;
      keys.insert(keys_of(named).names.front());
    }
    for (const IncomingEntry& incoming : outcome.entries) keys.insert(keys_of(incoming.item).names.front());
    return keys;
  }

  std::optional<EntryId> find_known(std::int64_t feed, const ItemKeys& keys, const std::set<std::int64_t>& present) {
    for (const std::int64_t key : keys.names) {
      if (const auto entry = find_entry(database_, feed, key)) return entry;
    }
    if (!keys.content) return std::nullopt;
    // The same content under a new key: the feed numbers its items anew. Not where the
    // old key is in the document too: then the item stands there twice on purpose.
    const auto entry = find_entry(database_, feed, *keys.content);
    if (!entry) return std::nullopt;
    Query rows(database_, "SELECT key FROM entry_keys WHERE feed = ? AND entry = ?");
    rows.with(feed, *entry);
    while (rows.step()) {
      if (present.contains(rows.integer(0))) return std::nullopt;
    }
    return entry;
  }

  void take_known(EntryId entry, const IncomingEntry& incoming, std::int64_t feed, const ItemKeys& keys,
                  std::size_t index) {
    for (const std::int64_t key : keys.names) entries_.add_key(feed, key, entry);
    if (content_hash_of(database_, entry) == incoming.item.content_hash) {
      ++reports_[index].unchanged;
      return;
    }
    entries_.revise(entry, incoming, outcomes_[index].at);
    stories_.replace_signature(entry, incoming.signature);
    ++reports_[index].revised;
  }

  bool claim(std::int64_t feed, const ItemKeys& keys) {
    return std::all_of(keys.names.begin(), keys.names.end(), [&](std::int64_t key) {
      return claimed_.insert({feed, key}).second;
    });
  }

  void add_new_entries() {
    std::stable_sort(new_.begin(), new_.end(), [](const NewEntry& a, const NewEntry& b) { return a.shown < b.shown; });
    hush_floods();
    for (const NewEntry& entry : new_) {
      const EntryId id = entries_.add(*entry.incoming, entry.keys, entry.arrival);
      const Joined joined = stories_.join(id, entry.incoming->signature, entry.arrival.at);
      if (says_extended(*entry.incoming)) {
        DeadlineStore(database_).follow_extensions(id, entry.incoming->signature, entry.arrival.at);
      }
      StoreReport& report = reports_[entry.outcome];
      ++report.new_entries;
      if (joined.is_new) {
        ++report.new_stories;
      } else if (!entry.arrival.quiet && !entry.incoming->signature.correction) {
        hush_repetition(id, joined.story, entry.arrival.feed);
      }
    }
    if (!new_.empty()) stories_.forget_signatures(new_.back().arrival.at, forgotten_at_once + 2 * new_.size());
  }

  static bool says_extended(const IncomingEntry& incoming) {
    return std::any_of(incoming.tags.deadlines.begin(), incoming.tags.deadlines.end(),
                       [](const tag::Deadline& deadline) { return deadline.extended; });
  }

  // More at once than people can be told of one by one: the newest are told.
  void hush_floods() {
    std::vector<std::size_t> told(outcomes_.size());
    for (auto entry = new_.rbegin(); entry != new_.rend(); ++entry) {
      if (entry->arrival.quiet || told[entry->outcome]++ < outcomes_[entry->outcome].most_told) continue;
      entry->arrival.quiet = true;
      ++reports_[entry->outcome].hushed;
    }
  }

  // A feed that numbers anew what its first poll brought has nothing to tell. A translation of it is news.
  void hush_repetition(EntryId entry, StoryId story, std::int64_t feed) {
    run(database_,
        "UPDATE entries SET quiet = 1 WHERE id = ?1 AND EXISTS (SELECT 1 FROM tellings t JOIN entries e ON e.id = "
        "t.entry WHERE t.story = ?2 AND e.feed = ?3 AND e.lang = entries.lang AND e.quiet AND e.id <> ?1)",
        entry, story, feed);
  }

  Database& database_;
  IndexChanges index_;
  EntryStore entries_;
  StoryStore& stories_;
  std::span<const PollOutcome> outcomes_;
  std::vector<StoreReport> reports_;
  std::deque<FeedRow> feeds_;  // what new entries point into
  std::vector<NewEntry> new_;
  std::set<std::pair<std::int64_t, std::int64_t>> claimed_;
};

}  // namespace

FeedState state_after(FeedState state, const PollOutcome& outcome, const StoreReport& report) {
  if (outcome.kind == PollOutcome::Kind::updated) state.first_poll_done = true;
  if (report.new_entries == 0) return state;
  const base::Time at = outcome.news_at.value_or(outcome.at);
  if (state.last_new_entry && at > *state.last_new_entry) {
    const base::Seconds gap = at - *state.last_new_entry;
    state.usual_gap = state.usual_gap.count() == 0 ? gap : (state.usual_gap * 3 + gap) / 4;
  }
  state.last_new_entry = at;
  state.entries += report.new_entries;
  if (report.hushed > 0) {
    state.flooded_at = outcome.at;
    state.flooded_entries = report.hushed;
  }
  return state;
}

std::vector<StoreReport> FeedStore::store_polls(std::span<const PollOutcome> outcomes,
                                                std::span<const std::pair<std::string, base::Time>> due) {
  std::vector<StoreReport> reports;
  try {
    database_.transaction([&] {
      reports = Round(database_, stories_, outcomes).store();
      write_next_polls(due);
    });
  } catch (...) {
    stories_.forget_what_is_known();
    throw;
  }
  return reports;
}

}  // namespace sotevahti::archive
