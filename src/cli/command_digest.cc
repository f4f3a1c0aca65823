// sotevahti digest preview / build / send.
#include <fmt/format.h>

#include "archive/people.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/terminal.h"
#include "cli/wishes.h"
#include "deliver/own_texts.h"
#include "deliver/previewer.h"
#include "service/delivery.h"

namespace sotevahti::cli {
namespace {

class DigestPreview final : public Command {
 public:
  std::string_view name() const override { return "digest preview"; }
  std::string_view help() const override { return "Shows what a subscription would bring now; sends nothing"; }
  void declare(Syntax& syntax) override {
    syntax.argument("subscription", id_, "Its number");
    syntax.choice("--as", form_, {"text", "html", "json"}, "The form");
  }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    archive::People people(*database);
    const archive::Subscription subscription = named_subscription(people, id_);
    const auto texts = value_or_throw<ConfigurationError>(deliver::load_texts(context.settings().digest.templates));
    deliver::Previewer previewer(
        {*database, context.taxonomy(), context.catalogue(), texts, deliver::Sender::of(context.settings())});
    const auto draft = value_or_throw<UsageError>(previewer.upcoming(subscription, context.clock().now()));
    if (draft.stories == 0) {
      tell("Nothing is due for subscription {} yet.\n", id_);
      return Exit::not_all;
    }
    if (form_ == "json") fmt::print("{}\n", draft.data);
    else if (form_ == "html") fmt::print("{}", draft.rendered.html);
    else fmt::print("{}\n\n{}", draft.rendered.subject, draft.rendered.text);
    return Exit::done;
  }

 private:
  std::string id_;
  std::string form_ = "text";
};

class SubscriptionsPreview final : public Command {
 public:
  std::string_view name() const override { return "subscriptions preview"; }
  std::string_view help() const override { return "What a subscription would have brought in the last 90 days"; }
  void declare(Syntax& syntax) override {
    syntax.filter("filter", filter_, "A filter, or the number of a subscription");
    syntax.option("--rhythm", rhythm_, "As in subscriptions add", "WHEN");
    syntax.count("--days", days_, most_days, "So many days back");
  }
  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    archive::Subscription subscription;
    const bool is_number = !filter_.empty() && filter_.find_first_not_of("0123456789") == filter_.npos;
    if (is_number) {
      auto saved = archive::People(*database).subscription(subscription_number(filter_));
      if (!saved)
        throw NotFound(
            fmt::format("there is no subscription {}; a number that is looked for is written in quotes: \x27\"{}\"\x27",
                        filter_, filter_));
      subscription = std::move(*saved);
    } else {
      context.filter(filter_);
      subscription.filter = filter_;
    }
    if (!rhythm_.empty()) subscription.rhythm = value_or_throw<UsageError>(archive::Rhythm::parse(rhythm_));
    const auto texts = value_or_throw<ConfigurationError>(deliver::load_texts(context.settings().digest.templates));
    deliver::Previewer previewer(
        {*database, context.taxonomy(), context.catalogue(), texts, deliver::Sender::of(context.settings())});
    const auto preview =
        value_or_throw<UsageError>(previewer.preview(subscription, context.clock().now(), std::chrono::days(days_)));
    fmt::print("{} messages, {} stories in the last {} days\n", preview.digests.size(), preview.stories, days_);
    for (const auto& draft : preview.digests)
      fmt::print("  {}  {:>4} stories\n", base::to_iso_date(base::Zone::helsinki().to_local(draft.to).day),
                 draft.stories);
    return preview.digests.empty() ? Exit::not_all : Exit::done;
  }

 private:
  static constexpr std::size_t most_days = 3660;  // each window is looked at

  std::string filter_, rhythm_;
  std::size_t days_ = 90;
};

// build and send differ in how far they go.
class Deliver final : public Command {
 public:
  explicit Deliver(service::DeliveryStep step) : step_(step) {}
  std::string_view name() const override { return sends() ? "digest send" : "digest build"; }
  std::string_view help() const override {
    return sends() ? "Builds the digests that are due and sends what the outbox holds"
                   : "Builds the digests that are due into the outbox; sends nothing";
  }
  void declare(Syntax&) override {}
  int run(Context& context) override {
    context.catalogue();
    auto configuration = value_or_throw<ConfigurationError>(service::read_configuration(context.config_file()));
    const auto report =
        value_or_throw<std::runtime_error>(service::deliver_once(std::move(configuration), context.clock(), step_));
    fmt::print("{} digests built, telling {} stories; {} windows had nothing to tell.\n", report.built.messages,
               report.built.stories, report.built.quiet);
    if (sends())
      fmt::print("{} messages sent, {} put off, {} given up.\n", report.sent.sent, report.sent.deferred,
                 report.sent.dead);
    for (const auto* problems : {&report.built.problems, &report.letters.problems, &report.sent.problems})
      for (const auto& problem : *problems) tell("{}\n", problem);
    const bool all_well = report.built.problems.empty() && report.letters.problems.empty() &&
                          report.sent.problems.empty() && report.sent.deferred + report.sent.dead == 0;
    return all_well ? Exit::done : Exit::not_all;
  }

 private:
  bool sends() const { return step_ == service::DeliveryStep::build_and_send; }
  service::DeliveryStep step_;
};

}  // namespace

std::unique_ptr<Command> make_digest_preview() { return std::make_unique<DigestPreview>(); }
std::unique_ptr<Command> make_subscriptions_preview() { return std::make_unique<SubscriptionsPreview>(); }
std::unique_ptr<Command> make_digest_build() { return std::make_unique<Deliver>(service::DeliveryStep::build); }
std::unique_ptr<Command> make_digest_send() { return std::make_unique<Deliver>(service::DeliveryStep::build_and_send); }

}  // namespace sotevahti::cli
