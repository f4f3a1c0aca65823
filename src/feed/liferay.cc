// Liferay: ministries, authorities, some counties. dc:creator is the publisher where
// it names an organisation; one release of the government stands on several hosts.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "feed/adapter.h"
#include "feed/ascii.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// Words that a ministry, an authority or a county has in its name and a person has not.
constexpr std::array<std::string_view, 15> organisation_words = {
    "ministeri", "ministry", "valtioneuvosto",  "statsr", "government", "virasto",        "laitos", "institut",
    "keskus",    "verket",   "hyvinvointialue", "agency", "kaupunki",   "välfärdsområde", "kunta"};

// Hosts of the one portal of the government: the same slug there is the same release.
constexpr std::array<std::string_view, 14> government_hosts = {"valtioneuvosto.fi",
                                                               "stm.fi",
                                                               "vm.fi",
                                                               "vnk.fi",
                                                               "oikeusministerio.fi",
                                                               "intermin.fi",
                                                               "okm.fi",
                                                               "tem.fi",
                                                               "mmm.fi",
                                                               "lvm.fi",
                                                               "ym.fi",
                                                               "um.fi",
                                                               "defmin.fi",
                                                               "minedu.fi"};

bool is_organisation(std::string_view name) {
  return std::any_of(organisation_words.begin(), organisation_words.end(),
                     [&](auto word) { return contains_ignoring_case(name, word); });
}

// The last part of ".../-/<slug>", ".../-/<number>/<slug>" and ".../content/<slug>".
std::string slug_of(std::string_view url) {
  const std::string_view path = url.substr(0, url.find_first_of("?#;"));
  if (path.find("/-/") == npos) return {};
  return std::string(path.substr(path.rfind('/') + 1));
}

bool is_government(std::string_view host) {
  return std::any_of(government_hosts.begin(), government_hosts.end(), [&](std::string_view one) {
    return host == one || (host.ends_with(one) && host[host.size() - one.size() - 1] == '.');
  });
}

bool fits(const AdapterInput&, const Item& item) {
  return item.url.find("/-/") != npos || item.url.find("p_p_id=") != npos;
}

void refine(const AdapterInput& input, Item& item) {
  const auto& authors = input.entry.authors;
  const bool all_organisations = !authors.empty() && std::all_of(authors.begin(), authors.end(),
                                                                 [](auto& one) { return is_organisation(one.name); });
  if (all_organisations) {
    item.publisher = item.author;
    item.author.clear();
  }
  const std::string slug = slug_of(item.url);
  if (!slug.empty() && is_government(text::url_host(item.url))) item.platform_id = "valtioneuvosto:" + slug;
}

}  // namespace

const Adapter liferay = {"liferay", fits, refine};

}  // namespace sotevahti::feed
