#include "feed/text_construct.h"

#include <algorithm>
#include <optional>

#include "base/hash.h"
#include "feed/ascii.h"
#include "feed/xhtml.h"
#include "text/html.h"
#include "text/utf8.h"

namespace sotevahti::feed {
namespace {

// What an element says of its content.
struct Declared {
  std::optional<TextType> type;
  std::string media_type;  // of anything but text, HTML and XHTML
  bool base64 = false;
};

bool is_xml_type(std::string_view type) { return type.ends_with("/xml") || type.ends_with("+xml"); }

Declared declared_type(const Element& element) {
  Declared declared;
  const std::string type = lower(element.attribute_or("type"));
  if (type == "text" || type == "plain" || type == "text/plain") {
    declared.type = TextType::text;
  } else if (type == "html" || type == "text/html") {
    declared.type = TextType::html;
  } else if (type == "xhtml" || type == "application/xhtml+xml") {
    declared.type = TextType::xhtml;
  } else if (type.find('/') != std::string::npos) {
    declared.media_type = type;
    declared.base64 = !type.starts_with("text/") && !is_xml_type(type);
  }
  declared.base64 = declared.base64 || equal_ignoring_case(element.attribute_or("mode"), "base64");
  return declared;
}

// As it stands when it is no base64.
std::string from_base64(std::string_view text) {
  std::string packed;
  std::copy_if(text.begin(), text.end(), std::back_inserter(packed), [](char c) { return !is_space(c); });
  const auto bytes = base::from_base64(packed);
  return bytes ? text::repair_utf8(*bytes) : std::string(text);
}

std::string_view type_name(TextType type) {
  return type == TextType::text ? "text" : type == TextType::html ? "html" : "xhtml";
}

Text of_media_type(const Element& element, const Declared& declared) {
  Text text;
  text.type = declared.media_type;
  text.base = element.scope().base();
  if (declared.base64) {
    text.value = trimmed(from_base64(element.text()));
  } else {
    text.value = element.has_elements() ? trimmed(inner_html(element)) : element.text();
  }
  return text;
}

// A <div> around escaped markup is a habit of one publisher's software, no inline markup.
std::optional<std::string> escaped_in_div(const Element& element) {
  const pugi::xml_node div = only_div(element);
  if (!div || Element(div, element.scope()).has_elements()) return std::nullopt;
  return Element(div, element.scope()).text();
}

Text of_elements(const Element& element, TextType type) {
  const std::string& base = element.scope().base();
  if (type == TextType::html) {
    if (const auto escaped = escaped_in_div(element)) return make_text(*escaped, TextType::html, base);
  }
  return make_text(inner_html(element), TextType::xhtml, base);
}

}  // namespace

Text make_text(std::string_view value, TextType type, const std::string& base) {
  Text text;
  text.type = type_name(type);
  text.base = base;
  if (type == TextType::text) {
    text.value = trimmed(value);
  } else {
    text.value = text::sanitize(trimmed(value), {.base_url = base}).str();
  }
  return text;
}

Text read_text(const Element& element, const Place& place, TextType otherwise) {
  const Declared declared = declared_type(element);
  const TextType type = declared.type.value_or(otherwise);
  Text text;
  if (!declared.media_type.empty() && !declared.media_type.starts_with("text/")) {
    text = of_media_type(element, declared);
  } else if (declared.base64) {
    text = make_text(from_base64(element.text()), type, element.scope().base());
  } else if (element.has_elements()) {
    text = of_elements(element, type);
  } else {
    std::string storage;
    const std::string_view value = element.text(storage);
    const bool guessed_html =
        type == TextType::text && !declared.type && !place.is_atom() && text::looks_like_html(value);
    // XHTML without an element in it is character data: its "<" were written as references.
    if (type == TextType::xhtml) {
      text = make_text(inner_html(element), type, element.scope().base());
    } else {
      text = make_text(value, guessed_html ? TextType::html : type, element.scope().base());
    }
  }
  text.language = element.scope().language();
  return text;
}

}  // namespace sotevahti::feed
