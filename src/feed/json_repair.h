// A JSON document made fit to be read: cut behind what stands whole of it where it is
// broken, and emptied where it is too deep. Linear; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace sotevahti::feed {

// The text up to the last object that ended inside the document's outermost list
// members, with what was open then closed; "" when there is none.
std::string cut_json(std::string_view utf8);

// How many lists and objects stand in each other at most.
std::size_t depth_of_json(std::string_view utf8);

// The text with the lists and objects emptied that are more than `most` deep.
std::string shallow_json(std::string_view utf8, std::size_t most);

}  // namespace sotevahti::feed
