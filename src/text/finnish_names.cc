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

// Back vowels anywhere in the last part of the word ask for a, else ä.
bool is_back(std::string_view word) {
  const std::size_t back = word.find_last_of("aou");
  const std::size_t front = std::max({word.rfind("ä") + 1, word.rfind("ö") + 1, word.rfind('y') + 1});
  return back != std::string_view::npos && back + 1 > front;
}

// The stem before strong endings: Helsingi- in the genitive, Helsinki- here; Suomi, Suome-.
std::string strong_stem(std::string_view nominative, std::string_view weak) {
  if (nominative.ends_with("nen") || nominative.ends_with('s') || !ends_in_vowel(nominative))
    return std::string(weak);
  if (nominative.ends_with('e') && weak.ends_with("ee")) return std::string(weak);
  const std::string_view vowel = last_vowel(weak);
  if (vowel.empty()) return std::string(nominative);
  return std::string(without(nominative, last_vowel(nominative))) + std::string(vowel);
}

std::string partitive(std::string_view nominative, std::string_view weak, std::string_view strong,
                      std::string_view a) {
  const auto plus = [&](std::string_view stem, std::string_view middle) {
    return std::string(stem) + std::string(middle) + std::string(a);
  };
  if (nominative.ends_with('e') && weak.ends_with("ee")) return plus(nominative, "tt");
  if (nominative.ends_with("nen")) return plus(without(nominative, "nen"), "st");
  if (nominative.ends_with('s') && (weak.ends_with("kse") || weak.ends_with("ude") || weak.ends_with("yde")))
    return plus(nominative, "t");
  return plus(strong, "");
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
  const std::string a = is_back(weak) ? "a" : "ä";
  for (const std::string_view ending : {"ss"sv, "st"sv, "ll"sv, "lt"sv})
    forms.push_back({weak + std::string(ending) + a, NameCase::local});
  forms.push_back({weak + "lle", NameCase::local});
  forms.push_back({illative(strong), NameCase::local});
  forms.push_back({partitive(name, weak, strong, a), NameCase::other});
  forms.push_back({strong + "n" + a, NameCase::other});
  forms.push_back({weak + "ksi", NameCase::other});
  forms.push_back({weak + "tt" + a, NameCase::other});
  return forms;
}

bool is_case_ending(std::string_view ending, NameCase& name_case) {
  constexpr std::array local = {"ssa"sv, "ssä"sv, "sta"sv, "stä"sv, "lla"sv,  "llä"sv,
                                "lta"sv, "ltä"sv, "lle"sv, "iin"sv, "ään"sv,  "aan"sv,
                                "een"sv, "oon"sv, "hun"sv, "hyn"sv, "seen"sv, "hon"sv};
  constexpr std::array other = {"a"sv,   "ä"sv,   "ta"sv,     "tä"sv,     "na"sv,     "nä"sv,
                                "ksi"sv, "tta"sv, "ttä"sv,    "s"sv,      "t"sv,      "ia"sv,
                                "iä"sv,  "ien"sv, "lainen"sv, "läinen"sv, "läiset"sv, "laiset"sv};
  const auto is_in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), ending) != list.end();
  };
  name_case = NameCase::other;
  if (ending == "n" || ending == "in")
    name_case = NameCase::genitive;
  else if (is_in(local))
    name_case = NameCase::local;
  else
    return is_in(other);
  return true;
}

}  // namespace sotevahti::text
