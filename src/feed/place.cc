#include "feed/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "feed/ascii.h"
#include "feed/formats.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t longest_name = 24;

// All rows by namespace and name, in open addressing: every element of a document is
// looked up in it.
class Table {
 public:
  Table() {
    for (const auto rows : {text_elements(), person_elements(), link_elements(), image_elements(), date_elements(),
                            category_elements(), setting_elements()}) {
      for (const ElementRow& row : rows) rows_[slot_of(row.ns, row.name)] = &row;
    }
  }
  const ElementRow* find(Ns ns, std::string_view name) const { return rows_[slot_of(ns, name)]; }

 private:
  static constexpr std::size_t slots = 512;  // several times the rows

  // Where the row is, or would be.
  std::size_t slot_of(Ns ns, std::string_view name) const {
    auto hash = static_cast<std::size_t>(ns);
    for (const char c : name) hash = hash * 31 + static_cast<unsigned char>(c);
    while (rows_[hash % slots] && (rows_[hash % slots]->ns != ns || rows_[hash % slots]->name != name)) ++hash;
    return hash % slots;
  }

  std::array<const ElementRow*, slots> rows_{};
};

const ElementRow* find_row(Ns ns, std::string_view name) {
  static const Table table;
  return table.find(ns, name);
}

// An entry is large: growing the list one by one would move each several times.
void reserve_entries(const Element& element, Document& document, std::size_t most_entries) {
  std::size_t entries = document.entries.size();
  for (pugi::xml_node child = element.node().first_child(); child; child = child.next_sibling()) {
    const std::string_view name = child.name();
    if (name == "item" || name == "entry") ++entries;
  }
  document.entries.reserve(std::min(entries, most_entries));
}

bool looks_like_address(std::string_view id) { return id.find("://") != std::string_view::npos || id.starts_with('/'); }

}  // namespace

void read_element(const Element& element, Place& place) {
  if (element.name().size() > longest_name) return;
  std::array<char, longest_name> name{};
  std::transform(element.name().begin(), element.name().end(), name.begin(), [](char c) { return lower(c); });
  const Ns ns = is_core(element.ns()) ? Ns::rss : element.ns();
  const ElementRow* row = find_row(ns, std::string_view(name.data(), element.name().size()));
  if (row) row->read(element, place);
}

void read_children(const Element& element, Place& place) {
  element.each_child([&](const Element& child) { read_element(child, place); });
}

void read_entry(const Element& element, Document& document, std::size_t most_entries) {
  if (document.entries.size() >= most_entries) {
    document.error = fmt::format("over the limit of {} entries: the first were read", most_entries);
    return;
  }
  Entry& entry = document.entries.emplace_back();
  Place place(document, entry, &entry);
  if (auto about = element.attribute("about"); about && !about->empty()) entry.id = std::move(about);
  read_cdf_attributes(element, place);
  read_children(element, place);
  finish(place);
}

void read_feed(const Element& element, Place& feed, std::size_t most_entries) {
  reserve_entries(element, feed.document, most_entries);
  element.each_child([&](const Element& child) {
    if (child.is_core("item") || child.is_core("entry")) {
      read_entry(child, feed.document, most_entries);
    } else {
      read_element(child, feed);
    }
  });
}

void finish(Place& place) {
  Part& part = place.part;
  if (place.guid_is_permalink && part.id) {
    part.id_is_permalink = !part.link;
    if (!part.link && looks_like_address(*part.id) && !text::is_unsafe_scheme(*part.id)) part.link = part.id;
  }
}

std::string resolved(const Element& element, std::string_view address) {
  if (address.empty() || text::is_unsafe_scheme(address)) return {};
  return text::resolve_url(element.scope().base(), address);
}

}  // namespace sotevahti::feed
