// Running text for a terminal: a stranger's text made fit to print, broken into lines of so many
// columns, and what stands between the marks of a hit (U+E000, U+E001) bold.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace sotevahti::cli {

inline constexpr std::string_view hit_begins = "\uE000";
inline constexpr std::string_view hit_ends = "\uE001";

// Lines with a line feed each; `indent` stands before each one and is part of the columns. Line feeds
// of the text stay. A word that is longer than a line stands on one of its own, unbroken.
std::string prose(std::string_view text, std::size_t columns, std::string_view indent = "");

}  // namespace sotevahti::cli
