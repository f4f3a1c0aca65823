// Links, ids, enclosures, and other elements that hold an address.
#include <algorithm>
#include <array>

#include "feed/ascii.h"
#include "feed/place.h"
#include "feed/text_construct.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

constexpr std::string_view registry = "http://www.iana.org/assignments/relation/";

// The address attribute under the names it goes by.
std::string address_attribute(const Element& element) {
  for (const std::string_view name : {"href", "url", "uri"}) {
    if (auto value = element.attribute(name); value && !value->empty()) return *value;
  }
  return {};
}

std::string relation(const Element& element) {
  const std::string rel = element.attribute_or("rel", "alternate");
  return rel.starts_with(registry) ? rel.substr(registry.size()) : rel;
}

void take_attribute(const Element& element, std::string_view name, Boxed<std::string>& to) {
  if (auto value = element.attribute(name); value && !value->empty()) to = std::move(*value);
}

Link link_attributes(const Element& element) {
  Link link;
  link.type = element.attribute_or("type");
  take_attribute(element, "title", link.title);
  take_attribute(element, "hreflang", link.hreflang);
  take_attribute(element, "length", link.length);
  return link;
}

bool is_page(const Link& link) {
  return link.rel == "alternate" && (link.type.empty() || equal_ignoring_case(link.type, "text/html") ||
                                     equal_ignoring_case(link.type, "application/xhtml+xml"));
}

void take_hint(const Link& link, PollHints& hints) {
  if (link.rel == "hub" && hints.hub.empty()) hints.hub = link.href;
  if (link.rel == "self" && hints.self.empty()) hints.self = link.href;
  if (link.rel == "prev-archive") hints.previous_archive = link.href;
}

void add_link(Link link, Place& place) {
  Part& part = place.part;
  if (is_page(link) && !part.link) part.link = link.href;
  if (link.rel == "enclosure") part.enclosures.push_back(link);
  if (link.rel == "license" && !part.license) part.license = link.href;
  if (place.is_feed()) take_hint(link, place.document.hints);
  part.links.push_back(std::move(link));
}

void read_link(const Element& element, Place& place) {
  const std::string address = address_attribute(element);
  Link link = link_attributes(element);
  link.rel = relation(element);
  link.href = resolved(element, address.empty() ? element.text() : address);
  if (link.href.empty()) return;
  // An address as text is RSS's own form.
  if (address.empty() && !is_atom(element.ns()) && is_page(link) && !place.has_own_link) {
    place.part.link = link.href;
    place.has_own_link = true;
  }
  add_link(std::move(link), place);
}

void read_enclosure(const Element& element, Place& place) {
  Link link = link_attributes(element);
  link.rel = "enclosure";
  link.href = resolved(element, address_attribute(element));
  if (!link.href.empty()) add_link(std::move(link), place);
}

// Media RSS nests twice: contents in a group, titles and thumbnails in a content.
// Deeper nesting would let a document choose our depth.
void read_media_children(const Element& element, Place& place, bool contents_too) {
  element.each_child([&](const Element& child) {
    if (child.is(Ns::media, "group") || (child.is(Ns::media, "content") && !contents_too)) return;
    if (child.ns() == Ns::media) read_element(child, place);
  });
}

void read_media_content(const Element& element, Place& place) {
  Link link = link_attributes(element);
  link.rel = "enclosure";
  link.href = resolved(element, address_attribute(element));
  link.length.reset();
  take_attribute(element, "filesize", link.length);
  if (!link.href.empty()) place.part.media.push_back(std::move(link));
  read_media_children(element, place, false);
}

void read_media_group(const Element& element, Place& place) { read_media_children(element, place, true); }

void read_id(const Element& element, Place& place) { place.part.id = element.text(); }

void read_guid(const Element& element, Place& place) {
  place.part.id = element.text();
  place.part.id_is_permalink = false;
  place.guid_is_permalink = equal_ignoring_case(element.attribute_or("ispermalink", "true"), "true");
}

void read_address(const Element& element, Boxed<std::string>& to) {
  std::string address = resolved(element, element.text());
  if (!address.empty()) to = std::move(address);
}

void read_docs(const Element& element, Place& place) { read_address(element, place.part.docs); }
void read_comments(const Element& element, Place& place) { read_address(element, place.part.comments); }
void read_comments_feed(const Element& element, Place& place) { read_address(element, place.part.comments_feed); }
void read_icon(const Element& element, Place& place) { read_address(element, place.part.icon); }

void read_license(const Element& element, Place& place) {
  const std::string resource = element.attribute_or("resource");
  place.part.license = resolved(element, resource.empty() ? element.text() : resource);
}

// RSS names another feed by address and title, Atom holds its metadata.
void read_source(const Element& element, Place& place) {
  if (!place.entry) return;
  Source source;
  if (const auto url = element.attribute("url")) source.href = resolved(element, *url);
  Place inner(place.document, source, nullptr);
  if (element.has_elements()) {
    read_children(element, inner);
  } else {
    Text title = read_text(element, place, TextType::text);
    if (!title.value.empty()) source.title = std::move(title);
  }
  finish(inner);
  place.entry->source = std::move(source);
}

constexpr std::array rows = {
    ElementRow{Ns::rss, "link", read_link},
    ElementRow{Ns::rss, "enclosure", read_enclosure},
    ElementRow{Ns::media, "content", read_media_content},
    ElementRow{Ns::media, "group", read_media_group},
    ElementRow{Ns::rss, "id", read_id},
    ElementRow{Ns::rss, "guid", read_guid},
    ElementRow{Ns::rss, "docs", read_docs},
    ElementRow{Ns::rss, "comments", read_comments},
    ElementRow{Ns::well_formed_web, "commentrss", read_comments_feed},
    ElementRow{Ns::rss, "icon", read_icon},
    ElementRow{Ns::creative_commons, "license", read_license},
    ElementRow{Ns::creative_commons_rss, "license", read_license},
    ElementRow{Ns::rss, "source", read_source},
};

}  // namespace

std::span<const ElementRow> link_elements() { return rows; }

}  // namespace sotevahti::feed
