// sotevahti outbox replay: sends messages once more, with the id that they had, so that a
// receiver who has them knows.
#include <fmt/format.h>

#include "archive/ledger.h"
#include "base/zone.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/wishes.h"
#include "config/values.h"
#include "text/feed_date.h"

namespace sotevahti::cli {
namespace {

// "2026-02-20", "2026-02-20T07:00:00Z", or so long ago: "7d".
base::Time moment(const std::string& text, base::Time now) {
  if (const auto ago = config::parse_duration(text)) return now - *ago;
  if (const auto day = base::parse_iso_date(text)) return base::Zone::helsinki().to_utc({*day, 0, 0, 0});
  if (const auto time = text::parse_feed_date(text)) return *time;
  throw UsageError(fmt::format("\"{}\" is no time: write \"2026-02-20\", \"2026-02-20T07:00:00Z\" or \"7d\"", text));
}

class OutboxReplay final : public Command {
 public:
  std::string_view name() const override { return "outbox replay"; }
  std::string_view help() const override { return "Sends again what was sent, given up or cancelled"; }
  void declare(Syntax& syntax) override {
    syntax.arguments("id", ids_, "Numbers of messages; or a range by the options");
    syntax.option("--subscription", subscription_, "Only what went to this webhook", "ID");
    syntax.option("--since", since_, "Written since: a day, a time, or so long ago (\"7d\")", "TIME");
    syntax.option("--until", until_, "Written before", "TIME");
    syntax.flag("--sent", sent_, "Also what arrived; without it what was given up or cancelled");
  }

  int run(Context& context) override {
    const bool range = !subscription_.empty() || !since_.empty() || !until_.empty();
    if (range != ids_.empty()) throw UsageError("name messages, or a range by --subscription, --since, --until");
    const base::Time now = context.clock().now();
    const auto database = context.open_archive(archive::Access::write);
    archive::Ledger ledger(*database);
    std::size_t count = 0;
    for (const std::string& id : ids_) count += ledger.replay(message_number(id), now);
    if (range) count += ledger.replay(wanted(now), now);
    fmt::print("{} messages are due again.\n", count);
    return count > 0 && count >= ids_.size() ? Exit::done : Exit::not_all;
  }

 private:
  archive::Replay wanted(base::Time now) const {
    archive::Replay which;
    if (!since_.empty()) which.since = moment(since_, now);
    which.until = until_.empty() ? now + base::Seconds(1) : moment(until_, now);
    if (!subscription_.empty()) which.subscription = subscription_number(subscription_);
    which.sent_too = sent_;
    return which;
  }

  std::vector<std::string> ids_;
  std::string subscription_, since_, until_;
  bool sent_ = false;
};

}  // namespace

std::unique_ptr<Command> make_outbox_replay() { return std::make_unique<OutboxReplay>(); }

}  // namespace sotevahti::cli
