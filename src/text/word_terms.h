// The terms under which a word stands in an index: its lemmas, then its parts, each once. Written in one row,
// which is also the shortest way to keep them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/words.h"

namespace sotevahti::text {

inline constexpr std::size_t longest_term = 64;  // bytes; what is longer is cut
inline constexpr std::size_t most_terms = 16;    // of one word

// Does it stand under its lemmas? What begins with a digit, or is longer than words are, stands as it is, in
// lower case.
bool has_lemmas(std::string_view surface);
// The last part of a compound of two parts and more, which a word before it with a hanging hyphen shares; else empty.
std::string_view head_of(const Analysis& analysis);

class WordTerms {
 public:
  WordTerms() = default;
  WordTerms(std::string_view surface, const Analysis& analysis);

  // "järjestöavustus|järjestö|avustus"
  std::string_view row() const { return std::string_view(text_).substr(0, row_); }
  std::string_view head() const { return std::string_view(text_).substr(head_, head_bytes_); }
  // Does it say all of the analysis? Nothing was cut, and nothing stood twice.
  bool whole() const { return whole_; }
  // Of whole ones: what they were made of.
  Analysis analysis(const WordTraits& traits) const;
  std::size_t bytes() const { return text_.capacity(); }

 private:
  std::string text_;  // the row, and behind it the head where that is no term of it
  std::uint16_t row_ = 0, head_ = 0;
  std::uint8_t head_bytes_ = 0;
  std::uint8_t lemmas_ = 0;  // the first terms of the row
  bool whole_ = true;
};

// Adds it where it is not in the row and there is room.
void add_term(std::string& row, std::string_view term);

}  // namespace sotevahti::text
