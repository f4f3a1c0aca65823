// WebSub (W3C, 2018) as a subscriber: what a feed says of its hub, what is asked of the
// hub, and what it may ask of us. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/websub_store.h"
#include "base/clock.h"
#include "net/http_client.h"

namespace sotevahti::poll {

struct HubLinks {
  std::string hub, topic;  // rel=hub, rel=self; may be empty
};
// Of the Link headers (RFC 8288).
HubLinks hub_links(const net::HttpReply& reply);

// A hub's request at our callback.
struct HubCall {
  std::string token;
  bool is_post = false;                                    // with the feed's content; else a verification
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  std::string content_type, signature, body;
};
struct HubAnswer {
  int status = 404;
  std::string body;
};

// The form that asks for a subscription, or for its renewal.
std::string subscription_form(const archive::HubSubscription& subscription, std::string_view callback);

// The hub verifies, or refuses, what was asked of it: changes the subscription. 404 for what we never wanted.
HubAnswer verify_subscription(archive::HubSubscription& subscription, const HubCall& call, base::Time now);

// Is the content signed with the subscription's secret ("sha256=..." and its kin)?
bool is_signed(const archive::HubSubscription& subscription, const HubCall& call);

// After the n-th request in a row that a hub did not take.
base::Time next_hub_request(base::Time now, int failures);

}  // namespace sotevahti::poll
