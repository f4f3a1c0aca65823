// The words of the pages, by language; the command line says some of them too. Immutable; any thread.
#pragma once
#include <string>

#include "digest/messages.h"

namespace sotevahti::web {

// Finnish where the language has no file.
const digest::Messages& messages_in(const std::string& language);

}  // namespace sotevahti::web
