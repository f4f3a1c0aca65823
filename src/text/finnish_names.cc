#include "text/finnish_names.h"

#include <algorithm>
#include <array>

#include "text/words.h"

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

bool ends_with_any(std::string_view word, const auto& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return word.ends_with(e); });
}

constexpr std::array vowels = {"a"sv, "e"sv, "i"sv, "o"sv, "u"sv, "y"sv, "ä"sv, "ö"sv, "å"sv};

bool ends_in_vowel(std::string_view word) { return ends_with_any(word, vowels); }

// The last vowel of the word, or "".
std::string_view last_vowel(std::string_view word) {
  for (const std::string_view vowel : vowels)
    if (word.ends_with(vowel)) return vowel;
  return {};
}

std::string_view without(std::string_view word, std::string_view ending) {
  return word.substr(0, word.size() - ending.size());
}

// The endings' vowel: a behind back vowels, else ä; both where a name mixes them (Taysissa).
std::vector<std::string_view> harmonies(std::string_view word) {
  const bool back = word.find_first_of("aou") != std::string_view::npos;
  const bool front = word.find("ä") != std::string_view::npos || word.find("ö") != std::string_view::npos ||
                     word.find('y') != std::string_view::npos;
  if (back && front) return {"a", "ä"};
  return {back ? "a" : "ä"};
}

std::string join(std::string_view stem, std::string_view middle, std::string_view end) {
  std::string word(stem);
  word += middle;
  word += end;
  return word;
}

// Varkaus, Varkaude-n: Varkaute-en, Varkautta.
bool weakens_t(std::string_view nominative, std::string_view weak) {
  return nominative.ends_with('s') && (weak.ends_with("ude") || weak.ends_with("yde"));
}

// The stem before strong endings: Helsingi- in the genitive, Helsinki- here; Suomi, Suome-.
std::string strong_stem(std::string_view nominative, std::string_view weak) {
  if (weakens_t(nominative, weak)) return join(without(weak, "de"), "te", "");
  if (nominative.ends_with("nen") || nominative.ends_with('s') || !ends_in_vowel(nominative)) return std::string(weak);
  if (nominative.ends_with('e') && weak.ends_with("ee")) return std::string(weak);
  const std::string_view vowel = last_vowel(weak);
  if (vowel.empty()) return std::string(nominative);
  return std::string(without(nominative, last_vowel(nominative))) + std::string(vowel);
}

std::string partitive(std::string_view nominative, std::string_view weak, std::string_view strong, std::string_view a) {
  if (nominative.ends_with('e') && weak.ends_with("ee")) return join(nominative, "tt", a);
  if (nominative.ends_with("nen")) return join(without(nominative, "nen"), "st", a);
  if (weakens_t(nominative, weak)) return join(without(nominative, "s"), "tt", a);
  if (nominative.ends_with('s') && weak.ends_with("kse")) return join(nominative, "t", a);
  return join(strong, "", a);
}

std::string illative(std::string_view strong) {
  const std::string_view vowel = last_vowel(strong);
  const std::string_view before = without(strong, vowel);
  if (!vowel.empty() && last_vowel(before) == vowel) return std::string(strong) + "seen";
  return std::string(strong) + std::string(vowel) + "n";
}

}  // namespace

std::vector<NameForm> name_forms(std::string_view nominative, std::string_view genitive) {
  const std::string name = lower(nominative);
  std::string owner = lower(genitive);
  if (owner.empty()) owner = name + (ends_in_vowel(name) ? "n" : "in");
  std::vector<NameForm> forms{{name, NameCase::nominative}, {owner, NameCase::genitive}};
  if (!owner.ends_with('n') || owner.find(':') != std::string::npos) return forms;

  const std::string weak = owner.substr(0, owner.size() - 1);
  const std::string strong = strong_stem(name, weak);
  forms.push_back({weak + "lle", NameCase::local});
  forms.push_back({illative(strong), NameCase::local});
  forms.push_back({weak + "ksi", NameCase::other});
  for (const std::string_view a : harmonies(weak)) {
    for (const std::string_view ending : {"ss"sv, "st"sv, "ll"sv, "lt"sv})
      forms.push_back({join(weak, ending, a), NameCase::local});
    forms.push_back({partitive(name, weak, strong, a), NameCase::other});
    forms.push_back({join(strong, "n", a), NameCase::other});
    forms.push_back({join(weak, "tt", a), NameCase::other});
  }
  return forms;
}

void NameForms::add(std::string_view nominative, std::string_view genitive, bool proper) {
  const std::string lemma = lower(nominative);
  for (NameForm& form : name_forms(nominative, genitive))
    names_.try_emplace(std::move(form.form), Name{lemma, form.name_case, proper});
}

void NameForms::add_reading(Analysis& analysis, const std::string& word) const {
  const std::string form = lower(word);
  const auto found = names_.find(form);
  if (found == names_.end()) return;
  const Name& name = found->second;
  const bool leads = form != word || analysis.lemmas.empty();
  std::erase(analysis.lemmas, name.lemma);
  analysis.lemmas.insert(leads ? analysis.lemmas.begin() : analysis.lemmas.end(), name.lemma);
  if (leads) analysis.parts.clear();
  analysis.place_name = analysis.place_name || name.proper;
  analysis.local_case = analysis.local_case || name.name_case == NameCase::local;
  analysis.genitive = analysis.genitive || name.name_case == NameCase::genitive;
  analysis.known = true;
  analysis.any_case = false;
}

std::vector<std::string> guess_lemmas(std::string_view form, NameCase& name_case) {
  static constexpr std::array action = {"minen"sv,   "misen"sv,   "mista"sv,   "mistä"sv,  "misesta"sv,
                                        "misestä"sv, "misessa"sv, "misessä"sv, "miseen"sv, "miseksi"sv,
                                        "misella"sv, "misellä"sv, "miset"sv};
  static constexpr std::array local = {"ssa"sv, "ssä"sv, "sta"sv, "stä"sv, "lla"sv, "llä"sv, "lta"sv, "ltä"sv, "lle"sv};
  constexpr std::size_t shortest_stem = 3;
  name_case = NameCase::other;
  for (const std::string_view ending : action)
    if (form.ends_with(ending) && form.size() >= ending.size() + shortest_stem)
      return {std::string(without(form, ending)) + "minen"};

  std::string_view stem;
  for (const std::string_view ending : local)
    if (form.ends_with(ending)) stem = without(form, ending);
  if (!stem.empty()) name_case = NameCase::local;
  if (stem.empty() && form.ends_with('n')) {
    stem = form.substr(0, form.size() - 1);
    name_case = NameCase::genitive;
  }
  if (stem.size() < shortest_stem || !ends_in_vowel(stem)) {
    name_case = NameCase::other;
    return {};
  }
  std::vector<std::string> lemmas{std::string(stem)};
  if (stem.ends_with('i')) lemmas.emplace_back(stem.substr(0, stem.size() - 1));
  return lemmas;
}

bool is_case_ending(std::string_view ending, NameCase& name_case) {
  static constexpr std::array local = {"ssa"sv, "ssä"sv, "sta"sv, "stä"sv, "lla"sv,  "llä"sv,
                                       "lta"sv, "ltä"sv, "lle"sv, "iin"sv, "ään"sv,  "aan"sv,
                                       "een"sv, "oon"sv, "hun"sv, "hyn"sv, "seen"sv, "hon"sv};
  static constexpr std::array other = {"a"sv,   "ä"sv,   "ta"sv,     "tä"sv,     "na"sv,     "nä"sv,
                                       "ksi"sv, "tta"sv, "ttä"sv,    "s"sv,      "t"sv,      "ia"sv,
                                       "iä"sv,  "ien"sv, "lainen"sv, "läinen"sv, "läiset"sv, "laiset"sv};
  const auto is_in = [&](const auto& list) { return std::find(list.begin(), list.end(), ending) != list.end(); };
  name_case = NameCase::other;
  if (ending == "n" || ending == "in") name_case = NameCase::genitive;
  else if (is_in(local)) name_case = NameCase::local;
  else return is_in(other);
  return true;
}

}  // namespace sotevahti::text
