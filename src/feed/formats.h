// The formats, each in a file of its own. A document's root says which it is; the
// elements inside are read by the tables of place.h. Any thread.
#pragma once
#include <string_view>

#include "feed/document.h"
#include "feed/place.h"
#include "feed/xml_tree.h"

namespace sotevahti::feed {

// <rss> and <rdf:RDF>.
void read_rss(const Element& root, Document& document, const ParseOptions& options);
// <feed>.
void read_atom(const Element& root, Document& document, const ParseOptions& options);
// <CHANNEL>.
void read_cdf(const Element& root, Document& document, const ParseOptions& options);
// CDF has an item's address and date in attributes; other formats have none of these.
void read_cdf_attributes(const Element& element, Place& place);
// JSON Feed 1.0 and 1.1. Sets not_a_feed and error where it is other JSON.
void read_json_feed(std::string_view utf8, Document& document, const ParseOptions& options);

}  // namespace sotevahti::feed
