// What people leave around a word in a list or a header. Pure; any thread.
#pragma once
#include <string_view>

namespace sotevahti::base {

// Spaces alone: a line break or a tab is for the caller to judge.
constexpr std::string_view without_spaces_around(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace sotevahti::base
