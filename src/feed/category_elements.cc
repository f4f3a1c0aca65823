// Categories, subjects, keywords.
#include <algorithm>
#include <array>
#include <vector>

#include "feed/ascii.h"
#include "feed/place.h"

namespace sotevahti::feed {
namespace {

constexpr std::string_view itunes_scheme = "http://www.itunes.com/";
constexpr std::string_view media_scheme = "http://search.yahoo.com/mrss/category_schema";
// iTunes knows two levels.
constexpr int deepest_category = 4;
// More of one entry's are left out: comparing each with each stays cheap.
constexpr std::size_t most_categories = 200;

void add(Place& place, Category category) {
  auto& all = place.part.categories;
  if (category.term.empty() && !category.scheme && !category.label) return;
  const bool there = std::any_of(all.begin(), all.end(), [&](const Category& other) {
    return other.term == category.term && other.scheme == category.scheme && other.label == category.label;
  });
  if (!there && all.size() < most_categories) all.push_back(std::move(category));
}

Category of_attributes(const Element& element) {
  Category category;
  category.term = element.attribute_or("term");
  category.scheme = element.attribute("scheme");
  if (!category.scheme) category.scheme = element.attribute("domain");
  category.label = element.attribute("label");
  if (category.term.empty()) category.term = element.text();
  return category;
}

void read_category(const Element& element, Place& place) { add(place, of_attributes(element)); }

void read_media_category(const Element& element, Place& place) {
  Category category = of_attributes(element);
  if (!category.scheme) category.scheme = media_scheme;
  add(place, std::move(category));
}

void add_itunes(Place& place, std::string_view term) {
  if (!trimmed(term).empty()) add(place, {std::string(trimmed(term)), std::string(itunes_scheme), {}});
}

void add_nested(const Element& element, Place& place, int depth) {
  add_itunes(place, element.attribute_or("text"));
  if (depth == 0) return;
  element.each_child([&](const Element& child) {
    if (child.is(Ns::itunes, "category")) add_nested(child, place, depth - 1);
  });
}

void read_itunes_category(const Element& element, Place& place) { add_nested(element, place, deepest_category); }

void read_itunes_keywords(const Element& element, Place& place) {
  std::string storage;
  std::string_view rest = element.text(storage);
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    add_itunes(place, rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
}

constexpr std::array rows = {
    ElementRow{Ns::rss, "category", read_category},           ElementRow{Ns::rss, "keywords", read_category},
    ElementRow{Ns::dublin_core, "subject", read_category},    ElementRow{Ns::media, "category", read_media_category},
    ElementRow{Ns::itunes, "category", read_itunes_category}, ElementRow{Ns::itunes, "keywords", read_itunes_keywords},
};

}  // namespace

std::span<const ElementRow> category_elements() { return rows; }

}  // namespace sotevahti::feed
