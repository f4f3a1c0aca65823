// What several commands ask of the line, about people, subscriptions, messages, entries and feeds.
// UsageError says what is wrong with it, NotFound what is not there.
#pragma once
#include <string>

#include "archive/ledger.h"
#include "archive/people.h"
#include "cli/context.h"

namespace sotevahti::cli {

inline constexpr const char* reminders_help =
    "Days before a deadline: \"7,2\" in the digest, \"alert 7,2\" in messages of their own, \"none\"";

archive::SubscriptionId subscription_number(const std::string& text);
archive::OutboxId message_number(const std::string& text);
archive::EntryId entry_number(const std::string& text);
archive::Subscription named_subscription(archive::People& people, const std::string& number);
archive::Subscriber named_person(archive::People& people, const std::string& address);
const config::Feed& named_feed(Context& context, const std::string& id);
// https, or this machine; no private address but those that the settings allow.
void check_webhook(const std::string& url, Context& context);
std::string new_webhook_secret();

}  // namespace sotevahti::cli
