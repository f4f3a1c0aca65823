// What words say of a date only together: "varata" asks nothing of the reader, "paikan voi varata"
// does; "haetaan" is a call, "säästöjä haetaan" is none. Pure; any thread.
#pragma once
#include <cstddef>
#include <string_view>

#include "tag/deadline_words.h"
#include "tag/pieces.h"

namespace sotevahti::tag {

// What the word at `i` says of a date where it stands: alone, and by the words around it.
Cues cues_at(const Pieces& pieces, std::size_t i, std::string_view language);

}  // namespace sotevahti::tag
