// The links of a page: its <a href> and <link href>, in document order, for finding
// feeds. Linear; pure; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::text {

struct PageLink {
  std::string href;      // as written, references decoded
  std::string rel;       // lower case; empty for <a> without one
  std::string type;      // lower case
  std::string title;     // the attribute; of an <a> without one, its text
  bool in_head = false;  // a <link>, not an <a>
};

struct PageLinks {
  std::vector<PageLink> links;
  std::string base;   // <base href>, as written
  std::string title;  // <title>
};

PageLinks page_links(std::string_view html, std::size_t most = 2000);

}  // namespace sotevahti::text
