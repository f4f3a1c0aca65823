// sotevahti subscriptions secret / test: a webhook's new secret, and a message that shows
// whether it works.
#include <fmt/format.h>

#include "archive/ledger.h"
#include "archive/people.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/terminal.h"
#include "cli/wishes.h"
#include "config/values.h"
#include "deliver/message.h"

namespace sotevahti::cli {
namespace {

archive::Subscription webhook_of(archive::People& people, const std::string& id) {
  archive::Subscription subscription = named_subscription(people, id);
  if (subscription.channel.kind != archive::Channel::Kind::webhook)
    throw NotFound(fmt::format("subscription {} goes by mail, it has no webhook", id));
  return subscription;
}

class SubscriptionsSecret final : public Command {
 public:
  std::string_view name() const override { return "subscriptions secret"; }
  std::string_view help() const override { return "Gives a webhook a new secret; for a while the old one signs too"; }
  void declare(Syntax& syntax) override {
    syntax.argument("id", id_, "The subscription's number");
    syntax.option("--old-for", old_for_, "How long both sign", "TIME");
  }
  int run(Context& context) override {
    const base::Seconds overlap = value_or_throw<UsageError>(config::parse_duration(old_for_));
    const auto database = context.open_archive(archive::Access::write);
    archive::People people(*database);
    const archive::Subscription subscription = webhook_of(people, id_);
    const std::string secret = new_webhook_secret();
    const base::Time until = context.clock().now() + overlap;
    people.change_secret(subscription.id, secret, until);
    fmt::print("The webhook's new secret, shown this once: {}\nThe old one signs too until {}.\n", secret,
               base::to_rfc3339(until));
    return Exit::done;
  }

 private:
  std::string id_;
  std::string old_for_ = "1d";
};

class SubscriptionsTest final : public Command {
 public:
  std::string_view name() const override { return "subscriptions test"; }
  std::string_view help() const override { return "Puts a test for a webhook's receiver into the outbox"; }
  void declare(Syntax& syntax) override { syntax.argument("id", id_, "The subscription's number"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::write);
    archive::People people(*database);
    const archive::Subscription subscription = webhook_of(people, id_);
    if (!subscription.ended.empty()) {
      tell("Subscription {} has ended: {}\n", id_, subscription.ended);
      return Exit::not_all;
    }
    const auto row = deliver::test_row(subscription, context.clock().now());
    const auto number = archive::Ledger(*database).enqueue(row);
    fmt::print("Message {} ({}) goes to {} within a minute, or now by: sotevahti digest send\n", number, row.message_id,
               row.recipient);
    return Exit::done;
  }

 private:
  std::string id_;
};

}  // namespace

std::unique_ptr<Command> make_subscriptions_secret() { return std::make_unique<SubscriptionsSecret>(); }
std::unique_ptr<Command> make_subscriptions_test() { return std::make_unique<SubscriptionsTest>(); }

}  // namespace sotevahti::cli
