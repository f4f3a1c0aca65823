#include <fmt/format.h>

#include "config/settings.h"
#include "config/settings_table.h"

namespace sotevahti::config {
namespace {

constexpr std::string_view opening = R"(# sotevahti.toml: the settings of sotevahti.
#
# Every key is here with its default. To change one, take the "#" before it away.
# Times are written "30s", "15min", "2h", "7d"; sizes "512KiB", "10MiB", "1GiB".
# An empty text stands for the default; relative paths start at the folder of this
# file. The environment overrides a key: SOTEVAHTI_POLL_PER_HOST is poll.per_host; a
# list is written with commas there.
)";

constexpr std::string_view hosts = R"(
# A host with limits of its own; what is left out is as above.
#   [poll.hosts."www.example.fi"]
#   connections = 1
#   gap_ms = 5000
)";

// Words as comment lines of a width that reads well.
std::string as_comment(std::string_view words) {
  constexpr std::size_t width = 88;
  std::string out;
  std::size_t column = 0;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (column == 0 || column + 1 + word.size() > width) {
      out += column == 0 ? "#" : "\n#";
      column = 1;
    }
    out += ' ';
    out += word;
    column += 1 + word.size();
  }
  return out + '\n';
}

}  // namespace

std::vector<SettingWords> setting_words() {
  const Settings defaults;
  std::vector<SettingWords> all;
  for (const Key& key : setting_keys()) {
    all.push_back({std::string(key.name), std::string(key.type), key.show(defaults), std::string(key.worked_out),
                   key.bounds, std::string(key.help), key.variable()});
  }
  return all;
}

std::vector<std::pair<std::string, std::string>> effective_values(const Settings& settings) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const Key& key : setting_keys()) values.emplace_back(key.name, key.show(settings));
  for (const auto& [host, limit] : settings.poll.hosts) {
    values.emplace_back(fmt::format("poll.hosts.{}.connections", as_toml(host)), fmt::to_string(limit.connections));
    values.emplace_back(fmt::format("poll.hosts.{}.gap_ms", as_toml(host)), fmt::to_string(limit.gap.count()));
  }
  return values;
}

std::string example_settings() {
  const Settings defaults;
  std::string out(opening);
  std::string_view section;
  for (const Key& key : setting_keys()) {
    if (key.section() != section) {
      if (section == "poll") out += hosts;
      section = key.section();
      out += fmt::format("\n[{}]\n", section);
    } else {
      out += '\n';
    }
    std::string words(key.help);
    if (!key.bounds.empty()) words += fmt::format(" Allowed: {}.", key.bounds);
    if (!key.worked_out.empty()) words += fmt::format(" Default: {}.", key.worked_out);
    out += as_comment(words);
    out += fmt::format("#{} = {}\n", key.key(), key.show(defaults));
  }
  return out;
}

}  // namespace sotevahti::config
