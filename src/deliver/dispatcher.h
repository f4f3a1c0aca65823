// Decides what each subscriber is due and writes it to the outbox: the windows that
// closed, one message for all that falls due together for a person, and what cannot wait
// (alerts.h); ledger and outbox row in one transaction. Building twice is a no-op; after days of downtime one digest
// tells it all. Sends nothing. Belongs to its database's thread.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "deliver/digest_parts.h"

namespace sotevahti::deliver {

struct BuildReport {
  std::size_t messages = 0;           // written to the outbox
  std::size_t stories = 0;            // told by them
  std::size_t alerts = 0;             // of the messages, those beside the digests
  std::size_t quiet = 0;              // windows closed without anything to tell
  std::vector<std::string> problems;  // what kept a subscription from being built, for the admin
};

class Dispatcher {
 public:
  explicit Dispatcher(DigestParts parts);
  ~Dispatcher();

  BuildReport build_due(base::Time now);
  // When something is due that was not at `built`, the moment of the last build; none where nobody waits for a moment.
  std::optional<base::Time> next_due(base::Time built);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotevahti::deliver
