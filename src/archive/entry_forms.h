// An entry as data for other programs, the same from the command line and the web: JSON,
// and CSV (RFC 4180) whose cells no spreadsheet takes for a formula. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "archive/entry.h"
#include "archive/search.h"

namespace sotevahti::archive {

// An object on one line.
std::string entry_json(const EntrySummary& entry);
// With its text, evidence, revisions and other tellings.
std::string entry_json(const EntryDetail& entry);
std::string deadline_json(const DeadlineRow& row);

std::string csv_head();
std::string csv_line(const EntrySummary& entry);
std::string csv_cell(std::string_view text);

}  // namespace sotevahti::archive
