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

struct WordTerms {
  std::string row;          // "järjestöavustus|järjestö|avustus"
  std::uint8_t lemmas = 0;  // the first of them; the others are parts
  bool whole = true;        // nothing was cut or left out
};

// Does it stand under its lemmas? What begins with a digit, or is longer than words are, stands as it is, in
// lower case.
bool has_lemmas(std::string_view surface);
WordTerms word_terms(std::string_view surface, const Analysis& analysis);
// What `whole` terms were made of.
Analysis analysis_of(const WordTerms& terms, const WordTraits& traits);

// Adds it where it is not in the row and there is room.
void add_term(std::string& row, std::string_view term);
// Of a compound of two parts and more; else empty.
std::string_view last_part(const WordTerms& terms);

}  // namespace sotevahti::text
