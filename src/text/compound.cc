#include "text/compound.h"

#include <algorithm>
#include <array>

#include "text/words.h"

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

// Halves that say nothing on their own.
constexpr std::array empty_words = {"maa"sv, "ala"sv, "ali"sv, "yli"sv, "esi"sv, "itse"sv, "jälki"sv, "epä"sv};

bool worth_finding(const std::string& lemma) {
  constexpr std::ptrdiff_t shortest = 3;
  const auto letters =
      std::count_if(lemma.begin(), lemma.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return letters >= shortest && std::find(empty_words.begin(), empty_words.end(), lemma) == empty_words.end();
}

}  // namespace

std::vector<std::string> words_within(const std::vector<CompoundPart>& parts) {
  constexpr std::size_t most_parts = 5;
  std::vector<std::string> found;
  if (parts.size() > most_parts) return found;
  for (std::size_t length = 1; length < parts.size(); ++length) {
    for (std::size_t first = 0; first + length <= parts.size(); ++first) {
      std::string lemma;
      for (std::size_t i = first; i + 1 < first + length; ++i) lemma += parts[i].surface;
      lemma += parts[first + length - 1].lemma;
      lemma = lower(lemma);
      if (worth_finding(lemma) && std::find(found.begin(), found.end(), lemma) == found.end())
        found.push_back(std::move(lemma));
    }
  }
  return found;
}

}  // namespace sotevahti::text
