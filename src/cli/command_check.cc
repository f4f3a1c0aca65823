// sotevahti check: the configuration, the rules of tags.d and the whole archive; --retag
// brings the archive's tags to the present rules.
#include <fmt/format.h>

#include <filesystem>

#include "archive/holder.h"
#include "archive/index_words.h"
#include "archive/maintenance.h"
#include "archive/search.h"
#include "archive/tag_store.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/terminal.h"
#include "poll/retagger.h"
#include "service/surroundings.h"
#include "tag/rule_check.h"
#include "tag/tagger.h"

namespace sotevahti::cli {
namespace {

JsonObject as_json(const archive::TagChanges& changes) {
  JsonObject object;
  object.add("version", changes.version).add("entries", changes.entries).add("changed", changes.changed);
  std::vector<JsonObject> tags;
  for (const auto& [tag, count] : changes.tags) {
    JsonObject line;
    line.add("tag", tag).add("added", count.added).add("removed", count.removed);
    tags.push_back(std::move(line));
  }
  object.add("tags", std::move(tags));
  return object;
}

class Check final : public Command {
 public:
  std::string_view name() const override { return "check"; }
  std::string_view help() const override {
    return "Checks the configuration, the rules, the whole archive and what the service stands on";
  }
  void declare(Syntax& syntax) override {
    syntax.flag("--repair", repair_, "Make the full-text index anew where it is not whole");
    syntax.flag("--retag", retag_, "Tag every archived entry anew by the present rules, and tell what changed");
    syntax.flag("--json", json_, "As JSON");
  }

  int run(Context& context) override {
    check_rules(context);
    surroundings_ = service::look_around(context.settings(), context.catalogue(), context.clock().now());
    if (std::filesystem::exists(context.settings().archive.path)) check_archive(context);
    if (json_) print_json(context);
    else print(context);
    if (!findings_.empty())
      tell("sotevahti: {}\n",
           repair_ ? "what is left needs a backup: systemctl stop sotevahti, move the archive away, sotevahti "
                     "restore BACKUP (the newest one stands in backups/ beside the archive)"
                   : "sotevahti check --repair makes the index anew; for the rest restore a backup: sotevahti "
                     "restore BACKUP");
    return findings_.empty() && rules_.empty() ? Exit::done : Exit::not_all;
  }

 private:
  void check_rules(Context& context) {
    const auto lexicon =
        value_or_throw<std::runtime_error>(text::Lexicon::open(context.settings().language.cache_bytes));
    rules_ = tag::check_rules(context.taxonomy(), *lexicon);
  }

  void check_archive(Context& context) {
    std::unique_ptr<archive::Database> database;
    try {
      database = context.open_archive(archive::Access::write);
    } catch (const std::runtime_error& problem) {
      findings_.emplace_back(problem.what());
      return;
    }
    findings_ = archive::check_archive(*database);
    if (!findings_.empty() && repair_) {
      archive::rebuild_full_text(*database, show_progress);
      findings_ = archive::check_archive(*database);
    }
    archive::TagStore tags(*database);
    if (retag_) {
      tag_anew(context, *database);
      changes_ = tags.changes();
    }
    waiting_ = tags.waiting();
    if (waiting_ || tags.is_of(tag::tagger_version(context.taxonomy()))) return;
    const auto totals = archive::Search(*database, context.taxonomy(), context.clock().now()).totals();
    waiting_ = {totals.entries, totals.entries};
  }

  // One process writes tags: the service does it by itself.
  static void tag_anew(Context& context, archive::Database& database) {
    const auto holder = value_or_throw<std::runtime_error>(
        archive::Holder::take(context.settings().archive.path, "sotevahti check --retag", context.clock().now()));
    archive::use_names(database, context.taxonomy(), show_progress);
    archive::TagStore(database).use_rules(tag::tagger_version(context.taxonomy()), true);
    const auto retagger = value_or_throw<std::runtime_error>(
        poll::Retagger::make(context.taxonomy(), context.catalogue(), context.settings().language.cache_bytes));
    poll::retag_all(database, *retagger, [](double part) { show_progress("tagging anew", part); });
  }

  void print(Context& context) const {
    fmt::print("configuration  {} feeds, {} topics\n", context.catalogue().feeds().size(),
               context.taxonomy().topics.size());
    for (const auto& complaint : rules_) fmt::print("rules          {}\n", base::one_line(complaint));
    for (const auto& each : surroundings_)
      fmt::print(
          "{:<15}{}\n", each.what,
          each.cause.empty() ? "as it should be" : base::one_line(fmt::format("{}: {}", each.cause, each.remedy)));
    const std::string archive = context.settings().archive.path.string();
    if (!std::filesystem::exists(archive)) return fmt::print("archive        none yet at {}\n", archive);
    for (const auto& finding : findings_) fmt::print("archive        {}\n", base::one_line(finding));
    if (findings_.empty()) fmt::print("archive        whole: {}\n", archive);
    if (waiting_)
      fmt::print("tags           {} of {} entries wait for the present rules: the service brings them, or --retag\n",
                 waiting_->entries, waiting_->of);
    if (!changes_) return;
    fmt::print("tags           {} entries looked at, {} changed\n", changes_->entries, changes_->changed);
    for (const auto& [tag, count] : changes_->tags)
      fmt::print("  {:<32}{:>7}{:>7}\n", tag, fmt::format("+{}", count.added), fmt::format("-{}", count.removed));
  }

  void print_json(Context& context) const {
    JsonObject object;
    object.add("feeds", context.catalogue().feeds().size()).add("topics", context.taxonomy().topics.size());
    object.add("rules", rules_).add("archive", findings_).add("waiting", waiting_ ? waiting_->entries : 0);
    std::vector<JsonObject> retagged;
    if (changes_) retagged.push_back(as_json(*changes_));
    object.add("retag", std::move(retagged));
    std::vector<JsonObject> around;
    for (const auto& each : surroundings_) {
      JsonObject line;
      line.add("what", each.what).add("cause", each.cause).add("remedy", each.remedy);
      around.push_back(std::move(line));
    }
    object.add("surroundings", std::move(around));
    fmt::print("{}\n", object.print());
  }

  bool repair_ = false, retag_ = false, json_ = false;
  std::vector<std::string> rules_, findings_;
  std::vector<service::Finding> surroundings_;
  std::optional<archive::TagStore::Waiting> waiting_;
  std::optional<archive::TagChanges> changes_;
};

}  // namespace

std::unique_ptr<Command> make_check() { return std::make_unique<Check>(); }

}  // namespace sotevahti::cli
