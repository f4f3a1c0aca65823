// Which terms of the full-text index begin with some letters. The index's own search by a
// beginning gathers every entry of every such term before it gives the first one: a
// second at a million entries. Terms named one by one are read as far as a page needs.
// Belongs to its database's thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/database.h"

namespace sotevahti::archive {

// Without those whose entries another of them has too: palveluverkko stands at its part
// palvelu. None where they are too many to name.
std::optional<std::vector<std::string>> terms_beginning(Database& database, std::string_view letters);

}  // namespace sotevahti::archive
