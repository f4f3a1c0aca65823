// Plain text broken into lines that fit: at spaces, with the hanging indent of the
// line they came from ("* " hangs by two). A word that is too long, such as an
// address, stays whole. Runs of empty lines become one. Pure.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace sotevahti::digest {

std::string wrap(std::string_view text, std::size_t columns);

// No-break spaces, which keep a number with its unit, as plain ones: elsewhere than in HTML
// they are in the way of those who search.
std::string with_plain_spaces(std::string text);

}  // namespace sotevahti::digest
