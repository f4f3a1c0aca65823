// The case forms of a Finnish name that no dictionary has, from its nominative and
// genitive: the genitive tells stem and gradation (Pohde, Pohteen: Pohteessa,
// Pohdetta). Singular, without possessive endings. Pure; any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::text {

enum class NameCase { nominative, genitive, local, other };

struct NameForm {
  std::string form;  // lower case
  NameCase name_case = NameCase::other;
};

// `genitive` may be empty: -n behind a vowel, -in behind a consonant.
std::vector<NameForm> name_forms(std::string_view nominative, std::string_view genitive);

// What stands behind the colon of "HUS:n", "THL:ssä": the case, or nothing when it is no
// case ending.
bool is_case_ending(std::string_view ending, NameCase& name_case);

}  // namespace sotevahti::text
