// The rules of XML 1.0 and of its namespaces that pugixml does not enforce. Looks at
// a tree that was read without replacing references. Linear, not recursive; any thread.
#pragma once
#include <pugixml.hpp>
#include <string>

#include "feed/entities.h"

namespace sotevahti::feed {

struct Defect {
  std::string what;          // in words; "" when there is none
  bool hides_items = false;  // the tree is not what its author meant: better written anew
};

// The first, or one that hides items where there is such.
Defect find_defect(const pugi::xml_document& document, const Entities& entities);

}  // namespace sotevahti::feed
