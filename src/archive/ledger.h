// The ledger of digests and the outbox: what was decided, and what is on its way.
// Deciding and writing the outbox row are one transaction; unique keys make a second
// build of the same window a no-op; a story reaches a subscriber once.
// What cannot be kept throws ArchiveError. Belongs to its database's thread.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "archive/database.h"
#include "archive/entry.h"
#include "archive/people.h"
#include "archive/search.h"
#include "base/clock.h"

namespace sotevahti::archive {

using DigestId = std::int64_t;
using OutboxId = std::int64_t;

// What a subscription is due for the arrivals of [from, to).
struct DueStory {
  EntrySummary entry;                // the telling in the reader's language where there is one, else the leading
  std::vector<EntrySummary> others;  // other tellings
  text::PlainText text;              // for a line of why
  tag::Tags tags;                    // with evidence: why it is in
  bool late_find = false;            // published long before it arrived
  std::vector<Revision> changes;     // significant ones in the window, of a story told before
  std::vector<std::string> facts;    // where it changed: of the edited telling, as it stands now
};

struct OutboxRow {
  enum class State { pending, leased, sent, failed, dead, cancelled };
  OutboxId id = 0;
  DigestId digest = 0;
  SubscriberId subscriber = 0;
  SubscriptionId subscription = 0;  // whose endpoint or alert it is; 0: a person's digest
  Channel channel;
  std::string recipient;   // address or URL
  std::string message_id;  // Message-ID or webhook-id: the same for all attempts
  std::string payload;     // the whole mail or body
  State state = State::pending;
  int attempts = 0;
  base::Time next_attempt{};
  std::string last_error;
  base::Time created{};
  std::optional<base::Time> sent_at;
};

// A digest as it was sent, kept for /digests/ID and for explaining.
struct StoredDigest {
  DigestId id = 0;
  SubscriberId subscriber = 0;
  std::vector<SubscriptionId> subscriptions;
  base::Time from{}, to{}, built{};
  std::string subject;
  std::string html, text;
  std::vector<EntryId> entries;
  std::string public_token;  // of its web page
};

// A story whose deadline moved after it was told.
struct MovedSinceTold {
  SubscriberId subscriber = 0;
  SubscriptionId webhook = 0;  // 0: told by mail
  StoryId story = 0;
  EntryId entry = 0;  // that says the new date
  base::Time told{}, moved{};
};

// Which messages are to go out once more.
struct Replay {
  base::Time since{}, until{};      // by when they were written
  SubscriptionId subscription = 0;  // only its; 0: anybody's
  bool sent_too = false;            // not only what was given up or cancelled
};

// One decision: a digest of one person over one or more subscriptions, with its outbox row.
struct Decision {
  SubscriberId subscriber = 0;
  // An alert closes no window. Of a story told by then again nothing is left to be told.
  bool is_alert = false;
  SubscriptionId webhook = 0;  // that tells; 0: mail
  struct Window {
    SubscriptionId subscription = 0;
    base::Time from{}, to{};
  };
  std::vector<Window> windows;
  StoredDigest digest;            // without id
  std::vector<StoryId> stories;   // told by it
  std::vector<StoryId> reminded;  // only a deadline of theirs: their edits are still to be told
  std::optional<OutboxRow> row;   // none when there was nothing to tell
};

class Ledger {
 public:
  explicit Ledger(Database& database) : database_(database) {}

  // Stories whose arrival lies in [from, to), that match, and that the subscriber (or, for a webhook,
  // this webhook) was not told yet; significant edits of told ones beside them. Ordered by arrival.
  // What arrived up to `late_commit` before `from` is looked at too: it may have been on its way
  // into the archive when the window before was closed, or a clock may have been put right.
  static constexpr base::Seconds late_commit = std::chrono::hours(1);
  std::vector<DueStory> due(const Subscription& subscription, const std::string& language, base::Time from,
                            base::Time to, Search& search);

  // Deadlines of told stories that moved in [since, now], each reader's stories once.
  std::vector<MovedSinceTold> moved_since_told(base::Time since, base::Time now);
  // The story of such an entry, with what changed since it was told.
  DueStory told_again(const Subscription& subscription, const std::string& language, const MovedSinceTold& moved,
                      Search& search);

  // Writes digest, told stories, closed windows and outbox row in one transaction. False, with
  // nothing written, when one of the windows was closed before, or an alert's story told again.
  bool commit(const Decision& decision);

  // A message that is no digest: a confirmation, an alarm. Its row's subscriber may be 0.
  OutboxId enqueue(const OutboxRow& row);
  // The same, but nothing where a message of this id was written before.
  void enqueue_once(const OutboxRow& row);

  std::optional<StoredDigest> digest(DigestId id);
  std::optional<StoredDigest> digest(const std::string& public_token);
  std::vector<StoredDigest> digests(std::size_t limit);
  std::vector<SubscriptionId> subscriptions_of(DigestId id);
  // When the subscription's reader (or its webhook) was last told of the story; none: never.
  std::optional<base::Time> told(const Subscription& subscription, StoryId story);

  // Outbox. Leases what is due, oldest first, until `lease_until`; a lease that ran out is due
  // again. A lease counts as an attempt.
  std::vector<OutboxRow> lease(base::Time now, base::Time lease_until, std::size_t limit);
  // What is leased is due now: for who knows that its sender is dead.
  void release_leases(base::Time now);
  // When a row is due next; none: nothing is on its way.
  std::optional<base::Time> next_attempt();
  void mark_sent(OutboxId id, base::Time at);
  void mark_failed(OutboxId id, const std::string& error, base::Time next_attempt);
  // What was leased and not tried, or broken off by ourselves: that was no attempt.
  void hand_back(OutboxId id, const std::string& why, base::Time next_attempt);
  void mark_dead(OutboxId id, const std::string& error);
  std::vector<OutboxRow> outbox(std::optional<OutboxRow::State> state, std::size_t limit);
  // By the name of the state: "pending", "leased", "sent", "failed", "dead", "cancelled".
  std::vector<std::pair<std::string, std::size_t>> outbox_counts();
  std::optional<OutboxRow> row(const std::string& message_id);
  // A try from the beginning; not what was sent or is on its way.
  bool retry(OutboxId id, base::Time now);
  bool cancel(OutboxId id);
  // Sends again what was sent, given up or cancelled, with the same id. How many.
  std::size_t replay(OutboxId id, base::Time now);
  std::size_t replay(const Replay& which, base::Time now);

 private:
  bool is_open(const Decision& decision);
  void write(const Decision& decision);
  void close(const Decision::Window& window, bool is_alert, std::optional<DigestId> digest);
  DigestId write_digest(const Decision& decision);
  OutboxId write_row(const OutboxRow& row, std::optional<DigestId> digest);
  Database& database_;
};

}  // namespace sotevahti::archive
