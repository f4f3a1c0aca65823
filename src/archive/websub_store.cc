#include "archive/websub_store.h"

#include <algorithm>
#include <array>

#include "archive/query.h"

namespace sotevahti::archive {
namespace {

using State = HubSubscription::State;

constexpr std::array<std::string_view, 3> state_names = {"asked", "active", "denied"};

State state_named(std::string_view name) {
  const auto found = std::find(state_names.begin(), state_names.end(), name);
  if (found == state_names.end()) throw ArchiveError("a hub's subscription in an unknown state");
  return static_cast<State>(found - state_names.begin());
}

}  // namespace

std::string_view to_string(State state) { return state_names[static_cast<std::size_t>(state)]; }

std::vector<HubSubscription> HubStore::subscriptions() {
  std::vector<HubSubscription> all;
  Query rows(
      database_,
      "SELECT feed, hub, topic, token, secret, state, next_request, failures, expires, pushes, last_push, missed "
      "FROM hub_subscriptions");
  while (rows.step()) {
    HubSubscription one;
    one.feed_id = rows.text(0);
    one.hub = rows.text(1);
    one.topic = rows.text(2);
    one.token = rows.text(3);
    one.secret = rows.text(4);
    one.state = state_named(rows.view(5));
    one.next_request = rows.time(6);
    one.failures = static_cast<int>(rows.integer(7));
    one.expires = rows.maybe_time(8);
    one.pushes = static_cast<std::uint64_t>(rows.integer(9));
    one.last_push = rows.maybe_time(10);
    one.missed = static_cast<std::uint64_t>(rows.integer(11));
    all.push_back(std::move(one));
  }
  return all;
}

void HubStore::save(const HubSubscription& one) {
  run(database_,
      "INSERT OR REPLACE INTO hub_subscriptions(feed, hub, topic, token, secret, state, next_request, failures, "
      "expires, pushes, last_push, missed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      one.feed_id, one.hub, one.topic, one.token, one.secret, to_string(one.state), one.next_request, one.failures,
      one.expires, one.pushes, one.last_push, one.missed);
}

void HubStore::remove(const std::string& feed_id) {
  run(database_, "DELETE FROM hub_subscriptions WHERE feed = ?", feed_id);
}

}  // namespace sotevahti::archive
