// The words by which stories are compared: hashed, with their weight in the two lowest
// bits, so that a signature needs neither the text nor counts of a corpus. Pure.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/words.h"

namespace sotevahti::tag {

// How much a word says of which story this is.
enum class Weight : std::uint32_t {
  common = 0,  // hyvinvointialue, päättää; parts of compounds
  ordinary = 1,
  specific = 2,  // compounds and long words
  name = 3,
};

// Shares of likeness, by Weight.
constexpr double weights[] = {0.25, 1.0, 1.6, 1.4};

// Hashes that a signature keeps of a text's words: the smallest.
constexpr std::size_t story_sketch_size = 48;

constexpr std::uint32_t with_weight(std::uint32_t hash, Weight weight) {
  return (hash & ~3U) | static_cast<std::uint32_t>(weight);
}
constexpr std::uint32_t word_of(std::uint32_t weighed) { return weighed >> 2; }
constexpr double weight_of(std::uint32_t weighed) { return weights[weighed & 3U]; }

std::uint32_t hash32(std::string_view text);

// What a written form says of the story: hashed and weighed; 0 where it says nothing.
struct StoryWord {
  std::uint32_t within = 0;          // in a sentence
  std::uint32_t at_start = 0;        // as its first word, where a capital may be no name's
  std::vector<std::uint32_t> parts;  // of a compound
};
StoryWord story_word(std::string_view surface, const text::Analysis& analysis, std::string_view language);

struct Word;  // entry_text.h

// Each word once, with its greatest weight; sorted. Of so many words from the beginning:
// what stands behind is contacts and boilerplate.
std::vector<std::uint32_t> story_words(std::span<const Word> words);

// Of the title's words, as story_words() gives them, and the text's: the smallest, each once and
// with its greatest weight; sorted.
std::vector<std::uint32_t> story_sketch(std::vector<std::uint32_t> title, std::span<const Word> text);

}  // namespace sotevahti::tag
