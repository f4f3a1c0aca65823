// A JSON document that is cut off or broken somewhere, up to the last element of a
// list that stands whole. Linear; any thread.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::feed {

// The text up to the last object that ended inside the document's outermost list
// members, with what was open then closed; "" when there is none.
std::string cut_json(std::string_view utf8);

}  // namespace sotevahti::feed
