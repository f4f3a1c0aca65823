// A JSON document made fit to be read: with words in place of what JSON has not, cut behind what
// stands whole of it where it is broken, and emptied where it is too deep. Linear; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace sotevahti::feed {

// The text up to the last object that ended inside the document's outermost list
// members, with what was open then closed; "" when there is none.
std::string cut_json(std::string_view utf8);

// The text with what a program cut or wrote carelessly put right, and nothing else changed: half
// surrogate pairs become U+FFFD, controls in strings blanks, escapes that are none plain
// characters, numbers that no double holds strings, and words such as NaN null.
std::string sound_json(std::string_view utf8);

// How many lists and objects stand in each other at most.
std::size_t depth_of_json(std::string_view utf8);

// The text with the lists and objects emptied that are more than `most` deep.
std::string shallow_json(std::string_view utf8, std::size_t most);

}  // namespace sotevahti::feed
