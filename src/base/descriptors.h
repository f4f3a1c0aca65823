// How many files and sockets this process may have open. Any thread.
#pragma once
#include <cstddef>

namespace sotevahti::base {

// Raises the soft limit to `wanted`, as far as the hard one lets it, and never lowers it.
// Gives what may be open now.
std::size_t raise_descriptor_limit(std::size_t wanted);

}  // namespace sotevahti::base
