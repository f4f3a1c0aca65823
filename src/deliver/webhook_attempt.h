// One attempt to deliver a webhook, and what its answer means. Belongs to the thread of
// its client.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "archive/ledger.h"
#include "base/clock.h"
#include "base/result.h"
#include "net/address.h"
#include "net/http_client.h"

namespace sotevahti::deliver {

struct WebhookAnswer {
  enum class Kind {
    taken,
    later,       // no answer, 3xx, 4xx, 5xx: by the schedule
    broken_off,  // by ourselves, who end: no attempt
    gone,        // 410: the endpoint wants no more
    refused      // the address or secret can never work
  };
  Kind kind = Kind::later;
  std::string answer;                        // "503 Service Unavailable", "no connection"
  std::optional<base::Seconds> retry_after;  // the receiver asked for it
};

// An address that may be kept: https, or http to this machine itself; and where it names an
// address of a network, one that the policy permits. A name is judged when it is connected to.
base::Result<base::Done> check_webhook_address(const std::string& url, const net::AddressPolicy& policy);

// Signs and posts `row`; redirects are not followed. Ends within half a minute.
boost::asio::awaitable<WebhookAnswer> attempt_webhook(net::HttpClient& client, archive::OutboxRow row,
                                                      std::string user_agent, base::Time now);

}  // namespace sotevahti::deliver
