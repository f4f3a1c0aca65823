// Where the value of an element that is read belongs: the feed, an entry, or an
// entry's source. And the way from an element to the function that reads it.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "feed/document.h"
#include "feed/xml_tree.h"

namespace sotevahti::feed {

struct Place {
  Place(Document& of, Part& to, Entry* within) : document(of), part(to), entry(within) {}

  Document& document;
  Part& part;
  Entry* entry;                  // null in the feed and in a source
  bool has_own_title = false;    // media:title counts only where there is none
  bool has_own_summary = false;  // so does media:description
  bool has_own_link = false;     // RSS's link goes before atom:link
  bool guid_is_permalink = false;
  std::string update_period;  // sy:updatePeriod and sy:updateFrequency come in any order
  int update_frequency = 1;

  bool is_feed() const { return &part == &document.feed; }
  bool is_atom() const { return document.format == Format::atom03 || document.format == Format::atom10; }
};

using ReadElement = void (*)(const Element&, Place&);

struct ElementRow {
  Ns ns;                  // Ns::rss stands for every core namespace
  std::string_view name;  // lower case
  ReadElement read;
};

// One table for each subject; together they are all elements that are understood.
std::span<const ElementRow> text_elements();
std::span<const ElementRow> person_elements();
std::span<const ElementRow> link_elements();
std::span<const ElementRow> image_elements();
std::span<const ElementRow> date_elements();
std::span<const ElementRow> category_elements();
std::span<const ElementRow> setting_elements();

// Reads one child of a feed, entry or source; what is unknown is passed over.
void read_element(const Element& element, Place& place);
// All children of an element.
void read_children(const Element& element, Place& place);
// The children of a feed, entries among them; of more than `most_entries` the first.
void read_feed(const Element& element, Place& feed, std::size_t most_entries);
void read_entry(const Element& element, Document& document, std::size_t most_entries);
// What can be said only when all of a part's elements are read.
void finish(Place& place);

// An address in an element, resolved against the base in force; "" when it is unsafe.
std::string resolved(const Element& element, std::string_view address);

}  // namespace sotevahti::feed
