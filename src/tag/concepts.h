// The field's concepts, each with its words in three languages. Data alone; tag/glossary.h reads it.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace sotevahti::tag {

// Words that spaces part, as the lexicon's lemmas; a Swedish one may be a stem.
struct Concept {
  std::string_view fi, sv, en;
};

// A word that two concepts have is the first one's. A concept's place is its number, which stands in
// the signatures of stories that the archive keeps: new rows go to the end.
std::span<const Concept> concepts();

}  // namespace sotevahti::tag
