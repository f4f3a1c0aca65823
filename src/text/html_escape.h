// Characters of HTML source, references decoded, written as HTML or as plain text.
// Inside the room. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "text/entities.h"

namespace sotevahti::text {

// Source text with its references normalised: `&`, `<`, `>` (and `"` in an attribute)
// as references, all others as characters; control characters go. Writing what was
// written so changes nothing.
void append_normal_html(std::string& to, std::string_view source, ReferencePlace place);

// Characters, not source: `&`, `<`, `>` (and `"` in an attribute) as references.
void append_escaped(std::string& to, std::string_view characters, ReferencePlace place);

// An attribute's value as its characters: references decoded, control characters gone.
std::string attribute_value(std::string_view source);

}  // namespace sotevahti::text
