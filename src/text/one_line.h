// A long text as one line of bounded length. Pure; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace sotevahti::text {

// One line of at most so many characters, cut at a word with "…".
std::string one_line_of(std::string_view text, std::size_t characters);

}  // namespace sotevahti::text
