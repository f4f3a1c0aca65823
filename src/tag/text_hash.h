// For tables that are asked for a text without a string made of it.
#pragma once
#include <cstddef>
#include <string_view>

#include "base/hash.h"

namespace sotevahti::tag {

struct TextHash {
  using is_transparent = void;
  using is_avalanching = void;  // every bit of the hash depends on every byte
  std::size_t operator()(std::string_view text) const { return base::hash64(text); }
};

}  // namespace sotevahti::tag
