// sotevahti feeds list: every source with its health and, where it has one, its trouble's cause.
#include <fmt/format.h>

#include <unordered_map>

#include "archive/feed_store.h"
#include "archive/health.h"
#include "archive/websub_store.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/pager.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

Style style_of(archive::Health::State state) {
  switch (state) {
    case archive::Health::State::failing: return Style::red;
    case archive::Health::State::quiet: return Style::yellow;
    case archive::Health::State::disabled:
    case archive::Health::State::no_feed: return Style::dim;
    default: return Style::plain;
  }
}

std::string day(const std::optional<base::Time>& time) {
  return time ? base::to_iso_date(base::Zone::helsinki().to_local(*time).day) : "-";
}

using Hubs = std::unordered_map<std::string, archive::HubSubscription>;

void add_hub(JsonObject& line, const archive::HubSubscription& hub) {
  line.add("hub_state", archive::to_string(hub.state)).add("hub_expires", hub.expires);
  line.add("hub_pushes", static_cast<std::int64_t>(hub.pushes)).add("hub_last_push", hub.last_push);
  line.add("hub_missed", static_cast<std::int64_t>(hub.missed));
}

JsonObject as_json(const archive::Health& health, const Hubs& hubs) {
  const auto& state = health.known;
  JsonObject line;
  line.add("id", health.feed->id).add("title", health.feed->title).add("publisher", health.feed->publisher);
  line.add("url", state.url.empty() ? health.feed->url : state.url).add("areas", health.feed->areas);
  line.add("state", archive::to_string(health.state)).add("entries", static_cast<std::int64_t>(state.entries));
  line.add("last_poll", state.last_poll).add("last_success", state.last_success);
  line.add("last_new_entry", state.last_new_entry);
  if (state.usual_gap.count() > 0) line.add("usual_gap_seconds", static_cast<std::int64_t>(state.usual_gap.count()));
  line.add("interval_seconds", static_cast<std::int64_t>(state.interval.count()));
  line.add("polls", static_cast<std::int64_t>(state.polls))
      .add("unchanged", static_cast<std::int64_t>(state.unchanged));
  line.add("next_poll", state.polls > 0 ? std::optional(state.next_poll) : std::nullopt);
  if (state.failure) {
    line.add("cause", state.failure->cause).add("detail", state.failure->detail);
    line.add("failing_since", state.failing_since).add("failures", state.failures);
  }
  if (!state.redirect_to.empty())
    line.add("redirect_to", state.redirect_to).add("redirect_since", state.redirect_since);
  if (!state.permanent_from.empty()) line.add("moved_from", state.permanent_from);
  if (!state.redirect_refused.empty()) line.add("redirect_refused", state.redirect_refused);
  if (state.flooded_at) line.add("flooded_at", state.flooded_at);
  if (!state.hub.empty()) line.add("hub", state.hub);
  if (const auto at = hubs.find(health.feed->id); at != hubs.end()) add_hub(line, at->second);
  if (state.discovered_at) line.add("discovered_at", state.discovered_at);
  return line;
}

class FeedsList final : public Command {
 public:
  std::string_view name() const override { return "feeds list"; }
  std::string_view help() const override { return "Lists the feeds with their health"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--json", json_, "As JSON Lines");
    syntax.flag("--troubled", troubled_, "Only those that are failing or quiet");
  }

  int run(Context& context) override {
    std::vector<archive::FeedState> states;
    Hubs hubs;
    if (std::filesystem::exists(context.settings().archive.path)) {
      const auto database = context.open_archive(archive::Access::read);
      states = archive::FeedStore(*database).states();
      for (auto& hub : archive::HubStore(*database).subscriptions()) hubs.emplace(hub.feed_id, hub);
    }
    const auto all = archive::health_of(context.catalogue(), states, context.clock().now());
    Table table(
        {{"feed"}, {"state"}, {"entries", true}, {"newest"}, {"read"}, {"what is wrong, or where it is", false, true}});
    std::size_t shown = 0;
    for (const auto& health : all) {
      const bool troubled =
          health.state == archive::Health::State::failing || health.state == archive::Health::State::quiet;
      if (troubled_ && !troubled) continue;
      ++shown;
      if (json_) {
        fmt::print("{}\n", as_json(health, hubs).print());
      } else {
        table.row({health.feed->id, std::string(archive::to_string(health.state)), std::to_string(health.known.entries),
                   day(health.known.last_new_entry), day(health.known.last_success), archive::sentence(health)},
                  style_of(health.state));
      }
    }
    if (!json_) {
      const Pager pager;
      fmt::print("{}", table.print_here());
    }
    return shown > 0 ? Exit::done : Exit::not_all;
  }

 private:
  bool json_ = false;
  bool troubled_ = false;
};

}  // namespace

std::unique_ptr<Command> make_feeds_list() { return std::make_unique<FeedsList>(); }

}  // namespace sotevahti::cli
