// A document as the JSON object of conformance's contract, on one line, in UTF-8.
#pragma once
#include <string>

#include "feed/document.h"

namespace sotevahti::feed {

std::string to_json(const Document& document);

}  // namespace sotevahti::feed
