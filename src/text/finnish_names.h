// The case forms of a Finnish name that no dictionary has, from its nominative and
// genitive: the genitive tells stem and gradation (Pohde, Pohteen: Pohteessa,
// Pohdetta). Singular, without possessive endings. Reads freely from any thread.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/words.h"

namespace sotevahti::text {

enum class NameCase { nominative, genitive, local, other };

struct NameForm {
  std::string form;  // lower case
  NameCase name_case = NameCase::other;
};

// `genitive` may be empty: -n behind a vowel, -in behind a consonant.
std::vector<NameForm> name_forms(std::string_view nominative, std::string_view genitive);

// The names that were told to us, by every form of theirs.
class NameForms {
 public:
  struct Name {
    std::string lemma;
    NameCase name_case = NameCase::other;
    bool proper = true;  // no, when it is a word of the field that the dictionary lacks
  };
  void add(std::string_view nominative, std::string_view genitive, bool proper);
  // Adds to `analysis` what `word` is as a name, if it is one. A name leads where it is written
  // as a name, and follows the dictionary where it is not: "soitella" is first of all a verb.
  void add_reading(Analysis& analysis, const std::string& word) const;

 private:
  std::unordered_map<std::string, Name> names_;
};

// What an unknown word may be a form of: Webropolilla of webropoli or webropol, "kuvantamisen"
// of kuvantaminen. The likeliest first; empty when it looks like no case form. `name_case` is
// what its ending tells.
std::vector<std::string> guess_lemmas(std::string_view form, NameCase& name_case);

// What stands behind the colon of "HUS:n", "THL:ssä": the case, or nothing when it is no
// case ending.
bool is_case_ending(std::string_view ending, NameCase& name_case);

}  // namespace sotevahti::text
