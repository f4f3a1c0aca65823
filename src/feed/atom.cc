// Atom 0.3 and 1.0: the namespace says which, else the version attribute.
#include "feed/formats.h"

namespace sotevahti::feed {

void read_atom(const Element& root, Document& document, const ParseOptions& options) {
  const bool old = root.ns() == Ns::atom03 || (root.ns() != Ns::atom10 && root.attribute_or("version") == "0.3");
  document.format = old ? Format::atom03 : Format::atom10;
  Place feed(document, document.feed, nullptr);
  read_feed(root, feed, options.max_entries);
  finish(feed);
}

}  // namespace sotevahti::feed
