#include "cli/completion.h"

#include <algorithm>
#include <array>
#include <set>

namespace sotevahti::cli {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 3> takers_of_feeds = {"poll", "feeds check", "feeds revert"};

// Commands alone, without options and what the global one takes.
Words commands_in(const Words& line) {
  Words words;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i] == "--config") ++i;
    else if (!line[i].starts_with('-')) words.push_back(line[i]);
  }
  return words;
}

Words ids_of(const config::Taxonomy& taxonomy, const config::Catalogue& catalogue, std::string_view condition) {
  Words ids;
  if (condition == "area") ids = taxonomy.area_ids();
  if (condition == "has") ids = {"deadline"};
  if (condition == "story") ids = {"all"};
  if (condition == "lang") ids = {"fi", "sv", "en"};
  if (condition == "topic")
    for (const auto& topic : taxonomy.topics) ids.push_back(topic.id);
  std::set<std::string> kinds;
  for (const auto& feed : catalogue.feeds()) {
    if (condition == "source") ids.push_back(feed.id);
    if (condition == "kind") kinds.insert(feed.kind);
  }
  ids.insert(ids.end(), kinds.begin(), kinds.end());
  return ids;
}

// "area:lappi,ka": what stands after the last comma is being written.
Words filter_words(std::string_view written, Context& context) {
  const std::string_view sign = written.substr(0, written.starts_with('-') ? 1 : 0);
  written.remove_prefix(sign.size());
  const auto colon = written.find(':');
  Words words;
  if (colon == written.npos) {
    for (const char* condition : {"area:", "topic:", "kind:", "lang:", "source:", "publisher:", "since:", "until:",
                                  "deadline:", "has:deadline", "story:all"})
      words.push_back(std::string(sign) + condition);
    return words;
  }
  const auto comma = written.rfind(',');
  const auto kept = written.substr(0, (comma == written.npos ? colon : comma) + 1);
  for (const auto& id : ids_of(context.taxonomy(), context.catalogue(), written.substr(0, colon)))
    words.push_back(std::string(sign) + std::string(kept) + id);
  return words;
}

Words values_for(Command& command, std::string_view written, Context& context) {
  if (takes_filter(command)) return filter_words(written, context);
  if (std::find(takers_of_feeds.begin(), takers_of_feeds.end(), command.name()) == takers_of_feeds.end()) return {};
  Words ids;
  for (const auto& feed : context.catalogue().feeds()) ids.push_back(feed.id);
  return ids;
}

// The command that these words begin with, or the words that may come next.
struct Reached {
  std::unique_ptr<Command> command;
  Words next;
};

Reached reached_by(const Words& words) {
  Reached reached;
  std::set<std::string> next;
  for (auto& command : all_commands()) {
    const std::string name(command->name());
    const auto space = name.find(' ');
    const std::string first = name.substr(0, space);
    const std::string second = space == name.npos ? "" : name.substr(space + 1);
    if (words.empty()) next.insert(first);
    else if (words[0] != first) continue;
    else if (second.empty() || (words.size() > 1 && words[1] == second)) reached.command = std::move(command);
    else if (words.size() == 1) next.insert(second);
  }
  reached.next.assign(next.begin(), next.end());
  return reached;
}

Words all_for(const Words& line, Context& context) {
  const std::string written = line.empty() ? "" : line.back();
  const Reached reached = reached_by(commands_in(line));
  if (!reached.command) return written.starts_with('-') ? Words{"--config", "--help", "--version"} : reached.next;
  Words words = values_for(*reached.command, written, context);
  if (written.starts_with('-')) {
    const Words options = option_names(*reached.command);
    words.insert(words.begin(), options.begin(), options.end());
  }
  return words;
}

}  // namespace

std::vector<std::string> completions_of(const std::vector<std::string>& line, Context& context) {
  Words words;
  try {
    words = all_for(line, context);
  } catch (const std::exception&) {
    return {};  // a shell's prompt is no place to complain of the configuration
  }
  const std::string written = line.empty() ? "" : line.back();
  std::erase_if(words, [&](const std::string& each) { return !each.starts_with(written); });
  return words;
}

}  // namespace sotevahti::cli
