#include "tag/glossary.h"

#include <algorithm>
#include <unordered_map>

#include "tag/concepts.h"

namespace sotevahti::tag {
namespace {

using Words = std::unordered_map<std::string_view, std::uint32_t>;

void add_words(Words& to, std::string_view list, std::uint32_t number) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) to.try_emplace(list.substr(0, end), number);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

Words words_of(std::string_view Concept::*language) {
  Words words;
  std::uint32_t number = 0;
  for (const Concept& each : concepts()) add_words(words, each.*language, ++number);
  return words;
}

const Words& words_in(std::string_view language) {
  static const Words fi = words_of(&Concept::fi);
  static const Words sv = words_of(&Concept::sv);
  static const Words en = words_of(&Concept::en);
  return language == "sv" ? sv : language == "en" ? en : fi;
}

// Swedish lemmas are stems where the lexicon has no noun: "influens" is influensa.
std::uint32_t concept_of_stem(std::string_view stem) {
  constexpr std::size_t shortest = 4;
  constexpr std::size_t longest_ending = 4;
  static const std::vector<std::string_view> words = glossary_words("sv");
  if (stem.size() < shortest) return 0;
  const auto at = std::lower_bound(words.begin(), words.end(), stem);
  if (at == words.end() || !at->starts_with(stem) || at->size() > stem.size() + longest_ending) return 0;
  return words_in("sv").at(*at);
}

}  // namespace

std::uint32_t concept_of(std::string_view lemma, std::string_view language) {
  const Words& words = words_in(language);
  const auto found = words.find(lemma);
  if (found != words.end()) return found->second;
  return language == "sv" ? concept_of_stem(lemma) : 0;
}

std::vector<std::string_view> glossary_words(std::string_view language) {
  std::vector<std::string_view> all;
  for (const auto& [word, number] : words_in(language)) all.push_back(word);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace sotevahti::tag
