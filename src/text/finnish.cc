#include "text/finnish.h"

#include <libvoikko/voikko.h>

#include <algorithm>

#include "text/finnish_readings.h"

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

Morphology morphology(const voikko_mor_analysis* from) {
  Morphology m;
  m.baseform = value(from, "BASEFORM");
  m.word_class = value(from, "CLASS");
  m.word_case = value(from, "SIJAMUOTO");
  m.mood = value(from, "MOOD");
  m.participle = value(from, "PARTICIPLE");
  m.person = value(from, "PERSON");
  m.wordbases = value(from, "WORDBASES");
  m.structure = value(from, "STRUCTURE");
  m.possessive = !value(from, "POSSESSIVE").empty();
  m.possible_place = !value(from, "POSSIBLE_GEOGRAPHICAL_NAME").empty();
  return m;
}

// The dictionary knows Asukas and Terveyskeskus as names too: a name that an ordinary
// word is just as well says nothing. Places stay: Salo is a town and a wood.
void drop_unlikely(std::vector<Reading>& readings) {
  const bool any_probable =
      std::any_of(readings.begin(), readings.end(), [](const Reading& r) { return !r.improbable; });
  if (any_probable) std::erase_if(readings, [](const Reading& r) { return r.improbable; });
  for (Reading& name : readings) {
    if (!name.name || name.place) continue;
    name.name = std::none_of(readings.begin(), readings.end(), [&](const Reading& other) {
      return !other.name && other.lemmas.front() == name.lemmas.front();
    });
  }
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
  std::vector<Reading> readings;
  for (auto** each = found.get(); *each != nullptr; ++each)
    readings.push_back(read(morphology(*each), form, form != word));
  if (readings.empty()) return analysis;
  analysis.any_case = std::none_of(readings.begin(), readings.end(), [](const Reading& r) { return r.case_tells; });
  drop_unlikely(readings);
  std::stable_sort(readings.begin(), readings.end(),
                   [](const Reading& a, const Reading& b) { return a.cost < b.cost; });
  // "hakemusta" is no hake and musta: what takes a word further apart than need be is chance.
  const std::string lemma = readings.front().lemmas.front();
  const std::size_t parts = readings.front().parts.size();
  std::erase_if(readings, [&](const Reading& r) { return r.parts.size() > parts && r.lemmas.front() != lemma; });
  for (const Reading& reading : readings) {
    analysis.place_name = analysis.place_name || reading.name;
    analysis.local_case = analysis.local_case || reading.local;
    analysis.genitive = analysis.genitive || reading.genitive;
    add_once(analysis.lemmas, std::string(reading.lemmas.front()));
    // Of several ways to take the leading lemma apart, the one into fewest parts. A place's
    // name is whole: Etelä-Pohjanmaa is no pohjanmaa.
    const bool leads = reading.lemmas.front() == lemma && !reading.parts.empty() && !readings.front().place;
    if (leads && (analysis.parts.empty() || reading.parts.size() < analysis.parts.size()))
      analysis.parts = reading.parts;
  }
  for (Reading& reading : readings)
    for (std::string& other : reading.lemmas) add_once(analysis.lemmas, std::move(other));
  analysis.known = !analysis.lemmas.empty();
  return analysis;
}

}  // namespace sotevahti::text
