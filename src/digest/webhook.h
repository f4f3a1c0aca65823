// Standard Webhooks 1.0.0: the body of an event and its signature. A secret is
// "whsec_" and the base64 of 24 to 64 bytes; while one is replaced both sign, the
// newer first, written one after the other with a space between. Pure; any thread.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::digest {

// {"type": "digest", "timestamp": "2026-02-20T05:00:00Z", "data": ...}; `data` is JSON.
std::string webhook_body(std::string_view type, base::Time timestamp, const std::string& data);

// "msg_" and a hash: the same whenever the same delivery is built.
std::string webhook_id(std::string_view delivery);

std::string webhook_secret(std::string_view random_bytes);
base::Result<base::Done> check_webhook_secret(std::string_view secret);

// webhook-id, webhook-timestamp, webhook-signature and the content type, for one attempt.
base::Result<std::vector<std::pair<std::string, std::string>>> webhook_headers(std::string_view secrets,
                                                                               std::string_view id, base::Time attempt,
                                                                               std::string_view body);

}  // namespace sotevahti::digest
