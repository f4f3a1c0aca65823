#include "text/finnish.h"

#include <libvoikko/voikko.h>

#include <algorithm>
#include <array>

namespace sotevahti::text {
namespace {

using Readings = std::unique_ptr<voikko_mor_analysis*, decltype(&voikko_free_mor_analysis)>;

std::string value(const voikko_mor_analysis* reading, const char* key) {
  char* text = voikko_mor_analysis_value_cstr(reading, key);
  if (text == nullptr) return {};
  std::string copy = text;
  voikko_free_mor_analysis_value_cstr(text);
  return copy;
}

// One of the things that a word can be; the cheapest is the most likely.
struct Reading {
  int cost = 0;
  std::string lemma;
  std::vector<std::string> parts;
  std::string second_lemma;  // the verb of a participle, the noun of an action
  bool name = false;
  bool local = false;
  bool genitive = false;
};

// Words that texts of this field hardly ever mean, though the dictionary has them.
bool is_improbable(std::string_view lemma) {
  constexpr std::array<std::string_view, 12> words = {"salko",   "vuo",      "alunen",   "kuultaa",
                                                      "haettaa", "lausunta", "strategi", "palvelus",
                                                      "setelä",  "etelä",    "hoitaa",   "kuu"};
  return std::find(words.begin(), words.end(), lemma) != words.end();
}

bool is_local_case(std::string_view name) {
  constexpr std::array<std::string_view, 6> local = {"sisaolento", "sisaeronto", "sisatulento",
                                                     "ulkoolento", "ulkoeronto", "ulkotulento"};
  return std::find(local.begin(), local.end(), name) != local.end();
}

int cost_of_case(std::string_view name) {
  if (name == "vajanto" || name == "seuranto") return 3;
  if (name == "keinonto") return 2;
  return 0;
}

int cost_of_class(std::string_view word_class, bool capital) {
  if (word_class == "paikannimi") return capital ? -2 : 4;
  if (word_class == "etunimi" || word_class == "sukunimi" || word_class == "nimi") return capital ? 1 : 5;
  if (word_class == "huudahdussana") return 3;
  return 0;
}

bool is_name_class(std::string_view word_class) {
  return word_class == "paikannimi" || word_class == "etunimi" || word_class == "sukunimi" ||
         word_class == "nimi";
}

// "hakemisen" is of hakeminen.
std::string action_noun(std::string_view form) {
  const std::size_t at = std::max(form.rfind("mis") + 1, form.rfind("min") + 1);
  return at == 0 ? std::string() : std::string(form.substr(0, at - 1)) + "minen";
}

// "+haet(hakea)+tav+a(+a)": hakea.
std::string verb_of(std::string_view wordbases) {
  const std::size_t open = wordbases.find('(');
  const std::size_t close = wordbases.find(')', open);
  if (open == std::string_view::npos || close == std::string_view::npos) return {};
  return std::string(wordbases.substr(open + 1, close - open - 1));
}

Reading read(const voikko_mor_analysis* from, const std::string& form, bool capital) {
  Reading reading;
  const std::string baseform = value(from, "BASEFORM");
  const std::string word_class = value(from, "CLASS");
  const std::string word_case = value(from, "SIJAMUOTO");
  const std::string wordbases = value(from, "WORDBASES");
  const std::string mood = value(from, "MOOD");
  reading.lemma = lower(baseform);
  reading.name = is_name_class(word_class);
  reading.local = is_local_case(word_case);
  reading.genitive = word_case == "omanto";
  if (!reading.name) reading.parts = compound_parts(baseform, wordbases, value(from, "STRUCTURE"));
  if (mood == "MINEN-infinitive") {
    reading.second_lemma = reading.lemma;
    reading.lemma = action_noun(form);
  } else if (!value(from, "PARTICIPLE").empty() && reading.parts.empty()) {
    reading.second_lemma = lower(verb_of(wordbases));
  }

  reading.cost =
      cost_of_class(word_class, capital) + cost_of_case(word_case) + static_cast<int>(reading.parts.size());
  if (mood == "imperative" || mood == "potential") reading.cost += 3;
  if (!value(from, "POSSESSIVE").empty()) reading.cost += 2;
  if (reading.lemma == form) reading.cost -= 1;
  if (is_improbable(reading.lemma) || std::any_of(reading.parts.begin(), reading.parts.end(), is_improbable))
    reading.cost += 6;
  return reading;
}

void add_once(std::vector<std::string>& to, std::string&& word) {
  if (!word.empty() && std::find(to.begin(), to.end(), word) == to.end()) to.push_back(std::move(word));
}

}  // namespace

void Finnish::Close::operator()(VoikkoHandle* handle) const { voikkoTerminate(handle); }

base::Result<Finnish> Finnish::open() {
  const char* error = nullptr;
  VoikkoHandle* handle = voikkoInit(&error, "fi", nullptr);
  if (handle == nullptr)
    return base::fail(std::string("the Finnish dictionary (voikko-fi) cannot be opened: ") +
                      (error == nullptr ? "no reason given" : error));
  return Finnish(handle);
}

Analysis Finnish::analyze(const std::string& word) const {
  const Readings found(voikkoAnalyzeWordCstr(handle_.get(), word.c_str()), &voikko_free_mor_analysis);
  Analysis analysis;
  if (!found) return analysis;
  const std::string form = lower(word);
  const bool capital = form != word;
  std::vector<Reading> readings;
  for (auto** reading = found.get(); *reading != nullptr; ++reading)
    readings.push_back(read(*reading, form, capital));
  std::stable_sort(readings.begin(), readings.end(),
                   [](const Reading& a, const Reading& b) { return a.cost < b.cost; });
  // A place's name is whole: Etelä-Pohjanmaa is no pohjanmaa.
  const bool leads_as_name = std::any_of(readings.begin(), readings.end(), [&](const Reading& reading) {
    return reading.name && reading.lemma == readings.front().lemma;
  });
  for (Reading& reading : readings) {
    analysis.place_name = analysis.place_name || reading.name;
    analysis.local_case = analysis.local_case || reading.local;
    analysis.genitive = analysis.genitive || reading.genitive;
    // The parts of unlikely readings would only make noise.
    if (reading.lemma == readings.front().lemma && !leads_as_name)
      for (std::string& part : reading.parts) add_once(analysis.parts, std::move(part));
    add_once(analysis.lemmas, std::string(reading.lemma));
    add_once(analysis.lemmas, std::move(reading.second_lemma));
  }
  analysis.known = !analysis.lemmas.empty();
  return analysis;
}

}  // namespace sotevahti::text
