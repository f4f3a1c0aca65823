#include "cli/line.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/nearest.h"

namespace sotevahti::cli {
namespace {

using Words = std::vector<std::string>;
using Names = std::vector<std::string_view>;

std::string_view first_of(std::string_view name) { return name.substr(0, name.find(' ')); }

std::string complaint_of(std::string_view written, const Names& known, std::string_view place) {
  std::string hint = config::did_you_mean(written, known);
  if (hint.empty()) hint = fmt::format(" (see {} --help)", place);
  return fmt::format("there is no command \"{}\"{}", written, hint);
}

// "feeds", "search" ...: each once.
Names beginnings_of(const Names& commands) {
  Names beginnings;
  for (const auto name : commands)
    if (beginnings.empty() || beginnings.back() != first_of(name)) beginnings.push_back(first_of(name));
  return beginnings;
}

Names group_of(std::string_view beginning, const Names& commands) {
  Names group;
  std::copy_if(commands.begin(), commands.end(), std::back_inserter(group),
               [&](std::string_view name) { return first_of(name) == beginning; });
  return group;
}

// The next word that is no option of the program's own, or the end. What the program does not know, CLI11 names.
std::size_t next_word(const Words& line, std::size_t at) {
  while (at < line.size() && line[at].starts_with('-')) {
    if (line[at] == "--config") ++at;
    else if (!line[at].starts_with("--config=") && line[at] != "--help" && line[at] != "-h") return line.size();
    ++at;
  }
  return std::min(at, line.size());
}

bool lacks_value(std::string_view option, const OptionLookup& takes) {
  const auto equals = option.find('=');
  return takes(option.substr(0, equals)) == Takes::value && (equals == option.npos || equals + 1 == option.size());
}

bool is_option(std::string_view word, const OptionLookup& takes) {
  return word.starts_with("--") || (word.starts_with('-') && takes(word) != Takes::unknown);
}

}  // namespace

Opening opening_of(const Words& line, const Names& commands) {
  Opening opening;
  const std::size_t first = next_word(line, 0);
  if (first == line.size()) return opening;
  const Names group = group_of(line[first], commands);
  if (group.empty()) {
    opening.complaint = complaint_of(line[first], beginnings_of(commands), "sotevahti");
    return opening;
  }
  const bool is_alone = group.front() == line[first];
  const std::size_t last = is_alone ? first : next_word(line, first + 1);
  if (last == line.size()) return opening;
  const std::string written = is_alone ? line[first] : line[first] + " " + line[last];
  if (std::find(group.begin(), group.end(), written) == group.end()) {
    opening.complaint = complaint_of(written, group, "sotevahti " + line[first]);
    return opening;
  }
  opening.command = written;
  opening.end = last + 1;
  return opening;
}

Words options_first(const Words& line, std::size_t from, const OptionLookup& takes) {
  const auto begin = line.begin() + static_cast<std::ptrdiff_t>(from);
  Words ordered(line.begin(), begin);
  Words others;
  for (auto at = begin; at != line.end(); ++at) {
    if (*at == "--") {
      others.insert(others.end(), at + 1, line.end());
      break;
    }
    if (!is_option(*at, takes)) {
      others.push_back(*at);
      continue;
    }
    ordered.push_back(*at);
    if (!lacks_value(*at, takes)) continue;
    if (++at == line.end()) return line;  // CLI11 says what is missing
    ordered.push_back(*at);
  }
  if (!others.empty()) ordered.emplace_back("--");
  ordered.insert(ordered.end(), others.begin(), others.end());
  return ordered;
}

}  // namespace sotevahti::cli
