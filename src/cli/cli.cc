#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <map>
#include <sstream>
#include <system_error>

#include "base/log.h"
#include "base/version.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/context.h"
#include "cli/line.h"
#include "cli/manual.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

constexpr const char* about =
    "sotevahti follows Finland's social and health care reform: it polls feeds, keeps an archive,\n"
    "tags each entry by area and topic, and sends digests to those who asked.";

struct Group {
  const char* name;
  const char* help;
};
constexpr Group groups[] = {
    {"feeds", "The sources: health, test fetches, OPML in and out"},
    {"subscribers", "The people who get digests"},
    {"subscriptions", "What each of them gets: filter, rhythm, channel"},
    {"digest", "See, make and send digests"},
    {"outbox", "What is on its way out, and what is stuck"},
    {"config", "The configuration: show, check, example"},
    {"help", "Longer explanations: filter, manual"},
};

// "feeds list" hangs below "feeds".
CLI::App& place_of(CLI::App& app, std::string_view name, std::map<std::string, CLI::App*>& made) {
  const auto space = name.find(' ');
  if (space == std::string_view::npos) return app;
  const std::string group(name.substr(0, space));
  auto& at = made[group];
  if (at == nullptr) {
    const auto* known =
        std::find_if(std::begin(groups), std::end(groups), [&](const Group& g) { return group == g.name; });
    at = app.add_subcommand(group, known == std::end(groups) ? "" : known->help);
    at->require_subcommand(1);
  }
  return *at;
}

int report(const std::exception& failure, int status) {
  tell("sotevahti: {}\n", base::one_line(failure.what()));
  return status;
}

// Several problems stand one a line; each line is a stranger's text no more than one is.
int report_lines(std::string_view text, int status) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    tell("sotevahti: {}\n", base::one_line(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return status;
}

int run_command(Command& command, Context& context) {
  try {
    const int status = command.run(context);
    // A full disk must not look like a list that is whole.
    if (std::fflush(stdout) != 0)
      throw std::system_error(errno, std::generic_category(), "cannot write to standard output");
    return status;
  } catch (const ConfigurationError& e) {
    return report_lines(e.what(), Exit::configuration);
  } catch (const NotFound& e) {
    return report(e, Exit::not_all);
  } catch (const UsageError& e) {
    return report_lines(e.what(), Exit::usage);
  } catch (const std::system_error& e) {
    // Whoever read the output has seen enough: "sotevahti search ... | head".
    return e.code() == std::errc::broken_pipe ? Exit::done : report(e, Exit::failed);
  } catch (const std::exception& e) {
    return report(e, Exit::failed);
  }
}

// What an option takes where this command stands: its own ones, then those of the program.
Takes takes_of(const CLI::App* app, std::string_view name) {
  for (; app != nullptr; app = app->get_parent())
    if (const CLI::Option* option = app->get_option_no_throw(std::string(name)))
      return option->get_items_expected_max() > 0 ? Takes::value : Takes::nothing;
  return Takes::unknown;
}

struct Declared {
  Command* command;
  CLI::App* app;
  bool takes_filter;
};

std::vector<Declared> declare(const std::vector<std::unique_ptr<Command>>& commands, CLI::App& app) {
  std::map<std::string, CLI::App*> made;
  std::vector<Declared> all;
  for (const auto& command : commands) {
    CLI::App& place = place_of(app, command->name(), made);
    const auto name = command->name();
    const auto space = name.find(' ');
    CLI::App* own = place.add_subcommand(std::string(space == name.npos ? name : name.substr(space + 1)),
                                         std::string(command->help()));
    own->fallthrough();
    Syntax syntax(*own);
    command->declare(syntax);
    all.push_back({command.get(), own, syntax.takes_filter()});
  }
  return all;
}

// As CLI11 is to read it, which would take "-vaalit" for options and a wrong word for none.
std::vector<std::string> readable(std::vector<std::string> line, const std::vector<Declared>& all) {
  std::vector<std::string_view> names;
  for (const auto& each : all) names.push_back(each.command->name());
  const Opening opening = opening_of(line, names);
  if (!opening.complaint.empty()) throw UsageError(opening.complaint);
  for (const auto& each : all)
    if (each.takes_filter && each.command->name() == opening.command)
      return options_first(line, opening.end, [&](std::string_view name) { return takes_of(each.app, name); });
  return line;
}

}  // namespace

void Syntax::flag(const char* names, bool& to, const char* help) { app_.add_flag(names, to, help); }
void Syntax::option(const char* names, std::string& to, const char* help, const char* value_name) {
  app_.add_option(names, to, help)->type_name(value_name)->check([](const std::string& value) {
    return value.empty() ? std::string("nothing stands there") : std::string();  // it would be as if not written
  });
}
void Syntax::option(const char* names, std::size_t& to, const char* help, const char* value_name) {
  CLI::Option* option = app_.add_option(names, to, help)->type_name(value_name);
  option->check([](const std::string& value) {
    const bool whole = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
    return whole ? std::string() : '"' + value + "\" is no whole number";  // "-1" would be the largest of all
  });
  if (to > 0) option->capture_default_str();
}
void Syntax::count(const char* names, std::size_t& to, std::size_t most, const char* help) {
  option(names, to, help);
  app_.get_option(names)->check([most](const std::string& value) {
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool fits = problem == std::errc() && number >= 1 && number <= most;
    return fits ? std::string() : fmt::format("\"{}\" is no number from 1 to {}", value, most);
  });
}
void Syntax::choice(const char* names, std::string& to, std::vector<std::string> words, const char* help) {
  app_.add_option(names, to, help)->check(CLI::IsMember(std::move(words)))->capture_default_str();
}
void Syntax::argument(const char* name, std::string& to, const char* help, bool required) {
  app_.add_option(name, to, help)->required(required)->type_name("");
}
void Syntax::arguments(const char* name, std::vector<std::string>& to, const char* help, bool required) {
  app_.add_option(name, to, help)->required(required)->type_name("");
}
void Syntax::filter(const char* name, std::string& to, const char* help) {
  takes_filter_ = true;
  argument(name, to, help);
}
void Syntax::filter_words(const char* name, std::vector<std::string>& to, const char* help) {
  takes_filter_ = true;
  arguments(name, to, help);
}
void Syntax::excludes(const char* one, const char* other) { app_.get_option(one)->excludes(app_.get_option(other)); }
void Syntax::needs(const char* one, const char* other) { app_.get_option(one)->needs(app_.get_option(other)); }
void Syntax::footer(std::string text) { app_.footer(std::move(text)); }

std::vector<std::string> option_names(Command& command) {
  CLI::App scratch;
  Syntax syntax(scratch);
  command.declare(syntax);
  std::vector<std::string> names;
  for (const CLI::Option* option : scratch.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

bool takes_filter(Command& command) {
  CLI::App scratch;
  Syntax syntax(scratch);
  command.declare(syntax);
  return syntax.takes_filter();
}

std::vector<OptionWords> option_words(Command& command) {
  CLI::App scratch;
  scratch.set_help_flag();
  Syntax syntax(scratch);
  command.declare(syntax);
  std::vector<OptionWords> words;
  for (const CLI::Option* option : scratch.get_options()) {
    const bool is_argument = option->get_positional();
    const bool takes_value = !is_argument && option->get_items_expected_max() > 0;
    std::string value = takes_value ? option->get_type_name() : "";
    if (value.starts_with("TEXT:")) value.erase(0, 5);  // the words of a choice
    words.push_back({option->get_name(is_argument, !is_argument), std::move(value), option->get_description(),
                     is_argument, option->get_required()});
  }
  return words;
}

int run(int argc, char** argv) {
  CLI::App app(about, "sotevahti");
  app.set_version_flag("--version", std::string("sotevahti ") + std::string(base::version));
  std::string config;
  Syntax(app).option("--config", config,
                     "The settings (default: $SOTEVAHTI_CONFIG, ./sotevahti.toml, "
                     "/etc/sotevahti/sotevahti.toml)",
                     "FILE");
  app.require_subcommand(1);
  app.fallthrough();

  const auto commands = all_commands();
  const std::vector<Declared> all = declare(commands, app);
  try {
    auto line = readable({argv + std::min(argc, 1), argv + argc}, all);
    std::reverse(line.begin(), line.end());  // CLI11 takes the last word for the first
    app.parse(std::move(line));
  } catch (const UsageError& e) {
    return report(e, Exit::usage);
  } catch (const CLI::ParseError& e) {
    std::ostringstream complaint;  // it repeats the arguments
    if (app.exit(e, std::cout, complaint) == 0) return Exit::done;
    std::istringstream lines(complaint.str());
    for (std::string line; std::getline(lines, line);) tell("{}\n", base::one_line(line));
    return Exit::usage;
  }
  Context context(config);
  for (const auto& each : all)
    if (each.app->parsed()) return run_command(*each.command, context);
  return Exit::usage;
}

}  // namespace sotevahti::cli
