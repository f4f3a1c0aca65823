#include "feed/namespaces.h"

#include <algorithm>
#include <array>

#include "feed/ascii.h"

namespace sotevahti::feed {
namespace {

struct Known {
  std::string_view address;  // lower case: publishers do not agree on it
  Ns ns;
};

constexpr std::array known = {
    Known{"", Ns::rss},
    Known{"http://www.w3.org/2005/atom", Ns::atom10},
    Known{"http://purl.org/atom/ns#", Ns::atom03},
    Known{"http://purl.org/rss/1.0/", Ns::rss10},
    Known{"http://my.netscape.com/rdf/simple/0.9/", Ns::rss090},
    Known{"http://channel.netscape.com/rdf/simple/0.9/", Ns::rss090},
    Known{"http://my.netscape.com/publish/formats/rss-0.91.dtd", Ns::rss},
    Known{"http://blogs.law.harvard.edu/tech/rss", Ns::rss},
    Known{"http://purl.org/net/rss1.1#", Ns::rss},
    Known{"http://www.rssboard.org/rss-specification", Ns::rss},
    Known{"http://www.w3.org/1999/02/22-rdf-syntax-ns#", Ns::rdf},
    Known{"http://www.w3.org/xml/1998/namespace", Ns::xml},
    Known{"http://www.w3.org/1999/xhtml", Ns::xhtml},
    Known{"http://purl.org/dc/elements/1.1/", Ns::dublin_core},
    Known{"http://purl.org/dc/elements/1.0/", Ns::dublin_core},
    Known{"http://purl.org/dc/terms/", Ns::dublin_terms},
    Known{"http://purl.org/rss/1.0/modules/content/", Ns::content},
    Known{"http://www.itunes.com/dtds/podcast-1.0.dtd", Ns::itunes},
    Known{"http://example.com/dtds/podcast-1.0.dtd", Ns::itunes},
    Known{"http://search.yahoo.com/mrss/", Ns::media},
    Known{"http://search.yahoo.com/mrss", Ns::media},
    Known{"http://wellformedweb.org/commentapi/", Ns::well_formed_web},
    Known{"http://web.resource.org/cc/", Ns::creative_commons},
    Known{"http://creativecommons.org/ns#", Ns::creative_commons},
    Known{"http://backend.userland.com/creativecommonsrssmodule", Ns::creative_commons_rss},
    Known{"http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", Ns::creative_commons_rss},
    Known{"http://purl.org/rss/1.0/modules/syndication/", Ns::syndication},
    Known{"http://rssnamespace.org/feedburner/ext/1.0", Ns::feedburner},
    Known{"http://webns.net/mvcb/", Ns::admin},
    Known{"http://purl.org/syndication/history/1.0", Ns::history},
    Known{"http://schemas.microsoft.com/ado/2007/08/dataservices", Ns::odata},
    Known{"http://docs.oasis-open.org/odata/ns/data", Ns::odata},
    Known{"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata", Ns::odata_metadata},
    Known{"http://docs.oasis-open.org/odata/ns/metadata", Ns::odata_metadata},
};

constexpr std::array usual = {
    Known{"atom", Ns::atom10},     Known{"rss", Ns::rss},
    Known{"rdf", Ns::rdf},         Known{"xhtml", Ns::xhtml},
    Known{"dc", Ns::dublin_core},  Known{"dcterms", Ns::dublin_terms},
    Known{"content", Ns::content}, Known{"itunes", Ns::itunes},
    Known{"media", Ns::media},     Known{"wfw", Ns::well_formed_web},
    Known{"sy", Ns::syndication},  Known{"cc", Ns::creative_commons},
    Known{"admin", Ns::admin},     Known{"creativecommons", Ns::creative_commons_rss},
    Known{"fh", Ns::history},      Known{"feedburner", Ns::feedburner},
    Known{"d", Ns::odata},         Known{"m", Ns::odata_metadata},
};

template <std::size_t n>
Ns find(const std::array<Known, n>& table, std::string_view name) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const Known& entry) { return equal_ignoring_case(entry.address, name); });
  return row == table.end() ? Ns::unknown : row->ns;
}

}  // namespace

Ns namespace_of(std::string_view address) {
  address = trimmed(address);
  const Ns ns = find(known, address);
  if (ns != Ns::unknown) return ns;
  // backend.userland.com/rss, /RSS2, /rss191 ...: RSS by any number.
  return contains_ignoring_case(address, "backend.userland.com/rss") ? Ns::rss : Ns::unknown;
}

Ns namespace_of_usual_prefix(std::string_view prefix) { return find(usual, prefix); }

}  // namespace sotevahti::feed
