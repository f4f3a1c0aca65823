// Subscriptions at hubs (WebSub), kept between runs. The room of polling decides; here
// they are only kept. Within the caller's transaction where there is one.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/database.h"
#include "base/clock.h"

namespace sotevahti::archive {

struct HubSubscription {
  enum class State { asked, active, denied };
  std::string feed_id;
  std::string hub, topic;
  std::string token;   // the last step of the callback's address
  std::string secret;  // the hub signs with it
  State state = State::asked;
  base::Time next_request{};          // when it is asked for again, or renewed
  int failures = 0;                   // of the request, in a row
  std::optional<base::Time> expires;  // of the lease that was verified
  std::uint64_t pushes = 0;
  std::optional<base::Time> last_push;
  std::uint64_t missed = 0;  // entries that a poll found though the hub should have sent them
};

std::string_view to_string(HubSubscription::State state);

class HubStore {
 public:
  explicit HubStore(Database& database) : database_(database) {}

  std::vector<HubSubscription> subscriptions();
  // The feed must be known to the archive.
  void save(const HubSubscription& subscription);
  void remove(const std::string& feed_id);

 private:
  Database& database_;
};

}  // namespace sotevahti::archive
