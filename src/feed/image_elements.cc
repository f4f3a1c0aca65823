// Images, logos, thumbnails.
#include <array>
#include <charconv>

#include "feed/ascii.h"
#include "feed/place.h"

namespace sotevahti::feed {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
}

void read_image_child(const Element& child, Image& image) {
  if (child.is_core("url")) image.url = resolved(child, child.text());
  if (child.is_core("title")) image.title = child.text();
  if (child.is_core("link")) image.link = resolved(child, child.text());
  if (child.is_core("description")) image.description = child.text();
  if (child.is_core("width")) image.width = number(child.text());
  if (child.is_core("height")) image.height = number(child.text());
}

void read_image(const Element& element, Place& place) {
  if (!element.has_elements()) return;
  Image image = place.part.image.value_or(Image{});
  element.each_child([&](const Element& child) { read_image_child(child, image); });
  if (!image.url.empty() || !image.title.empty() || !image.link.empty()) place.part.image = std::move(image);
}

void read_itunes_image(const Element& element, Place& place) {
  std::string address = element.attribute_or("href");
  if (address.empty()) address = element.attribute_or("url");
  address = resolved(element, address);
  if (address.empty()) return;
  place.part.image = Image{};
  place.part.image->url = std::move(address);
}

void read_itunes_link(const Element& element, Place& place) {
  if (equal_ignoring_case(element.attribute_or("rel"), "image")) read_itunes_image(element, place);
}

void read_logo(const Element& element, Place& place) {
  std::string address = element.attribute_or("href");  // CDF's form
  if (address.empty()) address = element.text();
  address = resolved(element, address);
  if (!address.empty()) place.part.logo = std::move(address);
}

void read_thumbnail(const Element& element, Place& place) {
  std::string address = element.attribute_or("url");
  if (address.empty()) address = element.text();
  address = resolved(element, address);
  if (!address.empty()) place.part.thumbnails.push_back(std::move(address));
}

constexpr std::array rows = {
    ElementRow{Ns::rss, "image", read_image},           ElementRow{Ns::itunes, "image", read_itunes_image},
    ElementRow{Ns::itunes, "link", read_itunes_link},   ElementRow{Ns::rss, "logo", read_logo},
    ElementRow{Ns::media, "thumbnail", read_thumbnail},
};

}  // namespace

std::span<const ElementRow> image_elements() { return rows; }

}  // namespace sotevahti::feed
