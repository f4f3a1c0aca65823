// Texts as feeds carry them: plain, escaped HTML, inline markup, base64. What comes
// out is plain text or sanitised HTML. Any thread.
#pragma once
#include "feed/document.h"
#include "feed/place.h"
#include "feed/xml_tree.h"

namespace sotevahti::feed {

enum class TextType { text, html, xhtml };

// `otherwise` is the type where the element names none. A text of RSS that looks like
// HTML is taken for it, unless the element says that it is plain.
Text read_text(const Element& element, const Place& place, TextType otherwise);

// Of a type as Atom or a media type names it, a value as it came.
Text make_text(std::string_view value, TextType type, const std::string& base);

}  // namespace sotevahti::feed
