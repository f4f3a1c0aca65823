// The man pages that are made from the program itself, so that the two cannot part:
// sotevahti(1) from the commands, sotevahti.toml(5) from the table of settings,
// sotevahti-filter(7) from `help filter`. Pure; roff for man(7).
#pragma once
#include <string>
#include <string_view>

#include "cli/command.h"

namespace sotevahti::cli {

// What `sotevahti help filter` prints.
std::string_view filter_help();

std::string program_manual();   // sotevahti(1)
std::string settings_manual();  // sotevahti.toml(5)
std::string filter_manual();    // sotevahti-filter(7)

}  // namespace sotevahti::cli
