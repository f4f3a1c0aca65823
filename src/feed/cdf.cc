// Microsoft's Channel Definition Format: addresses and dates stand in attributes.
#include "feed/formats.h"
#include "text/feed_date.h"

namespace sotevahti::feed {

void read_cdf_attributes(const Element& element, Place& place) {
  if (place.document.format != Format::cdf) return;
  if (std::string words = element.attribute_or("lastmod"); !words.empty()) {
    if (const auto time = text::parse_feed_date(words)) place.part.updated = Date{*time, std::move(words)};
  }
  Link link;
  link.rel = "alternate";
  link.href = resolved(element, element.attribute_or("href"));
  if (link.href.empty()) return;
  place.part.link = link.href;
  place.part.links.push_back(std::move(link));
}

void read_cdf(const Element& root, Document& document, const ParseOptions& options) {
  document.format = Format::cdf;
  Place feed(document, document.feed, nullptr);
  read_cdf_attributes(root, feed);
  read_feed(root, feed, options.max_entries);
  finish(feed);
}

}  // namespace sotevahti::feed
