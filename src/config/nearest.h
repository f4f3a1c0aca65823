// The known word that a mistyped one probably meant. Pure; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::config {

// Insertions, deletions, substitutions and swaps of neighbours that turn one into
// the other (optimal string alignment), in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest of the known words, or empty where none is near enough to be meant.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

// `; did you mean "interval"?`, or empty.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace sotevahti::config
