#include "text/finnish_readings.h"

#include <algorithm>
#include <array>

#include "text/finnish.h"
#include "text/words.h"

namespace sotevahti::text {
namespace {

using std::string_view_literals::operator""sv;

// What texts of this field hardly ever mean, as a word or as a part, though the dictionary has it.
constexpr std::array improbable = {
    "aikoja"sv,   "alunen"sv,  "asuma"sv,    "autto"sv,   "avu"sv,       "haettaa"sv,      "huoltola"sv, "jäätää"sv,
    "karsi"sv,    "kerä"sv,    "kota"sv,     "kulupa"sv,  "kuulupa"sv,   "kuultaa"sv,      "kunnas"sv,   "käytäntä"sv,
    "lausunta"sv, "makaava"sv, "lapa"sv,     "noki"sv,    "ohja"sv,      "osta"sv,         "paikko"sv,   "palko"sv,
    "palvelus"sv, "palvi"sv,   "parata"sv,   "peljätä"sv, "peru"sv,      "pidetä"sv,       "pinna"sv,    "plussata"sv,
    "pora"sv,     "päivi"sv,   "rinna"sv,    "salko"sv,   "säätiöidä"sv, "setelä"sv,       "strategi"sv, "kirurgi"sv,
    "suo"sv,      "tiu"sv,     "tora"sv,     "turpa"sv,   "tulonen"sv,   "vuo"sv,          "vuodella"sv, "yhtyä"sv,
    "myöhä"sv,    "arpa"sv,    "autioida"sv, "hauta"sv,   "haudata"sv,   "harjoitteleva"sv};

// What they mean rather than its rivals.
constexpr std::array favoured = {
    "aika"sv,    "alkaa"sv,   "apu"sv,   "asuminen"sv, "hakea"sv, "joka"sv,     "koti"sv,    "kuulla"sv, "laki"sv,
    "lapsi"sv,   "luonnos"sv, "maa"sv,   "muutos"sv,   "olla"sv,  "paikka"sv,   "palvelu"sv, "päivä"sv,  "saada"sv,
    "tuki"sv,    "tulla"sv,   "tulos"sv, "turva"sv,    "vaali"sv, "vanhempi"sv, "voida"sv,   "voima"sv,  "vuosi"sv,
    "tehtävä"sv, "viesti"sv,  "syöpä"sv, "hoiva"sv,    "uusi"sv,  "uusia"sv,    "päästä"sv,  "haku"sv,   "suu"sv};

bool is_in(const auto& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

bool is_local_case(std::string_view name) {
  static constexpr std::array local = {"sisaolento"sv, "sisaeronto"sv, "sisatulento"sv,
                                       "ulkoolento"sv, "ulkoeronto"sv, "ulkotulento"sv};
  return is_in(local, name);
}

bool is_person_or_company(std::string_view word_class) {
  return word_class == "etunimi" || word_class == "sukunimi" || word_class == "nimi";
}

// "hakemisen" is of hakeminen.
std::string action_noun(std::string_view form) {
  const std::size_t mis = form.rfind("mis");
  const std::size_t min = form.rfind("min");
  const std::size_t at = mis == std::string_view::npos ? min : mis;
  return at == std::string_view::npos ? std::string() : std::string(form.substr(0, at)) + "minen";
}

struct Morpheme {
  std::string_view surface;
  std::string_view base;
};

// The next "surface(base)" of WORDBASES behind `at`.
Morpheme next_morpheme(std::string_view wordbases, std::size_t& at) {
  if (at >= wordbases.size()) return {};
  const std::size_t begin = wordbases[at] == '+' ? at + 1 : at;
  const std::size_t open = std::min(wordbases.find('(', begin), wordbases.size());
  const std::size_t plus = std::min(wordbases.find('+', begin), wordbases.size());
  at = std::min(open, plus);
  Morpheme morpheme{wordbases.substr(begin, at - begin), {}};
  if (open < plus) {
    const std::size_t close = std::min(wordbases.find(')', open), wordbases.size());
    morpheme.base = wordbases.substr(open + 1, close - open - 1);
    at = std::min(close + 1, wordbases.size());
  }
  return morpheme;
}

// Of a participle the verb: "+haet(hakea)+tav+a(+a)" is hakea, and
// "+ilmoittau(ilmoittaa)+dut(+tua)+tav+a(+a)" ilmoittautua.
std::string verb_of(std::string_view wordbases) {
  std::size_t at = 0;
  const Morpheme first = next_morpheme(wordbases, at);
  const Morpheme second = next_morpheme(wordbases, at);
  const bool derived = second.base.starts_with('+') && second.base.size() > 2 &&
                       (second.base.ends_with('a') || second.base.ends_with("ä"));
  if (derived) return std::string(first.surface) + std::string(second.base.substr(1));
  return std::string(first.base);
}

int cost_of_class(const Morphology& m, bool capital) {
  if (m.word_class == "paikannimi") return capital ? -4 : 6;
  if (is_person_or_company(m.word_class)) return capital ? 2 : 6;
  return m.word_class == "huudahdussana" ? 3 : 0;
}

int cost_of_form(const Morphology& m) {
  int cost = 0;
  if (m.word_case == "vajanto" || m.word_case == "seuranto" || m.word_case == "keinonto") cost += 3;
  if (m.mood == "imperative" || m.mood == "potential" || m.mood == "optative") cost += 3;
  if (m.person == "1" || m.person == "2") cost += 2;
  if (m.possessive) cost += 2;
  if (m.participle == "agent") cost += 4;
  if (m.participle == "past_passive" && m.word_case == "osanto") cost += 2;
  // "palvelupisteistä" is of palvelupiste, hardly of palvelupisteinen.
  if (m.word_case == "osanto" && m.wordbases.ends_with("(+inen)")) cost += 3;
  return cost;
}

// The lemma that a compound's likelihood hangs on: its last part.
std::string_view head_of(std::string_view lemma, const std::vector<std::string>& parts) {
  std::string_view head = lemma;
  for (const std::string& part : parts)
    if (lemma.ends_with(part) && part.size() < head.size()) head = part;
  return head;
}

}  // namespace

Reading read(const Morphology& m, std::string_view form, bool capital) {
  Reading reading;
  // Kemiönsaari is a compound with a capital, not in the dictionary's list of places.
  const bool capital_compound = m.possible_place && lower(m.baseform) != m.baseform;
  reading.place = m.word_class == "paikannimi" || (capital_compound && capital);
  reading.name = reading.place || is_person_or_company(m.word_class);
  reading.case_tells = reading.name || capital_compound;
  reading.local = is_local_case(m.word_case);
  reading.genitive = m.word_case == "omanto";

  const bool is_action = m.mood == "MINEN-infinitive";
  std::string lemma = is_action ? action_noun(form) : lower(m.baseform);
  if (lemma.empty()) lemma = lower(m.baseform);
  if (!reading.name) reading.parts = compound_parts(is_action ? lemma : m.baseform, m.wordbases, m.structure);
  const std::string_view head = head_of(lemma, reading.parts);
  reading.improbable = is_in(improbable, head) || std::any_of(reading.parts.begin(), reading.parts.end(),
                                                              [](const auto& part) { return is_in(improbable, part); });
  reading.cost = cost_of_class(m, capital) + cost_of_form(m) + 3 * static_cast<int>(reading.parts.size() / 2);
  if (is_in(favoured, head)) reading.cost -= reading.parts.empty() ? 4 : 2;
  else if (lemma == form) reading.cost -= 1;

  const std::string verb = is_action                                        ? lower(m.baseform)
                           : m.participle.empty() || !reading.parts.empty() ? std::string()
                                                                            : lower(verb_of(m.wordbases));
  reading.lemmas.push_back(std::move(lemma));
  if (!verb.empty() && !is_in(improbable, verb)) reading.lemmas.push_back(verb);
  return reading;
}

}  // namespace sotevahti::text
