// An entry as lines: for a person, as JSON, as CSV (RFC 4180, with cells that a
// spreadsheet would take for a formula defused).
#pragma once
#include <cstddef>
#include <string>

#include "archive/entry.h"

namespace sotevahti::cli {

std::string for_person(const archive::EntrySummary& entry, std::size_t width);
std::string json_line(const archive::EntrySummary& entry);
std::string csv_head();
std::string csv_line(const archive::EntrySummary& entry);
// Commas between, with "-" for none.
std::string joined(const std::vector<std::string>& ids);
std::string_view to_string(tag::DeadlineKind kind);

}  // namespace sotevahti::cli
