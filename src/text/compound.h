// A compound taken apart, and the words within it that are worth finding it by. Pure.
#pragma once
#include <string>
#include <vector>

namespace sotevahti::text {

struct CompoundPart {
  std::string surface;  // as it stands in the compound: "sairaan", "vårds"
  std::string lemma;    // its own dictionary form: "sairas", "vård"
};

// The parts' lemmas, then the compounds within the compound (perusterveydenhuolto:
// terveydenhuolto). Nothing of what has one part, or so many that it is no word.
std::vector<std::string> words_within(const std::vector<CompoundPart>& parts);

}  // namespace sotevahti::text
