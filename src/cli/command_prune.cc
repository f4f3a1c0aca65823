// sotevahti prune, vacuum: the archive kept small.
#include <fmt/format.h>

#include <filesystem>

#include "archive/holder.h"
#include "archive/prune.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/terminal.h"
#include "config/values.h"

namespace sotevahti::cli {
namespace {

class Prune final : public Command {
 public:
  std::string_view name() const override { return "prune"; }
  std::string_view help() const override {
    return "Lets old texts, versions and sent messages go by the rules of [archive]; headlines and tags stay";
  }
  void declare(Syntax& syntax) override {
    syntax.flag("--dry-run", dry_run_, "Only say what would go");
    syntax.option("--texts", texts_, "Texts older than this, whatever the rule: 365d", "TIME");
    syntax.flag("--json", json_, "As JSON");
  }

  int run(Context& context) override {
    const archive::PruneRules rules = rules_of(context.settings().archive);
    const auto database = context.open_archive(dry_run_ ? archive::Access::read : archive::Access::write);
    const base::Time now = context.clock().now();
    const archive::Pruned pruned =
        dry_run_ ? archive::prunable(*database, rules, now) : archive::prune(*database, rules, now, show_progress);
    if (json_) {
      JsonObject object;
      object.add("texts", pruned.texts).add("revisions", pruned.revisions).add("messages", pruned.messages);
      object.add("bytes", pruned.bytes).add("dry_run", dry_run_);
      fmt::print("{}\n", object.print());
      return Exit::done;
    }
    fmt::print("{} texts, {} earlier versions, {} messages {}: {:.1f} MB\n", pruned.texts, pruned.revisions,
               pruned.messages, dry_run_ ? "would go" : "are gone", static_cast<double>(pruned.bytes) / 1e6);
    return Exit::done;
  }

 private:
  archive::PruneRules rules_of(const config::Settings::Archive& settings) const {
    const auto rule = [](base::Seconds time) { return time > base::Seconds(0) ? std::optional(time) : std::nullopt; };
    archive::PruneRules rules{rule(settings.keep_texts), rule(settings.keep_revisions), rule(settings.keep_messages)};
    if (!texts_.empty()) rules.texts = value_or_throw<UsageError>(config::parse_duration(texts_));
    return rules;
  }

  bool dry_run_ = false, json_ = false;
  std::string texts_;
};

class Vacuum final : public Command {
 public:
  std::string_view name() const override { return "vacuum"; }
  std::string_view help() const override {
    return "Gives unused room of the archive back; the service must be stopped";
  }
  void declare(Syntax&) override {}

  int run(Context& context) override {
    const auto& file = context.settings().archive.path;
    const auto holder =
        value_or_throw<std::runtime_error>(archive::Holder::take(file, "sotevahti vacuum", context.clock().now()));
    const auto database = context.open_archive(archive::Access::write);
    const auto before = std::filesystem::file_size(file);
    const auto free = std::filesystem::space(file.parent_path()).available;
    if (free < 2 * before)
      throw std::runtime_error(
          fmt::format("{:.0f} MB are free beside the archive, and twice its size, {:.0f} MB, is needed",
                      static_cast<double>(free) / 1e6, static_cast<double>(2 * before) / 1e6));
    archive::vacuum(*database);
    fmt::print("{}: {:.1f} MB, was {:.1f} MB\n", file.string(),
               static_cast<double>(std::filesystem::file_size(file)) / 1e6, static_cast<double>(before) / 1e6);
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_prune() { return std::make_unique<Prune>(); }
std::unique_ptr<Command> make_vacuum() { return std::make_unique<Vacuum>(); }

}  // namespace sotevahti::cli
