// What may stand at the end of a command line that is being written: commands, options,
// ids of feeds, and a filter's conditions with ids of areas and topics. Never fails: what
// cannot be known is not offered.
#pragma once
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/context.h"

namespace sotevahti::cli {

// `line`: the words after the program's name; the last one, maybe empty, is being written.
std::vector<std::string> completions_of(const std::vector<std::string>& line, Context& context);

}  // namespace sotevahti::cli
