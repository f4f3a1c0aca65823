// How likely a reading of a Finnish word is. The dictionary gives all of them
// unranked (Salon: salko, salo, Salo); texts of this field mean a few. Pure; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::text {

// One reading as voikko tells it (its own keys and Finnish values).
struct Morphology {
  std::string baseform;
  std::string word_class;  // CLASS: nimisana, teonsana, paikannimi ...
  std::string word_case;   // SIJAMUOTO: omanto, sisaolento ...
  std::string mood;        // MOOD: indicative, MINEN-infinitive ...
  std::string participle;  // PARTICIPLE: past_passive, agent ...
  std::string person;
  std::string wordbases;
  std::string structure;
  bool possessive = false;
  bool possible_place = false;  // POSSIBLE_GEOGRAPHICAL_NAME
};

struct Reading {
  int cost = 0;                     // the cheapest is the most likely
  std::vector<std::string> lemmas;  // the reading's own, and the verb of a participle or an action noun
  std::vector<std::string> parts;
  bool name = false;  // a place's, person's or company's name
  bool place = false;
  bool local = false;
  bool genitive = false;
  bool improbable = false;  // kept only where there is no other
  bool case_tells = false;  // its likelihood hangs on capitals
};

// `form` is the word in lower case; `capital`: it was not written so.
Reading read(const Morphology& morphology, std::string_view form, bool capital);

}  // namespace sotevahti::text
