// The ledger of digests and the outbox: what was decided, and what is on its way.
// Deciding and writing the outbox row are one transaction; unique keys make a second
// build of the same window a no-op; a story reaches a subscriber once.
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

// One decision: a digest of one person over one or more subscriptions, with its outbox row.
struct Decision {
  SubscriberId subscriber = 0;
  struct Window {
    SubscriptionId subscription = 0;
    base::Time from{}, to{};
  };
  std::vector<Window> windows;
  StoredDigest digest;           // without id
  std::vector<StoryId> stories;  // told by it
  std::optional<OutboxRow> row;  // none when there was nothing to tell
};

class Ledger {
 public:
  explicit Ledger(Database& database) : database_(database) {}

  // Stories whose arrival lies in [from, to), that match, and that the subscriber (or, for a webhook,
  // this webhook) was not told yet; significant edits of told ones beside them. Ordered by arrival.
  std::vector<DueStory> due(const Subscription& subscription, const std::string& language, base::Time from,
                            base::Time to, Search& search);

  // Writes digest, told stories, closed windows and outbox row in one transaction. False, with
  // nothing written, when one of the windows was closed before.
  bool commit(const Decision& decision);

  // A message that is no digest: a confirmation, an alarm. Its row's subscriber may be 0.
  OutboxId enqueue(const OutboxRow& row);

  std::optional<StoredDigest> digest(DigestId id);
  std::optional<StoredDigest> digest(const std::string& public_token);
  std::vector<StoredDigest> digests(std::size_t limit);
  std::vector<SubscriptionId> subscriptions_of(DigestId id);
  // When the subscription's reader (or its webhook) was last told of the story; none: never.
  std::optional<base::Time> told(const Subscription& subscription, StoryId story);

  // Outbox. Leases what is due, oldest first, until `lease_until`; a lease that ran out is due
  // again. A lease counts as an attempt.
  std::vector<OutboxRow> lease(base::Time now, base::Time lease_until, std::size_t limit);
  // When a row is due next; none: nothing is on its way.
  std::optional<base::Time> next_attempt();
  void mark_sent(OutboxId id, base::Time at);
  void mark_failed(OutboxId id, const std::string& error, base::Time next_attempt);
  void mark_dead(OutboxId id, const std::string& error);
  std::vector<OutboxRow> outbox(std::optional<OutboxRow::State> state, std::size_t limit);
  // By the name of the state: "pending", "leased", "sent", "failed", "dead", "cancelled".
  std::vector<std::pair<std::string, std::size_t>> outbox_counts();
  std::optional<OutboxRow> row(const std::string& message_id);
  bool retry(OutboxId id, base::Time now);
  bool cancel(OutboxId id);

 private:
  void write(const Decision& decision);
  DigestId write_digest(const Decision& decision);
  OutboxId write_row(const OutboxRow& row, std::optional<DigestId> digest);
  Database& database_;
};

}  // namespace sotevahti::archive
