// What the file reader cannot see of the rules in tags.d: terms that no word can meet,
// because they are not in their dictionary form or are not well formed. Pure.
#pragma once
#include <string>
#include <vector>

#include "config/taxonomy.h"
#include "text/words.h"

namespace sotevahti::tag {

// Sentences for an admin, each beginning with FILE:LINE. None: the rules are sound.
std::vector<std::string> check_rules(const config::Taxonomy& taxonomy, text::Lexicon& lexicon);

}  // namespace sotevahti::tag
