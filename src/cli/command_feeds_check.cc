// sotevahti feeds check [FEED...], feeds discover URL: a look at sources, nothing stored.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/context.h"
#include "cli/json.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "service/probe.h"
#include "text/types.h"

namespace sotevahti::cli {
namespace {

JsonObject as_json(const std::string& id, const service::Probe& probe) {
  JsonObject line;
  line.add("id", id).add("url", probe.url).add("ok", !probe.failure.has_value()).add("status", probe.status);
  if (probe.failure) line.add("cause", probe.failure->cause).add("detail", probe.failure->detail);
  line.add("format", probe.format).add("encoding", probe.encoding).add("recovered", probe.recovered);
  line.add("title", probe.title).add("entries", probe.entries).add("bytes", probe.bytes);
  line.add("newest", probe.newest).add("conditional", probe.conditional);
  return line;
}

std::string verdict(const service::Probe& probe) {
  if (probe.failure) return fmt::format("{}: {}", probe.failure->cause, probe.failure->detail);
  std::string words = fmt::format("{}, {} entries, {}", probe.format, probe.entries, probe.encoding);
  if (probe.newest) words += ", newest " + base::to_iso_date(base::Zone::helsinki().to_local(*probe.newest).day);
  if (probe.recovered) words += ", broken but read";
  if (!probe.conditional) words += ", no validator";
  return words;
}

class FeedsCheck final : public Command {
 public:
  std::string_view name() const override { return "feeds check"; }
  std::string_view help() const override { return "Fetches feeds and says what is there; stores nothing"; }
  void declare(Syntax& syntax) override {
    syntax.flag("--json", json_, "As JSON Lines");
    syntax.arguments("feeds", feeds_, "Ids or addresses; all feeds where none is given");
  }

  int run(Context& context) override {
    std::vector<std::string> ids, urls;
    for (const auto& given : feeds_) {
      const auto* feed = context.catalogue().find(given);
      if (feed == nullptr && !text::Url::parse(given))
        throw NotFound(fmt::format("\"{}\" is neither a feed's id nor an address", given));
      ids.push_back(given);
      urls.push_back(feed != nullptr ? feed->url : given);
    }
    if (feeds_.empty()) {
      for (const auto& feed : context.catalogue().feeds()) {
        if (!feed.enabled || feed.discover) continue;
        ids.push_back(feed.id);
        urls.push_back(feed.url);
      }
    }
    const auto probes = value_or_throw<ConfigurationError>(service::probe(context.settings(), urls));
    bool all_well = true;
    Table table({{"feed"}, {"found", false, true}});
    for (std::size_t i = 0; i < probes.size(); ++i) {
      all_well = all_well && !probes[i].failure;
      if (json_) fmt::print("{}\n", as_json(ids[i], probes[i]).print());
      table.row({ids[i], verdict(probes[i])}, probes[i].failure ? Style::red : Style::plain);
    }
    if (!json_) fmt::print("{}", table.print_here());
    return all_well ? Exit::done : Exit::not_all;
  }

 private:
  bool json_ = false;
  std::vector<std::string> feeds_;
};

class FeedsDiscover final : public Command {
 public:
  std::string_view name() const override { return "feeds discover"; }
  std::string_view help() const override { return "Looks for the feeds of a page"; }
  void declare(Syntax& syntax) override {
    syntax.argument("url", url_, "The page");
    syntax.flag("--json", json_, "As JSON Lines");
  }
  int run(Context& context) override {
    if (!text::Url::parse(url_)) throw UsageError(fmt::format("\"{}\" is no http or https address", url_));
    const auto found = value_or_throw<ConfigurationError>(service::discover(context.settings(), url_));
    if (found.failure)
      throw std::runtime_error(fmt::format("{}: {} ({})", url_, found.failure->detail, found.failure->cause));
    Table table({{"address", false, true}, {"format"}, {"entries", true}, {"title", false, true}, {"found by"}});
    for (const auto& feed : found.feeds) {
      if (json_) {
        JsonObject line;
        line.add("url", feed.candidate.url).add("format", feed.format).add("entries", feed.entries);
        line.add("title", feed.title).add("reason", feed.candidate.reason);
        fmt::print("{}\n", line.print());
      }
      table.row({feed.candidate.url, feed.format, std::to_string(feed.entries), feed.title, feed.candidate.reason});
    }
    if (found.feeds.empty()) {
      tell("No feed was found from {}.\n", url_);
      return Exit::not_all;
    }
    if (!json_) fmt::print("{}", table.print_here());
    return Exit::done;
  }

 private:
  std::string url_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_feeds_check() { return std::make_unique<FeedsCheck>(); }
std::unique_ptr<Command> make_feeds_discover() { return std::make_unique<FeedsDiscover>(); }

}  // namespace sotevahti::cli
