// Lists of words, and which of them a word is in. A list is words that spaces part: "haku" is the
// word itself, "haku*" what begins so, "*haku" what ends so, "*haku*" what has it anywhere.
// Words are in lower case. Pure; any thread once all lists are added.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sotevahti::tag {

class WordLists {
 public:
  using Set = std::uint64_t;  // of lists: each has a bit of its own

  // `words` must live as long as this.
  void add(std::string_view words, Set lists);
  Set of(std::string_view word) const;

 private:
  struct Pattern {
    std::string_view text;
    Set lists;
    bool open_end;
  };

  void add_pattern(std::string_view pattern, Set lists);
  static std::size_t beginning_of(std::string_view word);
  std::span<const Pattern> beginning_as(std::string_view word) const;

  std::unordered_map<std::size_t, std::vector<Pattern>> by_beginning_;
  std::vector<Pattern> inside_;  // those that begin with a star: looked at one after the other
};

}  // namespace sotevahti::tag
