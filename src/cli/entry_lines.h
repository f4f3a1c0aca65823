// An entry as lines for a person. As data it is archive::entry_json() and csv_line().
#pragma once
#include <cstddef>
#include <string>

#include "archive/entry.h"

namespace sotevahti::cli {

std::string for_person(const archive::EntrySummary& entry, std::size_t width);
// Commas between, with "-" for none.
std::string joined(const std::vector<std::string>& ids);

}  // namespace sotevahti::cli
