// A command line before CLI11 reads it: which command it names, and its words in an order in
// which no word of a filter can be taken for an option. Pure.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::cli {

// Where one of the commands' names ("poll", "feeds list") begins the line, after --config FILE.
struct Opening {
  std::string command;    // empty where none is named yet: "sotevahti --help", "sotevahti feeds"
  std::size_t end = 0;    // the first of the line's words after it
  std::string complaint;  // where a word stands in its place: the word, and the nearest that is a command
};
Opening opening_of(const std::vector<std::string>& line, const std::vector<std::string_view>& commands);

enum class Takes { unknown, nothing, value };
// What an option takes, asked by its name: "--limit", "-h".
using OptionLookup = std::function<Takes(std::string_view)>;

// From word `from` on: the options with their values, then "--", then all other words as they followed
// each other. A word that begins with one "-" is an option only where it is the whole of a known name:
// "-h" asks for help, "-helsinki" is a filter. The line as it is where an option lacks its value.
std::vector<std::string> options_first(const std::vector<std::string>& line, std::size_t from,
                                       const OptionLookup& takes);

}  // namespace sotevahti::cli
