// A broken XML document made readable: what pugixml refuses is written anew, so that
// every item that stands whole is kept. Knows what feeds look like: where an item
// begins the one before it has ended. Linear in time; any thread.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::feed {

// Bare "<", unquoted or unfinished attributes, unclosed elements, CDATA sections and
// comments, stray end tags, repeated roots, truncation. An item that the end of the
// document cuts off is left out where there are others: it comes whole at the next poll.
std::string repair_xml(std::string_view utf8);

}  // namespace sotevahti::feed
