// sotevahti subscriptions change: another filter, rhythm or name; paused, or going on. What is
// not named stays as it is.
#include <fmt/format.h>

#include "archive/people.h"
#include "base/zone.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/terminal.h"
#include "cli/wishes.h"

namespace sotevahti::cli {
namespace {

class SubscriptionsChange final : public Command {
 public:
  std::string_view name() const override { return "subscriptions change"; }
  std::string_view help() const override { return "Changes a subscription, pauses it or lets it go on"; }
  void declare(Syntax& syntax) override {
    syntax.argument("id", id_, "Its number");
    syntax.option("--filter", filter_, "What it tells", "FILTER");
    syntax.flag("--everything", everything_, "It tells everything");
    syntax.excludes("--filter", "--everything");
    syntax.option("--name", name_, "How it is called in the mails");
    syntax.option("--rhythm", rhythm_, "\"daily 07:00\", \"weekly mon 08:00\" ... (as subscriptions add has it)",
                  "WHEN");
    syntax.option("--zone", zone_, "The time zone of the rhythm", "ZONE");
    syntax.choice("--lang", language_, {"fi", "sv", "en"}, "Instead of the person's language");
    syntax.count("--max-items", max_items_, archive::Subscription::most_items, "At most so many stories in a digest");
    syntax.option("--reminders", reminders_, reminders_help, "WHEN");
    syntax.choice("--calendar", calendar_, {"yes", "no"}, "Each mail brings its deadlines as a calendar (.ics)");
    syntax.option("--webhook", webhook_, "Another address of its webhook", "URL");
    syntax.option("--pause", pause_, "Sends nothing until it goes on", "WHY");
    syntax.flag("--resume", resume_, "Goes on after a pause");
    syntax.excludes("--pause", "--resume");
    syntax.flag("--reopen", reopen_, "Goes on after it ended; what came since is told when it is next due");
  }

  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::write);
    archive::People people(*database);
    auto subscription = people.subscription(subscription_number(id_));
    if (!subscription || subscription->ended.empty() == reopen_ || !people.subscriber(subscription->subscriber))
      throw NotFound(fmt::format("there is no {} subscription {}", reopen_ ? "ended" : "active", id_));
    apply(*subscription, context);
    value_or_throw<UsageError>(people.change_subscription(*subscription, context.filter_names()));
    if (reopen_) people.reopen_subscription(subscription->id);
    fmt::print("Subscription {}: {}, {}{}\n", subscription->id, subscription->name, subscription->rhythm.print(),
               subscription->paused.empty() ? "" : ", paused: " + subscription->paused);
    return Exit::done;
  }

 private:
  void apply(archive::Subscription& subscription, Context& context) const {
    if (!filter_.empty()) context.filter(subscription.filter = filter_);
    if (everything_) subscription.filter.clear();
    if (!name_.empty()) subscription.name = name_;
    if (!rhythm_.empty()) subscription.rhythm = value_or_throw<UsageError>(archive::Rhythm::parse(rhythm_));
    if (!zone_.empty()) {
      value_or_throw<UsageError>(base::Zone::find(zone_));
      subscription.zone = zone_;
    }
    if (!language_.empty()) subscription.language = language_;
    if (max_items_ != 0) subscription.max_items = max_items_;
    if (!reminders_.empty()) subscription.reminders = value_or_throw<UsageError>(archive::Reminders::parse(reminders_));
    if (!calendar_.empty()) subscription.attaches_calendar = calendar_ == "yes";
    if (!webhook_.empty()) {
      if (subscription.channel.kind != archive::Channel::Kind::webhook)
        throw UsageError(fmt::format("subscription {} goes by mail, it has no webhook", id_));
      check_webhook(webhook_, context);
      subscription.channel.url = webhook_;
    }
    if (!pause_.empty()) subscription.paused = pause_;
    if (resume_) subscription.paused.clear();
  }

  std::string id_, filter_, name_, rhythm_, zone_, language_, reminders_, calendar_, webhook_, pause_;
  std::size_t max_items_ = 0;
  bool everything_ = false, resume_ = false, reopen_ = false;
};

}  // namespace

std::unique_ptr<Command> make_subscriptions_change() { return std::make_unique<SubscriptionsChange>(); }

}  // namespace sotevahti::cli
