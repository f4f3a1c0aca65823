// The rules of XML 1.0 and of its namespaces that pugixml does not enforce. Looks at
// a tree that was read without replacing references. Linear, not recursive; any thread.
#pragma once
#include <pugixml.hpp>
#include <string>

#include "feed/entities.h"

namespace sotevahti::feed {

// What is wrong first, in words, or "".
std::string first_defect(const pugi::xml_document& document, const Entities& entities);

}  // namespace sotevahti::feed
