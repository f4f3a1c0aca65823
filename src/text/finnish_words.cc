#include "text/finnish_words.h"

#include <algorithm>
#include <array>

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

// Words of the field, no names, that the dictionary lacks.
constexpr std::pair<std::string_view, std::string_view> field_words[] = {
    {"sote", "soten"}, {"hyte", "hyten"}, {"lape", "lapen"}, {"hoitoonpääsy", "hoitoonpääsyn"}};
// Those that compounds begin with, by the rule with a hyphen and often without: "sotepalvelut".
constexpr std::array beginnings = {"sote"sv, "hyte"sv, "lape"sv};

// How the words begin that often end a name or a new compound: Satasairaalan, kuvantamispalvelut.
constexpr std::array heads = {
    "palvelu"sv, "keskus"sv,   "keskuk"sv,   "asema"sv,   "alue"sv,     "sairaala"sv, "sairaalo"sv,   "hoito"sv,
    "hoido"sv,   "hoitaj"sv,   "lääkäri"sv,  "yhdisty"sv, "järjestö"sv, "avustu"sv,   "suunnitelm"sv, "strategia"sv,
    "laitos"sv,  "laitok"sv,   "hanke"sv,    "hankkee"sv, "talo"sv,     "edustamo"sv, "neuvosto"sv,   "valtuusto"sv,
    "hallitu"sv, "lautakun"sv, "osasto"sv,   "yksikkö"sv, "yksikö"sv,   "terapia"sv,  "koti"sv,       "kodin"sv,
    "kodissa"sv, "ohjelma"sv,  "verkosto"sv, "ryhmä"sv,   "työ"sv,      "malli"sv};

void add_once(std::vector<std::string>& to, std::string word) {
  if (!word.empty() && std::find(to.begin(), to.end(), word) == to.end()) to.push_back(std::move(word));
}

}  // namespace

FinnishWords::FinnishWords(Finnish dictionary) : dictionary_(std::move(dictionary)) {
  for (const auto& [nominative, genitive] : field_words) names_.add(nominative, genitive, false);
}

void FinnishWords::add_name(std::string_view nominative, std::string_view genitive) {
  names_.add(nominative, genitive, true);
}

Analysis FinnishWords::analyze(const std::string& word) const {
  Analysis analysis = dictionary_.analyze(word);
  names_.add_reading(analysis, word);
  if (analysis.known) return analysis;
  if (const std::size_t colon = word.rfind(':'); colon != std::string::npos) return abbreviation(word, colon);
  if (const std::size_t hyphen = word.rfind('-'); hyphen != std::string::npos) return hyphenated(word, hyphen);
  return unknown(word);
}

Analysis FinnishWords::abbreviation(const std::string& word, std::size_t colon) const {
  NameCase name_case = NameCase::other;
  Analysis analysis;
  if (!is_case_ending(lower(word.substr(colon + 1)), name_case)) {
    analysis.lemmas.push_back(lower(word));
    return analysis;
  }
  const std::string base = word.substr(0, colon);
  analysis = dictionary_.analyze(base);
  names_.add_reading(analysis, base);
  if (analysis.lemmas.empty()) analysis.lemmas.push_back(lower(base));
  analysis.local_case = name_case == NameCase::local;
  analysis.genitive = name_case == NameCase::genitive;
  analysis.known = true;
  analysis.any_case = false;
  return analysis;
}

Analysis FinnishWords::hyphenated(const std::string& word, std::size_t hyphen) const {
  const std::string head = word.substr(0, hyphen);
  const Analysis tail = analyze(word.substr(hyphen + 1));
  Analysis first = dictionary_.analyze(head);
  names_.add_reading(first, head);
  Analysis analysis;
  for (const std::string& lemma : tail.lemmas) add_once(analysis.lemmas, lower(head) + "-" + lemma);
  add_once(analysis.parts, first.lemmas.empty() ? lower(head) : first.lemmas.front());
  add_once(analysis.parts, tail.lemmas.front());
  for (const std::string& part : tail.parts) add_once(analysis.parts, part);
  analysis.local_case = tail.local_case;
  analysis.genitive = tail.genitive;
  analysis.known = tail.known;
  return analysis;
}

Analysis FinnishWords::unknown(const std::string& word) const {
  Analysis analysis;
  analysis.any_case = true;
  const std::string form = lower(word);
  if (auto compound = without_its_hyphen(form)) return *compound;
  if (ends_in_known_word(analysis, form)) return analysis;
  NameCase name_case = NameCase::other;
  analysis.lemmas = guess_lemmas(form, name_case);
  // Only a local case is told by its ending alone: Boston is no genitive.
  const auto as_it_is = name_case == NameCase::genitive ? analysis.lemmas.begin() : analysis.lemmas.end();
  analysis.lemmas.insert(as_it_is, form);
  analysis.local_case = name_case == NameCase::local;
  return analysis;
}

// "sotepalvelut" as "sote-palvelut".
std::optional<Analysis> FinnishWords::without_its_hyphen(const std::string& form) const {
  constexpr std::size_t shortest_rest = 4;  // "sotesta" is sote in a case
  for (const std::string_view beginning : beginnings) {
    if (!form.starts_with(beginning) || form.size() < beginning.size() + shortest_rest) continue;
    const std::string rest = form.substr(beginning.size());
    if (!dictionary_.analyze(rest).known) continue;
    Analysis compound = hyphenated(std::string(beginning) + "-" + rest, beginning.size());
    compound.any_case = true;
    return compound;
  }
  return std::nullopt;
}

bool FinnishWords::ends_in_known_word(Analysis& analysis, const std::string& form) const {
  constexpr std::size_t shortest_beginning = 3;
  for (const std::string_view head : heads) {
    const std::size_t at = form.rfind(head);
    if (at == std::string::npos || at < shortest_beginning) continue;
    const Analysis tail = dictionary_.analyze(form.substr(at));
    if (tail.lemmas.empty()) continue;
    analysis.lemmas.push_back(form.substr(0, at) + tail.lemmas.front());
    analysis.parts.push_back(tail.lemmas.front());
    analysis.local_case = tail.local_case;
    analysis.genitive = tail.genitive;
    return true;
  }
  return false;
}

}  // namespace sotevahti::text
