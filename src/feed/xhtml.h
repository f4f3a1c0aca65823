// Markup that stands as elements in a feed, written as HTML for the sanitiser. Linear,
// not recursive; any thread.
#pragma once
#include <string>

#include "feed/xml_tree.h"

namespace sotevahti::feed {

// The content of an element as HTML, not yet safe. The <div> that Atom demands around
// it is left out. Addresses under an xml:base of their own are resolved.
std::string inner_html(const Element& element);

// The only child, where that is a <div> and no other text stands beside it.
pugi::xml_node only_div(const Element& element);

}  // namespace sotevahti::feed
