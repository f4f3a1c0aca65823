// How many files and sockets this process may have open. Any thread.
#pragma once
#include <cstddef>

namespace sotevahti::base {

// Raises the soft limit to `wanted`, as far as the hard one lets it, and never lowers it.
// Gives what may be open now.
std::size_t raise_descriptor_limit(std::size_t wanted);

// To be called before anything is opened: what is closed of standard input, output and error is taken, so that no
// archive gets its number. Reading and writing there fails as before, but what is said on standard error goes nowhere.
void hold_standard_descriptors();

}  // namespace sotevahti::base
