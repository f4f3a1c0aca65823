// Yle: articles by number. Its terms: the headline with the link as the feed gave
// it, the content unchanged, no photographs.
#include "feed/adapter.h"
#include "feed/ascii.h"
#include "text/html.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// https://yle.fi/a/74-20012345: the number is one of two, joined by a hyphen.
std::string article_number(std::string_view url) {
  const std::size_t begin = url.find("/a/");
  if (begin == npos) return {};
  const std::string_view rest = url.substr(begin + 3);
  const std::string_view number = rest.substr(0, rest.find_first_of("?#/"));
  const bool numeric = number.find_first_not_of("0123456789-") == npos && number.find('-') != npos;
  return numeric ? std::string(number) : std::string();
}

bool fits(const AdapterInput&, const Item& item) {
  const std::string host = text::url_host(item.url);
  return (host == "yle.fi" || host.ends_with(".yle.fi")) && !article_number(item.url).empty();
}

void refine(const AdapterInput&, Item& item) {
  if (const std::string number = article_number(item.url); !number.empty()) {
    item.key = "yle:" + number;
    item.platform_id = item.key;
  }
  item.enclosures.clear();
  if (item.html.view().find("<img") != npos) item.html = text::SafeHtml::escape(item.text);
}

}  // namespace

const Adapter yle = {"yle", fits, refine};

}  // namespace sotevahti::feed
