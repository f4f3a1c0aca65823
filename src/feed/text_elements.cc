// Titles, summaries, contents, rights: the elements that hold a text.
#include <array>

#include "feed/ascii.h"
#include "feed/place.h"
#include "feed/text_construct.h"

namespace sotevahti::feed {
namespace {

void read_title(const Element& element, Place& place) {
  if (place.has_own_title) return;
  place.part.title = read_text(element, place, TextType::text);
  place.has_own_title = !place.part.title->value.empty();
}

void read_media_title(const Element& element, Place& place) {
  if (!place.has_own_title && (!place.part.title || place.part.title->value.empty())) {
    place.part.title = read_text(element, place, TextType::text);
  }
}

void read_subtitle(const Element& element, Place& place) {
  place.part.subtitle = read_text(element, place, TextType::text);
}

void read_itunes_subtitle(const Element& element, Place& place) {
  if (!place.part.subtitle || place.part.subtitle->value.empty()) read_subtitle(element, place);
}

// An entry has one summary: of description and summary the second is its content.
void take_summary(Place& place, Text text) {
  if (place.has_own_summary) {
    place.part.content.push_back(std::move(text));
  } else {
    place.part.summary = std::move(text);
    place.has_own_summary = true;
  }
}

void read_description(const Element& element, Place& place) {
  Text text = read_text(element, place, TextType::html);
  if (place.entry) {
    take_summary(place, std::move(text));
  } else if (!place.part.subtitle || !text.value.empty()) {
    place.part.subtitle = std::move(text);
  }
}

void read_summary(const Element& element, Place& place) {
  take_summary(place, read_text(element, place, TextType::text));
}

void read_media_description(const Element& element, Place& place) {
  if (!place.part.summary) place.part.summary = read_text(element, place, TextType::text);
}

// OData's entries have their data in an element of its own, in the content or beside it.
void read_odata_properties(const Element& element, Place& place) {
  if (!place.entry) return;
  element.each_child([&](const Element& property) {
    if (property.ns() == Ns::odata && property.attribute_or("null") != "true") {
      place.entry->properties.emplace_back(property.name(), property.text());
    }
  });
}

bool has_odata_properties(const Element& element, Place& place) {
  bool found = false;
  element.each_child([&](const Element& child) {
    if (!child.is(Ns::odata_metadata, "properties")) return;
    found = true;
    read_odata_properties(child, place);
  });
  return found;
}

void add_content(const Element& element, Place& place, TextType otherwise) {
  if (has_odata_properties(element, place)) return;
  Text text = read_text(element, place, otherwise);
  if (const auto src = element.attribute("src")) text.src = resolved(element, *src);
  place.part.content.push_back(std::move(text));
}

void read_content(const Element& element, Place& place) { add_content(element, place, TextType::text); }
void read_encoded(const Element& element, Place& place) { add_content(element, place, TextType::html); }
void read_body(const Element& element, Place& place) { add_content(element, place, TextType::xhtml); }

void read_rights(const Element& element, Place& place) {
  place.part.rights = read_text(element, place, TextType::text);
}

void read_info(const Element& element, Place& place) { place.part.info = read_text(element, place, TextType::text); }

constexpr std::array rows = {
    ElementRow{Ns::rss, "title", read_title},
    ElementRow{Ns::dublin_core, "title", read_title},
    ElementRow{Ns::media, "title", read_media_title},
    ElementRow{Ns::rss, "subtitle", read_subtitle},
    ElementRow{Ns::rss, "tagline", read_subtitle},
    ElementRow{Ns::itunes, "subtitle", read_itunes_subtitle},
    ElementRow{Ns::rss, "description", read_description},
    ElementRow{Ns::rss, "abstract", read_description},
    ElementRow{Ns::dublin_core, "description", read_description},
    ElementRow{Ns::media, "description", read_media_description},
    ElementRow{Ns::rss, "summary", read_summary},
    ElementRow{Ns::itunes, "summary", read_summary},
    ElementRow{Ns::rss, "content", read_content},
    ElementRow{Ns::content, "encoded", read_encoded},
    ElementRow{Ns::rss, "fullitem", read_encoded},
    ElementRow{Ns::rss, "body", read_body},
    ElementRow{Ns::xhtml, "body", read_body},
    ElementRow{Ns::xhtml, "div", read_body},
    ElementRow{Ns::odata_metadata, "properties", read_odata_properties},
    ElementRow{Ns::rss, "rights", read_rights},
    ElementRow{Ns::rss, "copyright", read_rights},
    ElementRow{Ns::dublin_core, "rights", read_rights},
    ElementRow{Ns::rss, "info", read_info},
    ElementRow{Ns::feedburner, "browserfriendly", read_info},
};

}  // namespace

std::span<const ElementRow> text_elements() { return rows; }

}  // namespace sotevahti::feed
