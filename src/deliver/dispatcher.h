// Decides what each subscriber is due and writes it to the outbox: the windows that
// closed, one message for all that falls due together for a person, and what cannot wait
// (alerts.h); ledger and outbox row in one transaction. Building twice is a no-op; after days of downtime one digest
// tells it all. Sends nothing. Belongs to its database's thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/people.h"
#include "base/clock.h"
#include "base/result.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "config/taxonomy.h"
#include "digest/render.h"
#include "digest/texts.h"

namespace sotevahti::deliver {

// What of the settings a digest says. Made by of().
struct Sender {
  std::string from, from_name, reply_to;  // of mail
  std::string organisation;
  std::string public_url;                // "https://sote.example.org", without a slash at its end
  std::vector<int> reminder_days{7, 2};  // before a deadline, where a subscription names none

  static Sender of(const config::Settings& settings);
};

struct BuildReport {
  std::size_t messages = 0;           // written to the outbox
  std::size_t stories = 0;            // told by them
  std::size_t alerts = 0;             // of the messages, those beside the digests
  std::size_t quiet = 0;              // windows closed without anything to tell
  std::vector<std::string> problems;  // what kept a subscription from being built, for the admin
};

// A digest that is not sent.
struct DraftDigest {
  base::Time from{}, to{};
  std::size_t stories = 0;
  digest::Rendered rendered;
  std::string data;  // JSON, as a webhook would carry it
};

struct Preview {
  std::vector<DraftDigest> digests;  // those with anything to tell, oldest first
  std::size_t stories = 0;
};

// A preview for one who chooses: the same count, without the digests.
struct Forecast {
  std::size_t digests = 0, stories = 0;
  bool is_whole = true;             // false: counting took too long; it is at least so much
  std::vector<digest::Story> last;  // a few of the last digest that would have come
};

class Dispatcher {
 public:
  // All must outlive it.
  Dispatcher(archive::Database& database, const config::Taxonomy& taxonomy, const config::Catalogue& catalogue,
             const digest::Texts& texts, Sender sender);
  ~Dispatcher();

  BuildReport build_due(base::Time now);
  // When something is due next; none where nobody waits.
  std::optional<base::Time> next_due(base::Time now);

  // What the subscription would have brought in the last so many days, window by window. It
  // need not be saved. Fails on a filter or zone that cannot be read.
  base::Result<Preview> preview(const archive::Subscription& subscription, base::Time now, std::chrono::days back);
  base::Result<Forecast> forecast(const archive::Subscription& subscription, base::Time now, std::chrono::days back,
                                  std::chrono::milliseconds patience);
  // What it would bring if it were due now.
  base::Result<DraftDigest> upcoming(const archive::Subscription& subscription, base::Time now);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotevahti::deliver
