#include "text/swedish.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

void add_once(std::vector<std::string>& to, std::string word) {
  if (!word.empty() && std::find(to.begin(), to.end(), word) == to.end()) to.push_back(std::move(word));
}

// "Nylands" is of Nyland; Kristinestads of Kristinestad.
std::string without_genitive(const std::string& form) {
  const bool is_genitive = form.size() > 4 && form.ends_with('s') && !form.ends_with("ss") && !form.ends_with("fors");
  return is_genitive ? form.substr(0, form.size() - 1) : form;
}

// Endings that make nouns out of anything: möjligheterna, nedläggningen, organisationernas.
std::string derived_noun(std::string_view form) {
  struct Ending {
    std::string_view form, noun;
  };
  static constexpr std::array endings = {
      Ending{"heterna", "het"},   Ending{"heten", "het"},   Ending{"heter", "het"},   Ending{"het", "het"},
      Ending{"ingarna", "ing"},   Ending{"ingen", "ing"},   Ending{"ingar", "ing"},   Ending{"ing", "ing"},
      Ending{"ionerna", "ion"},   Ending{"ionen", "ion"},   Ending{"ioner", "ion"},   Ending{"ion", "ion"},
      Ending{"elserna", "else"},  Ending{"elsen", "else"},  Ending{"elser", "else"},  Ending{"else", "else"},
      Ending{"iteterna", "itet"}, Ending{"iteten", "itet"}, Ending{"iteter", "itet"}, Ending{"itet", "itet"}};
  constexpr std::size_t shortest_stem = 3;
  if (form.ends_with('s')) form.remove_suffix(1);
  for (const auto& [ending, noun] : endings)
    if (form.ends_with(ending) && form.size() >= ending.size() + shortest_stem)
      return std::string(form.substr(0, form.size() - ending.size())) + std::string(noun);
  return {};
}

}  // namespace

void Swedish::Close::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Swedish::Swedish() : stemmer_(sb_stemmer_new("swedish", "UTF_8")) {
  if (!stemmer_) throw std::runtime_error("libstemmer has no Swedish");
}

Analysis Swedish::analyze(const std::string& word) const {
  Analysis analysis;
  const std::string form = lower(word);
  if (const std::string_view noun = nouns_.lemma(form); !noun.empty()) {
    analysis.lemmas.emplace_back(noun);
    analysis.known = true;
    return analysis;
  }
  std::vector<CompoundPart> parts;
  if (split(form, parts, analysis.known)) {
    std::string& lemma = analysis.lemmas.emplace_back();
    for (const CompoundPart& part : parts) lemma += &part == &parts.back() ? part.lemma : part.surface;
    analysis.parts = words_within(parts);
    return analysis;
  }
  // A name keeps its ending: Österbotten is no definite form.
  if (form != word) analysis.lemmas.push_back(without_genitive(form));
  split_off_beginning(form, analysis);
  std::string noun_made = derived_noun(form);
  add_once(analysis.lemmas, noun_made.empty() ? stem(form) : std::move(noun_made));
  return analysis;
}

// The longest noun that the word ends with, behind something that can begin a compound.
bool Swedish::split(std::string_view form, std::vector<CompoundPart>& parts, bool& told) const {
  constexpr int most_words = 3;
  constexpr std::size_t shortest_unknown = 4;  // of a beginning that no list has
  for (std::size_t at = 1; at < form.size(); ++at) {
    const std::string_view head = nouns_.lemma(form.substr(at));
    if (head.empty()) continue;
    const std::string_view beginning = form.substr(0, at);
    told = split_beginning(beginning, parts, most_words);
    const bool marked = beginning.ends_with('s') || beginning.ends_with('-');
    if (!told && (beginning.size() < shortest_unknown || (!marked && head.size() < shortest_unknown))) continue;
    if (!told) parts.push_back({std::string(beginning), std::string(beginning.substr(0, at - (marked ? 1 : 0)))});
    parts.push_back({std::string(form.substr(at)), std::string(head)});
    return true;
  }
  return false;
}

// "ambulansbåt": no list has the boat, but its beginning is worth finding it by.
void Swedish::split_off_beginning(std::string_view form, Analysis& analysis) const {
  constexpr std::size_t shortest_noun = 5;
  constexpr std::size_t shortest_rest = 4;
  static constexpr std::array endings = {"liga"sv, "ligt"sv, "heten"sv, "iska"sv,
                                         "skap"sv, "ella"sv, "andet"sv, "aktig"sv};
  for (std::size_t at = form.size(); at-- > shortest_noun;) {
    const std::string_view rest = form.substr(at);
    if (rest.size() < shortest_rest || std::find(endings.begin(), endings.end(), rest) != endings.end()) continue;
    const std::string_view noun = nouns_.first_part(form.substr(0, at));
    if (noun.size() < shortest_noun) continue;
    analysis.parts.emplace_back(noun);
    analysis.parts.push_back(stem(std::string(rest)));
    return;
  }
}

// "välfärds", "specialsjuk", "välfärdsområdes": one known word, two, or a compound.
bool Swedish::split_beginning(std::string_view beginning, std::vector<CompoundPart>& parts, int deeper) const {
  const auto known = [this](std::string_view word) {
    std::string_view lemma = nouns_.first_part(word);
    if (lemma.empty() && (word.ends_with('s') || word.ends_with('-')))
      lemma = nouns_.first_part(word.substr(0, word.size() - 1));
    return lemma;
  };
  if (const std::string_view lemma = known(beginning); !lemma.empty()) {
    parts.push_back({std::string(beginning), std::string(lemma)});
    return true;
  }
  if (deeper == 0) return false;
  for (std::size_t at = 2; at + 2 <= beginning.size(); ++at) {
    const std::string_view second = known(beginning.substr(at));
    if (second.empty() || !split_beginning(beginning.substr(0, at), parts, deeper - 1)) continue;
    parts.push_back({std::string(beginning.substr(at)), std::string(second)});
    return true;
  }
  return false;
}

std::string Swedish::stem_once(const std::string& word) const {
  const sb_symbol* stemmed =
      sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  return {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

// Snowball leaves the neuter's -et and -ets.
std::string Swedish::stem(const std::string& word) const {
  constexpr std::size_t shortest_stem = 4;
  std::string stem = stem_once(word);
  for (const std::string_view ending : {"ets", "et"})
    if (stem.ends_with(ending) && stem.size() >= ending.size() + shortest_stem)
      return stem_once(stem.substr(0, stem.size() - ending.size()));
  return stem;
}

}  // namespace sotevahti::text
