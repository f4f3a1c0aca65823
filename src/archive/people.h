// Subscribers and what they asked for: subscriptions with filter and rhythm, the tokens of their
// mailed links, mails that came back. What is asked is checked before it is kept; what was sent stays
// on record when a person leaves, until it is erased. Each change is one transaction; what cannot
// be kept throws ArchiveError. Belongs to its database's thread.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/filter.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/zone.h"

namespace sotevahti::archive {

using SubscriberId = std::int64_t;
using SubscriptionId = std::int64_t;

struct Subscriber {
  SubscriberId id = 0;
  std::string name;
  std::string address;  // of mail
  std::string language = "fi";
  base::Time since{};
  bool confirmed = true;
  int hard_bounces = 0;   // in a row
  std::string suspended;  // why; empty: not
  bool removed = false;   // nothing is sent any more; what was sent is kept, until it is erased
};

// When a digest is due. Local readings of the subscription's zone.
struct Rhythm {
  enum class Kind { immediate, daily, weekdays, weekly, monthly };
  Kind kind = Kind::daily;
  std::chrono::minutes at{7 * 60};                     // since local midnight
  std::chrono::weekday day{std::chrono::Monday};       // weekly
  unsigned day_of_month = 1;                           // monthly, 1-28
  bool skip_holidays = false;                          // Finnish public holidays
  std::chrono::minutes quiet_from{0}, quiet_until{0};  // immediate: nothing goes out between; equal: none

  // "daily 07:00", "weekdays 07:30 holidays", "weekly mon 08:00", "monthly 1 08:00",
  // "immediate quiet 21:00-07:00".
  static base::Result<Rhythm> parse(std::string_view text);
  std::string print() const;
  // The first moment after `after` at which a digest is due; a reading that summer time
  // skips is the moment after the gap, one that comes twice its first.
  base::Time next_due(base::Time after, const base::Zone& zone) const;
  bool is_immediate() const { return kind == Kind::immediate; }
};

// When a subscription reminds of deadlines, and how.
struct Reminders {
  enum class How { in_digest, alert, none };
  How how = How::in_digest;
  std::vector<int> days;  // before a deadline; empty: as the settings say

  // "", "7,2", "alert", "alert 14,3", "none".
  static base::Result<Reminders> parse(std::string_view text);
  std::string print() const;
};

struct Channel {
  enum class Kind { mail, webhook };
  Kind kind = Kind::mail;
  std::string url;                 // webhook
  std::string secret;              // webhook: whsec_...
  std::string style = "standard";  // standard, slack, teams, mattermost, matrix
};

struct Subscription {
  static constexpr std::size_t most_items = 500;
  SubscriptionId id = 0;
  SubscriberId subscriber = 0;
  std::string name;    // "Pirkanmaan avustukset"
  std::string filter;  // checked when saved
  Rhythm rhythm;
  std::string zone = "Europe/Helsinki";
  Channel channel;
  std::string language;  // empty: the subscriber's
  std::size_t max_items = 50;
  Reminders reminders;
  bool attaches_calendar = false;  // the digest's deadlines, to its mail
  base::Time since{};
  base::Time window_start{};  // the first arrival that is still to be told
  base::Time alerted{};       // up to when alerts beside the digests are decided
  std::string paused;         // why; empty: not
  std::string ended;          // why; empty: not
};

// The name of a person or a subscription as it is stored, whatever was written: one line of UTF-8.
std::string fit_name(std::string_view name);

class People {
 public:
  explicit People(Database& database) : database_(database) {}

  // Refused: an address that is none (CR/LF, quotes, over 254 octets), or is there already.
  base::Result<SubscriberId> add_subscriber(const Subscriber& subscriber);
  std::vector<Subscriber> subscribers();
  std::optional<Subscriber> subscriber(SubscriberId id);
  std::optional<Subscriber> subscriber(const std::string& address);
  // All that ever had the address, the newest first: who was removed is kept, and may have come again.
  std::vector<Subscriber> ever_with(const std::string& address);
  bool remove_subscriber(SubscriberId id);  // subscriptions end, the ledger stays
  // Of all that ever had the address, and of what was asked for with it, nothing personal is left.
  // False: there was nothing.
  bool erase_person(const std::string& address);

  base::Result<SubscriptionId> add_subscription(const Subscription& subscription, const FilterNames& names);
  base::Result<base::Done> change_subscription(const Subscription& subscription, const FilterNames& names);
  std::vector<Subscription> subscriptions();
  std::optional<Subscription> subscription(SubscriptionId id);
  bool end_subscription(SubscriptionId id, const std::string& reason);
  // What arrived since it ended is told when it is next due.
  bool reopen_subscription(SubscriptionId id);
  // A new secret for a webhook; until then the old one signs too.
  bool change_secret(SubscriptionId id, const std::string& secret, base::Time old_until);
  // Those that sign at that moment, the newest first, a space between.
  std::string signing_secrets(SubscriptionId id, base::Time at);

  // After a clock that ran ahead was set back: windows that lie ahead begin now, and nothing waits
  // for a moment that will not come soon. How many windows there were.
  std::size_t rewind(base::Time now);

  // A mail that came back. The third hard one in a row suspends the subscriber, with the reason:
  // true when this one did.
  struct Bounce {
    SubscriberId subscriber = 0;
    base::Time at{};
    bool hard = false;   // the address takes no mail, now or later
    std::string status;  // RFC 3463: "5.1.1"; may be empty
    std::string detail;  // the server's words
  };
  bool record_bounce(const Bounce& bounce);
  // A mail was taken: bounces in a row begin anew.
  void record_delivery(SubscriberId subscriber);
  // Ends a suspension; false where there was none.
  bool resume_subscriber(SubscriberId subscriber);

  // Tokens of mailed links: only their hash is kept. Those that confirm are a sign-up's (sign_ups.h).
  enum class TokenUse { unsubscribe, manage, confirm };
  std::string make_token(SubscriberId subscriber, std::optional<SubscriptionId> subscription, TokenUse use,
                         base::Time now);
  struct TokenOwner {
    SubscriberId subscriber = 0;
    std::optional<SubscriptionId> subscription;
  };
  std::optional<TokenOwner> find_token(const std::string& token, TokenUse use);

 private:
  void erase(SubscriberId id);

  Database& database_;
};

}  // namespace sotevahti::archive
