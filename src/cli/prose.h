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

// Of standard output's terminal, as many as text is read well in.
std::size_t text_columns();
// What stands `margin` columns from the left, where the first line is already: on a terminal in lines below each
// other, elsewhere in one.
std::string beside(const std::string& text, std::size_t margin);
// A rule's choices ("järjestö|yhdistys|säätiö") are one word, often longer than a line: apart where lines are broken.
std::string with_choices_apart(const std::string& rule);

}  // namespace sotevahti::cli
