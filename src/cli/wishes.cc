#include "cli/wishes.h"

#include <fmt/format.h>

#include <charconv>

#include "base/hash.h"
#include "deliver/webhook_attempt.h"
#include "digest/webhook.h"

namespace sotevahti::cli {
namespace {

// "12x" is no number, and neither is one that does not fit.
std::int64_t number_or_throw(const std::string& text, std::string_view what) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size())
    throw UsageError(fmt::format("\"{}\" is no {}", text, what));
  return number;
}

}  // namespace

archive::SubscriptionId subscription_number(const std::string& text) {
  return number_or_throw(text, "subscription's number (see sotevahti subscriptions list)");
}

archive::OutboxId message_number(const std::string& text) {
  return number_or_throw(text, "message's number (see sotevahti outbox list)");
}

archive::EntryId entry_number(const std::string& text) { return number_or_throw(text, "entry's number"); }

archive::Subscription named_subscription(archive::People& people, const std::string& number) {
  auto subscription = people.subscription(subscription_number(number));
  if (!subscription)
    throw NotFound(fmt::format("there is no subscription {} (see sotevahti subscriptions list)", number));
  return std::move(*subscription);
}

archive::Subscriber named_person(archive::People& people, const std::string& address) {
  auto person = people.subscriber(address);
  if (!person) throw NotFound(fmt::format("nobody has the address {} (see sotevahti subscribers list)", address));
  return std::move(*person);
}

const config::Feed& named_feed(Context& context, const std::string& id) {
  const config::Feed* feed = context.catalogue().find(id);
  if (feed == nullptr) throw NotFound(fmt::format("no feed is called \"{}\" (see sotevahti feeds list)", id));
  return *feed;
}

void check_webhook(const std::string& url, Context& context) {
  const auto policy =
      value_or_throw<ConfigurationError>(net::AddressPolicy::parse(context.settings().net.allow_webhooks));
  value_or_throw<UsageError>(deliver::check_webhook_address(url, policy));
}

std::string new_webhook_secret() { return digest::webhook_secret(base::random_bytes(32)); }

}  // namespace sotevahti::cli
