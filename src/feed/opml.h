// OPML 2.0: subscription lists in and out. Pure; bounded: at most 16 MB, 20,000 feeds,
// 64 levels; a document type declaration (the way of XML bombs) is refused.
// What OPML has no word for stands in a namespace of our own, as section "Extending OPML" has it: other readers pass it
// by.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace sotevahti::feed {

inline constexpr std::size_t most_opml_bytes = std::size_t{16} << 20;

struct OpmlFeed {
  std::string url;
  std::string title;
  std::string page;  // htmlUrl
  std::string language;
  std::string folder;  // titles of the outlines around it, joined by " / "
  using Row = std::vector<std::pair<std::string, std::string>>;
  Row row;  // attributes of our namespace, unchecked: words by the keys of feeds.d
};

// Fails with the cause when it is no OPML or goes over a bound; outlines without an http(s)
// address are left out. An address that comes again counts once.
base::Result<std::vector<OpmlFeed>> read_opml(std::string_view bytes);
std::string write_opml(std::string_view title, const std::vector<OpmlFeed>& feeds);

}  // namespace sotevahti::feed
