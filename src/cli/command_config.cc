// sotevahti config show / check / example.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/context.h"
#include "cli/table.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

class ConfigShow final : public Command {
 public:
  std::string_view name() const override { return "config show"; }
  std::string_view help() const override { return "The values in force, and where each comes from"; }
  void declare(Syntax&) override {}
  int run(Context& context) override {
    Table table({{"setting"}, {"value", false, true}, {"from", false, true}});
    const auto& loaded = context.loaded();
    for (const auto& [name, value] : config::effective_values(loaded.settings)) {
      const auto at = loaded.origins.find(name);
      const std::string from = at == loaded.origins.end() ? "default" : at->second;
      table.row({name, value, from}, from == "default" ? Style::dim : Style::plain);
    }
    fmt::print("{}", table.print_here());
    return Exit::done;
  }
};

class ConfigCheck final : public Command {
 public:
  std::string_view name() const override { return "config check"; }
  std::string_view help() const override { return "Reads settings, feeds.d and tags.d and names every problem"; }
  void declare(Syntax&) override {}
  int run(Context& context) override {
    const auto& file = context.loaded().file;
    fmt::print("settings   {}\n", file.empty() ? "none: the defaults" : file.string());
    fmt::print("taxonomy   {} areas, {} municipalities, {} places, {} topics ({})\n", context.taxonomy().areas.size(),
               context.taxonomy().municipalities.size(), context.taxonomy().places.size(),
               context.taxonomy().topics.size(),
               context.settings().tags.dir.empty() ? "built in" : context.settings().tags.dir.string());
    value_or_throw<ConfigurationError>(config::find_catalogue(context.settings().feeds.dir));
    fmt::print("catalogue  {} feeds ({})\n", context.catalogue().feeds().size(), context.settings().feeds.dir.string());
    return Exit::done;
  }
};

class ConfigExample final : public Command {
 public:
  std::string_view name() const override { return "config example"; }
  std::string_view help() const override { return "Prints an annotated sotevahti.toml"; }
  void declare(Syntax&) override {}
  int run(Context&) override {
    fmt::print("{}", config::example_settings());
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_config_show() { return std::make_unique<ConfigShow>(); }
std::unique_ptr<Command> make_config_check() { return std::make_unique<ConfigCheck>(); }
std::unique_ptr<Command> make_config_example() { return std::make_unique<ConfigExample>(); }

}  // namespace sotevahti::cli
