// SharePoint: the same page's address comes with "/" or "%2F" in its query.
#include "feed/adapter.h"
#include "feed/ascii.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

std::string with_slashes(std::string_view url) {
  std::string result;
  for (std::size_t at = 0; at < url.size(); ++at) {
    if (starts_ignoring_case(url.substr(at), "%2f")) {
      result += '/';
      at += 2;
    } else {
      result += url[at];
    }
  }
  return result;
}

bool fits(const AdapterInput&, const Item& item) { return contains_ignoring_case(item.url, ".aspx"); }

void refine(const AdapterInput&, Item& item) {
  item.canonical_url = text::canonical_url(lower(with_slashes(item.url)));
}

}  // namespace

const Adapter sharepoint = {"sharepoint", fits, refine};

}  // namespace sotevahti::feed
