// The state of each feed between polls: when it is due, validators, failures,
// redirects, where it was found. And the one way in for entries: store_polls(). What cannot
// be read or written throws ArchiveError. Belongs to its database's thread.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "archive/story_store.h"
#include "base/clock.h"
#include "config/catalogue.h"
#include "feed/item.h"
#include "tag/story.h"
#include "tag/tags.h"

namespace sotevahti::archive {

// Why a poll failed, as people are told: dns, connect, tls, timeout, http-4xx, gone, 429, 5xx,
// too-large, not-a-feed, challenge-page, malformed, blocked-address, no-feed-found ...
struct PollFailure {
  std::string cause;   // one of the above
  std::string detail;  // "404 Not Found", "a page with the title ..."
};

struct Validators {
  std::string etag;  // byte for byte
  std::string last_modified;
};

struct FeedState {
  std::string feed_id;
  std::string url;            // in force: the catalogue's, a followed redirect's or a discovered one
  std::string catalogue_url;  // what url was derived from; a change in the catalogue resets the state
  Validators validators;
  std::uint64_t body_hash = 0;
  base::Time next_poll{};  // 1970 where never polled
  std::optional<base::Time> last_poll, last_success, last_new_entry;
  int failures = 0;  // in a row
  std::optional<base::Time> failing_since;
  std::optional<PollFailure> failure;
  base::Seconds interval{0};  // the adapted one; 0: none yet
  std::string redirect_to;    // a permanent redirect's target that is being watched
  std::optional<base::Time> redirect_since;
  std::optional<base::Time> discovered_at;  // when `url` was found on a page
  std::string permanent_from;               // the address before a permanent redirect was followed
  std::string redirect_refused;             // a target that the admin took back: never followed for good again
  base::Seconds not_before{0};              // ttl, sy:updatePeriod: as the document last asked, for 304s too
  std::uint32_t skip_hours = 0;             // bit n: not in hour n, UTC
  std::uint32_t skip_days = 0;              // bit 0: not on Sundays
  base::Seconds usual_gap{0};               // between news, from the feed's own history; 0: not known
  std::optional<base::Time> flooded_at;     // when it last brought more than is told one by one
  std::uint64_t flooded_entries = 0;        // and how many were archived without telling
  std::string hub, topic;                   // WebSub: as the document names them
  std::uint64_t polls = 0, unchanged = 0, entries = 0;
  bool first_poll_done = false;
};

// What the index is to hold of an entry, made beforehand (index_words.h).
struct PreparedWords {
  std::string version;
  std::string title, text;
};

// An item with all that was found out about it.
struct IncomingEntry {
  feed::Item item;
  tag::Tags tags;
  tag::StorySignature signature;
  PreparedWords words;  // may be empty: the archive then analyses the text itself
  std::string packed;   // its body (body.h), and then not in `item` and `tags`; may be empty: the archive packs it
};

// What came of polling one feed. `state` is the whole new state.
struct PollOutcome {
  enum class Kind { updated, unchanged, failed };
  Kind kind = Kind::failed;
  FeedState state;
  base::Time at{};
  std::vector<IncomingEntry> entries;  // only what is_known() did not vouch for
  std::vector<std::string> seen_keys;  // of items that were known and unchanged
  std::size_t irrelevant = 0;          // left out of a feed that carries other news
  std::uint64_t bytes = 0;
  int status = 0;
  std::size_t most_told = SIZE_MAX;   // new entries beyond these are archived as told already
  std::optional<base::Time> news_at;  // when its news came about, where that is not `at`: a first poll's
};

struct StoreReport {
  std::size_t new_entries = 0;
  std::size_t revised = 0;
  std::size_t unchanged = 0;
  std::size_t new_stories = 0;
  std::size_t hushed = 0;  // of the new ones: a flood's, beyond most_told
};

// The outcome's state when that was stored: its news counted, and the pace that they show.
FeedState state_after(FeedState state, const PollOutcome& outcome, const StoreReport& report);

class FeedStore {
 public:
  explicit FeedStore(Database& database) : database_(database), stories_(database) {}

  // What the catalogue says of each feed (publisher, kind, role ...): lists and filters read it
  // here. To be called when the catalogue was loaded, before the first store_polls().
  void write_catalogue(const config::Catalogue& catalogue);

  // All known states, for scheduling.
  std::vector<FeedState> states();
  std::optional<FeedState> state(const std::string& feed_id);
  // Before requests go out: neither a crash nor a restart polls again at once.
  void write_next_polls(std::span<const std::pair<std::string, base::Time>> due);

  // Hosts that asked for quiet, until when; what is over is left out, and forgotten.
  std::vector<std::pair<std::string, base::Time>> quiet_hosts(base::Time now);
  void write_quiet_host(const std::string& host, base::Time until);

  // Takes a followed redirect back: the catalogue's address is in force again, and that target
  // is not followed for good any more. False where the feed never moved.
  bool revert_redirect(const std::string& feed_id);

  // Which of these items does the archive hold already, with that very content? Item by item,
  // so that tagging is spent on what is new. A read; may be asked of a reader's database.
  std::vector<bool> known_unchanged(const std::string& feed_id, std::span<const feed::Item> items);

  // Entries, revisions, tags, stories, validators and next poll time of every feed given, in one
  // transaction: all of it or none. Entries of a feed's first poll are archived as told already
  // (nobody is notified of them). One feed never touches another's entry. Reports stand in the order given.
  // `due`: feeds that are due all the same, since then.
  std::vector<StoreReport> store_polls(std::span<const PollOutcome> outcomes,
                                       std::span<const std::pair<std::string, base::Time>> due = {});

  // To be said when somebody else wrote to the archive: signatures may be others now.
  void others_wrote() { stories_.forget_what_is_known(); }

 private:
  Database& database_;
  StoryStore stories_;  // remembers from round to round what came last
};

}  // namespace sotevahti::archive
