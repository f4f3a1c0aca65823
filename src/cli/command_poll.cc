// sotevahti poll: asks what is due, all, or the feeds named, once.
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/context.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "cli/wishes.h"
#include "service/round.h"

namespace sotevahti::cli {
namespace {

using Kind = archive::PollOutcome::Kind;

struct Sums {
  std::size_t updated = 0, unchanged = 0, failed = 0, quiet = 0, postponed = 0;
  std::size_t new_entries = 0, revised = 0, new_stories = 0, irrelevant = 0, hushed = 0;
  std::vector<poll::FeedResult> troubles;
};

// A page without a feed is a state, not a failure that a person must see at every poll.
bool is_quiet(const poll::FeedResult& result) {
  return result.milled.state.failure && result.milled.state.failure->cause == "no-feed-found";
}

void add(Sums& sums, const poll::FeedResult& result) {
  const auto& milled = result.milled;
  if (result.postponed) {
    ++sums.postponed;
  } else if (milled.kind == Kind::failed) {
    ++(is_quiet(result) ? sums.quiet : sums.failed);
    if (!is_quiet(result)) sums.troubles.push_back(result);
  } else {
    ++(milled.kind == Kind::updated ? sums.updated : sums.unchanged);
  }
  sums.new_entries += milled.report.new_entries;
  sums.revised += milled.report.revised;
  sums.new_stories += milled.report.new_stories;
  sums.irrelevant += milled.irrelevant;
  sums.hushed += milled.report.hushed;
}

class Poll final : public Command {
 public:
  std::string_view name() const override { return "poll"; }
  std::string_view help() const override { return "Polls the feeds that are due, once"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--all", all_, "All enabled feeds, due or not");
    syntax.arguments("feeds", feeds_, "Only these, by id");
  }

  int run(Context& context) override {
    value_or_throw<ConfigurationError>(config::find_catalogue(context.settings().feeds.dir));
    std::vector<const config::Feed*> named;
    for (const auto& id : feeds_) named.push_back(&named_feed(context, id));
    const std::size_t total = named.empty() ? context.catalogue().feeds().size() : named.size();
    Sums sums;
    {
      Progress progress(total);
      std::size_t ended = 0;
      const service::RoundParts parts{context.settings(),
                                      [&]() -> const config::Taxonomy& { return context.taxonomy(); },
                                      context.catalogue(), context.clock(),
                                      [&](const poll::FeedResult& result) {
                                        add(sums, result);
                                        progress.show(++ended, result.feed->title);
                                      }};
      value_or_throw<std::runtime_error>(
          service::poll_round(parts, all_ ? service::Which::all : service::Which::due, named));
    }
    print(sums);
    return sums.failed == 0 ? Exit::done : Exit::not_all;
  }

 private:
  static void print(Sums& sums) {
    const std::size_t polled = sums.updated + sums.unchanged + sums.failed + sums.quiet;
    if (polled + sums.postponed == 0) {
      fmt::print("No feed is due.\n");
      return;
    }
    fmt::print("{} polled: {} with news, {} unchanged, {} failed", polled, sums.updated, sums.unchanged, sums.failed);
    if (sums.quiet > 0) fmt::print(", {} pages without a feed", sums.quiet);
    if (sums.postponed > 0) fmt::print("; {} postponed at their host's wish", sums.postponed);
    fmt::print(".\n{} new entries ({} new stories), {} edited", sums.new_entries, sums.new_stories, sums.revised);
    if (sums.irrelevant > 0) fmt::print(", {} about other things left out", sums.irrelevant);
    fmt::print(".\n");
    if (sums.hushed > 0)
      fmt::print("{} of them came in a flood: they are archived, and not told one by one ([poll] flood).\n",
                 sums.hushed);
    if (sums.troubles.empty()) return;
    std::sort(sums.troubles.begin(), sums.troubles.end(),
              [](const auto& a, const auto& b) { return a.feed->id < b.feed->id; });
    Table table({{"feed"}, {"cause"}, {"what happened", false, true}, {"address", false, true}});
    for (const auto& trouble : sums.troubles) {
      const auto& state = trouble.milled.state;
      table.row({trouble.feed->id, state.failure ? state.failure->cause : "",
                 state.failure ? state.failure->detail : "", state.url.empty() ? trouble.feed->url : state.url});
    }
    fmt::print("\nNot read:\n{}", table.print_here());
  }

  bool all_ = false;
  std::vector<std::string> feeds_;
};

}  // namespace

std::unique_ptr<Command> make_poll() { return std::make_unique<Poll>(); }

}  // namespace sotevahti::cli
