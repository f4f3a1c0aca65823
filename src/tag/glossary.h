// The field's words in three languages, so that a release and its translation can be
// compared: hoitotakuu, vårdgaranti and guarantee are one concept. Pure; any thread.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace sotevahti::tag {

// The concept of a lemma as text::Lexicon gives it, or 0.
std::uint32_t concept_of(std::string_view lemma, std::string_view language);

// Every lemma of a language in the glossary.
std::vector<std::string_view> glossary_words(std::string_view language);

}  // namespace sotevahti::tag
