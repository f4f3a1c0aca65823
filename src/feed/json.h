// A document as the JSON object that `sotevahti parse --json` prints, on one line, in UTF-8: all that parse() found,
// under the names of document.h. Pure.
#pragma once
#include <string>

#include "feed/document.h"

namespace sotevahti::feed {

std::string to_json(const Document& document);

}  // namespace sotevahti::feed
