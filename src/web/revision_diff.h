// What an edit changed, word by word. Pure; bounded: texts that differ in more than some
// thousand words are told as gone and come whole.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::web {

struct DiffPiece {
  enum class Kind { same, gone, came };
  Kind kind = Kind::same;
  std::string words;  // with single spaces between
  friend bool operator==(const DiffPiece&, const DiffPiece&) = default;
};

std::vector<DiffPiece> word_diff(std::string_view before, std::string_view after);
// The same with long unchanged stretches cut down to the words around a change.
std::vector<DiffPiece> with_context(std::vector<DiffPiece> pieces, std::size_t words);

}  // namespace sotevahti::web
