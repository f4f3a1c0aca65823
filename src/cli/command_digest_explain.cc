// sotevahti digest explain SUBSCRIPTION [ENTRY...]: why entries are in a subscription's digest, or why not.
#include <fmt/format.h>

#include "archive/people.h"
#include "archive/search.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/prose.h"
#include "cli/terminal.h"
#include "cli/wishes.h"
#include "deliver/explain.h"

namespace sotevahti::cli {
namespace {

using Verdict = deliver::Explanation::Verdict;

constexpr std::size_t verdict_columns = 6;

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::told: return "told";
    case Verdict::waiting: return "waits";
    case Verdict::out: return "out";
  }
  return "";
}

class DigestExplain final : public Command {
 public:
  std::string_view name() const override { return "digest explain"; }
  std::string_view help() const override { return "Says why each entry is in a subscription's digest, or why not"; }
  void declare(Syntax& syntax) override {
    syntax.argument("subscription", subscription_, "Its number");
    syntax.arguments("entry", entries_,
                     "Numbers of entries; all that came in the window under way where none is given");
    syntax.count("--limit", limit_, 1'000'000, "At most so many");
    syntax.flag("--json", json_, "As JSON Lines");
  }

  int run(Context& context) override {
    const auto database = context.open_archive(archive::Access::read);
    archive::People people(*database);
    const archive::Subscription subscription = named_subscription(people, subscription_);
    const base::Time now = context.clock().now();
    archive::Search search(*database, context.taxonomy(), now);
    std::vector<archive::EntryId> entries;
    for (const auto& entry : entries_) entries.push_back(entry_number(entry));
    if (entries.empty())
      for (const auto id : search.arrived({}, subscription.window_start, now + base::Seconds(1)))
        if (entries.size() < limit_) entries.push_back(id);
    std::size_t explained = 0;
    for (const auto id : entries) {
      const auto entry = search.entry(id);
      if (!entry) {
        tell("There is no entry {}.\n", id);
        continue;
      }
      print(id, entry->summary.title.str(),
            value_or_throw<UsageError>(deliver::explain(*database, context.taxonomy(), id, subscription.id, now)));
      ++explained;
    }
    if (entries.empty()) tell("Nothing came in the window that is under way.\n");
    return entries.empty() || explained < entries.size() ? Exit::not_all : Exit::done;
  }

 private:
  void print(archive::EntryId id, const std::string& title, const deliver::Explanation& why) const {
    if (json_) {
      JsonObject object;
      object.add("entry", id).add("title", title).add("verdict", to_string(why.verdict)).add("reasons", why.reasons);
      return fmt::print("{}\n", object.print());
    }
    const std::string margin(verdict_columns, ' ');
    fmt::print("{:<{}}{}", to_string(why.verdict), verdict_columns,
               styled(beside(fmt::format("{}  {}", id, base::one_line(title)), verdict_columns), Style::bold));
    for (const auto& reason : why.reasons)
      fmt::print("{}{}", margin, beside(with_choices_apart(base::one_line(reason)), verdict_columns));
  }

  std::string subscription_;
  std::vector<std::string> entries_;
  std::size_t limit_ = 50;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_digest_explain() { return std::make_unique<DigestExplain>(); }

}  // namespace sotevahti::cli
