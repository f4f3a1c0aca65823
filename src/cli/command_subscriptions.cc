// sotevahti subscriptions list / add / end: what each person gets.
#include <fmt/format.h>

#include "archive/people.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "cli/wishes.h"
#include "web/messages.h"

namespace sotevahti::cli {
namespace {

std::string state_of(const archive::Subscription& subscription) {
  if (!subscription.ended.empty()) return "ended: " + subscription.ended;
  if (!subscription.paused.empty()) return "paused: " + subscription.paused;
  return "active";
}

class SubscriptionsList final : public Command {
 public:
  std::string_view name() const override { return "subscriptions list"; }
  std::string_view help() const override { return "Lists the subscriptions"; }
  void declare(Syntax& syntax) override { syntax.flag("--json", json_, "As JSON Lines"); }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    archive::People people(*database);
    const auto all = people.subscriptions();
    Table table({{"id", true},
                 {"who", false, true},
                 {"name", false, true},
                 {"filter", false, true},
                 {"rhythm"},
                 {"to"},
                 {"state", false, true}});
    for (const auto& subscription : all) {
      const auto person = people.subscriber(subscription.subscriber);
      const bool by_mail = subscription.channel.kind == archive::Channel::Kind::mail;
      if (json_) {
        JsonObject line;
        line.add("id", subscription.id).add("subscriber", person ? person->address : "").add("name", subscription.name);
        line.add("filter", subscription.filter)
            .add("rhythm", subscription.rhythm.print())
            .add("zone", subscription.zone);
        line.add("channel", by_mail ? "mail" : "webhook").add("url", subscription.channel.url);
        line.add("reminders", subscription.reminders.print()).add("calendar", subscription.attaches_calendar);
        line.add("state", state_of(subscription)).add("window_start", std::optional(subscription.window_start));
        fmt::print("{}\n", line.print());
      }
      table.row({std::to_string(subscription.id), person ? person->address : "", subscription.name, subscription.filter,
                 subscription.rhythm.print(), by_mail ? "mail" : "webhook", state_of(subscription)});
    }
    if (!json_) fmt::print("{}", table.print_here());
    return all.empty() ? Exit::not_all : Exit::done;
  }

 private:
  bool json_ = false;
};

class SubscriptionsAdd final : public Command {
 public:
  std::string_view name() const override { return "subscriptions add"; }
  std::string_view help() const override { return "Adds a subscription for a person"; }
  void declare(Syntax& syntax) override {
    syntax.argument("address", address_, "Whose it is");
    syntax.filter("filter", subscription_.filter, "What it tells (see: sotevahti search --help); \"\" is everything");
    syntax.option("--name", subscription_.name, "How it is called in the mails");
    syntax.option("--rhythm", rhythm_,
                  "\"daily 07:00\", \"weekdays 07:30\", \"weekly mon 08:00\", \"monthly 1 08:00\", \"immediate\"",
                  "WHEN");
    syntax.option("--zone", subscription_.zone, "The time zone of the rhythm", "ZONE");
    syntax.option("--webhook", subscription_.channel.url, "To this address instead of by mail", "URL");
    syntax.choice("--style", subscription_.channel.style, {"standard", "slack", "teams", "mattermost", "matrix"},
                  "The webhook's form");
    syntax.needs("--style", "--webhook");
    syntax.choice("--lang", subscription_.language, {"fi", "sv", "en"}, "Instead of the person's language");
    syntax.count("--max-items", subscription_.max_items, archive::Subscription::most_items,
                 "At most so many stories in a digest");
    syntax.option("--reminders", reminders_, reminders_help, "WHEN");
    syntax.flag("--calendar", subscription_.attaches_calendar, "Each mail brings its deadlines as a calendar (.ics)");
  }

  int run(Context& context) override {
    subscription_.rhythm = value_or_throw<UsageError>(archive::Rhythm::parse(rhythm_));
    value_or_throw<UsageError>(base::Zone::find(subscription_.zone));
    context.filter(subscription_.filter);
    subscription_.reminders = value_or_throw<UsageError>(archive::Reminders::parse(reminders_));
    if (!subscription_.channel.url.empty()) {
      check_webhook(subscription_.channel.url, context);
      subscription_.channel.kind = archive::Channel::Kind::webhook;
      subscription_.channel.secret = new_webhook_secret();
    }
    const auto database = context.open_archive(archive::Access::write);
    archive::People people(*database);
    const archive::Subscriber person = named_person(people, address_);
    subscription_.subscriber = person.id;
    if (subscription_.name.empty()) subscription_.name = usual_name(person.language);
    subscription_.since = subscription_.window_start = context.clock().now();
    const auto id = value_or_throw<UsageError>(people.add_subscription(subscription_, context.filter_names()));
    const auto next = subscription_.rhythm.next_due(context.clock().now(), *base::Zone::find(subscription_.zone));
    fmt::print("Subscription {} of {}: {}, next at {}\n", id, person.address, subscription_.rhythm.print(),
               base::to_rfc3339(next));
    if (!subscription_.channel.secret.empty())
      fmt::print("The webhook's secret, shown this once: {}\n", subscription_.channel.secret);
    return Exit::done;
  }

 private:
  // As the form on the web calls it, in the language that its mails will have.
  std::string usual_name(const std::string& persons_language) const {
    if (!subscription_.filter.empty()) return subscription_.filter;
    const std::string& language = subscription_.language.empty() ? persons_language : subscription_.language;
    return web::messages_in(language).say("choices.all");
  }

  std::string address_;
  std::string rhythm_ = "daily 07:00";
  std::string reminders_;
  archive::Subscription subscription_;
};

class SubscriptionsEnd final : public Command {
 public:
  std::string_view name() const override { return "subscriptions end"; }
  std::string_view help() const override { return "Ends a subscription"; }
  void declare(Syntax& syntax) override {
    syntax.argument("id", id_, "Its number");
    syntax.option("--reason", reason_, "Why");
  }
  int run(Context& context) override {
    const archive::SubscriptionId id = subscription_number(id_);
    const auto database = context.open_archive(archive::Access::write);
    if (!archive::People(*database).end_subscription(id, reason_))
      throw NotFound(fmt::format("there is no active subscription {}", id));
    fmt::print("Ended subscription {}.\n", id);
    return Exit::done;
  }

 private:
  std::string id_;
  std::string reason_ = "ended by the administrator";
};

}  // namespace

std::unique_ptr<Command> make_subscriptions_list() { return std::make_unique<SubscriptionsList>(); }
std::unique_ptr<Command> make_subscriptions_add() { return std::make_unique<SubscriptionsAdd>(); }
std::unique_ptr<Command> make_subscriptions_end() { return std::make_unique<SubscriptionsEnd>(); }

}  // namespace sotevahti::cli
