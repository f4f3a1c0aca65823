#include "cli/wishes.h"

#include <fmt/format.h>

#include <charconv>

#include "base/hash.h"
#include "deliver/webhook_attempt.h"
#include "digest/webhook.h"

namespace sotevahti::cli {

archive::SubscriptionId subscription_number(const std::string& text) {
  archive::SubscriptionId id = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (problem != std::errc() || end != text.data() + text.size())
    throw UsageError(fmt::format("\"{}\" is no subscription's number (see sotevahti subscriptions list)", text));
  return id;
}

void check_webhook(const std::string& url, Context& context) {
  const auto policy =
      value_or_throw<ConfigurationError>(net::AddressPolicy::parse(context.settings().net.allow_webhooks));
  value_or_throw<UsageError>(deliver::check_webhook_address(url, policy));
}

std::string new_webhook_secret() { return digest::webhook_secret(base::random_bytes(32)); }

}  // namespace sotevahti::cli
