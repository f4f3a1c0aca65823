// One attempt to deliver a webhook, and what its answer means. Belongs to the thread of
// its client.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "archive/ledger.h"
#include "base/clock.h"
#include "net/http_client.h"

namespace sotevahti::deliver {

struct WebhookAnswer {
  enum class Kind {
    taken,
    later,   // no answer, 3xx, 4xx, 5xx: by the schedule
    gone,    // 410: the endpoint wants no more
    refused  // the address or secret can never work
  };
  Kind kind = Kind::later;
  std::string answer;                        // "503 Service Unavailable", "no connection"
  std::optional<base::Seconds> retry_after;  // the receiver asked for it
};

// The address must be https; http only to this machine itself.
bool is_webhook_address(const std::string& url);

// Signs and posts `row`; redirects are not followed. Ends within half a minute.
boost::asio::awaitable<WebhookAnswer> attempt_webhook(net::HttpClient& client, archive::OutboxRow row,
                                                      std::string user_agent, base::Time now);

}  // namespace sotevahti::deliver
