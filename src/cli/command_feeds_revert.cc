// sotevahti feeds revert ID: takes back that a feed moved for good.
#include <fmt/format.h>

#include "archive/feed_store.h"
#include "archive/holder.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/wishes.h"

namespace sotevahti::cli {
namespace {

class FeedsRevert final : public Command {
 public:
  std::string_view name() const override { return "feeds revert"; }
  std::string_view help() const override {
    return "Asks feeds at the catalogue's address again and refuses the one they moved to";
  }
  void declare(Syntax& syntax) override { syntax.arguments("feeds", feeds_, "Ids of feeds that moved"); }

  int run(Context& context) override {
    if (feeds_.empty()) throw UsageError("name the feeds: sotevahti feeds list shows which have moved");
    for (const auto& id : feeds_) named_feed(context, id);
    // A service that runs keeps the addresses in memory and would write them again.
    const auto holder = value_or_throw<std::runtime_error>(
        archive::Holder::take(context.settings().archive.path, "sotevahti feeds revert", context.clock().now()));
    const auto database = context.open_archive(archive::Access::write);
    bool all = true;
    for (const auto& id : feeds_) {
      const bool reverted = archive::FeedStore(*database).revert_redirect(id);
      all = all && reverted;
      fmt::print("{}: {}\n", id,
                 reverted ? "asked at its former address from the next poll on" : "has not moved; nothing was changed");
    }
    return all ? Exit::done : Exit::not_all;
  }

 private:
  std::vector<std::string> feeds_;
};

}  // namespace

std::unique_ptr<Command> make_feeds_revert() { return std::make_unique<FeedsRevert>(); }

}  // namespace sotevahti::cli
