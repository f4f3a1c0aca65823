// What part an element plays in any feed format, by its name alone: for guessing
// where a broken document's elements end. Pure; any thread.
#pragma once
#include <string_view>

namespace sotevahti::feed {

enum class Role {
  none,       // markup inside a text, or unknown
  container,  // rss, channel, feed, rdf: ends with the document
  item,       // item, entry
  group,      // image, author ...: holds leaves of its own
  leaf,       // title, guid ...: holds text
  ambiguous,  // a leaf that is an HTML element too
};

// Of a qualified name, in any case. Known modules' prefixed elements are leaves.
Role role_of(std::string_view qualified_name);
// HTML's elements without an end tag, but for those that feeds use with one (link, source).
bool is_void_html(std::string_view name);

}  // namespace sotevahti::feed
