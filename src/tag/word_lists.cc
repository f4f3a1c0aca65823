#include "tag/word_lists.h"

#include <algorithm>

namespace sotevahti::tag {

void WordLists::add(std::string_view words, Set lists) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    add_pattern(words.substr(0, end), lists);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

void WordLists::add_pattern(std::string_view pattern, Set lists) {
  const bool open_end = pattern.ends_with('*');
  if (open_end) pattern.remove_suffix(1);
  const bool open_start = pattern.starts_with('*');
  if (open_start) pattern.remove_prefix(1);
  if (pattern.empty()) return;
  (open_start ? inside_ : by_beginning_[beginning_of(pattern)]).push_back({pattern, lists, open_end});
}

// Two bytes tell most words apart; no pattern of one letter is open at its end.
std::size_t WordLists::beginning_of(std::string_view word) {
  const auto byte = [&](std::size_t i) { return i < word.size() ? static_cast<unsigned char>(word[i]) : 0U; };
  return byte(0) * 256U + byte(1);
}

std::span<const WordLists::Pattern> WordLists::beginning_as(std::string_view word) const {
  const auto found = by_beginning_.find(beginning_of(word));
  return found == by_beginning_.end() ? std::span<const Pattern>() : found->second;
}

WordLists::Set WordLists::of(std::string_view word) const {
  if (word.empty()) return 0;
  Set lists = 0;
  for (const Pattern& pattern : beginning_as(word))
    if (pattern.open_end ? word.starts_with(pattern.text) : word == pattern.text) lists |= pattern.lists;
  for (const Pattern& pattern : inside_)
    if (pattern.open_end ? word.find(pattern.text) != std::string_view::npos : word.ends_with(pattern.text))
      lists |= pattern.lists;
  return lists;
}

}  // namespace sotevahti::tag
