// By what an item is known again when the feed brings it anew: keys from the surest
// to the weakest, and only those that no other item of the document shares. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "feed/document.h"
#include "feed/item.h"

namespace sotevahti::feed {

// All that an item of this entry may be known by, the surest first. An adapter's
// key, if it set one, stands before all. `text_hash` is of the item's text alone (facts.h).
std::vector<std::string> possible_keys(const Item& item, std::uint64_t text_hash, const Entry& entry,
                                       const Document& document);

// Gives each item its key and its aliases, and drops those that stand in the document
// twice. `keys` belongs to `items`, place by place.
void identify(std::vector<Item>& items, std::vector<std::vector<std::string>> keys);

}  // namespace sotevahti::feed
