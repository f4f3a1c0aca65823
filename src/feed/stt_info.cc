// STT Info: press releases. A release is its number in a language, under however many
// addresses; the slug follows the title.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "feed/adapter.h"
#include "feed/ascii.h"
#include "text/url.h"

namespace sotevahti::feed {
namespace {

constexpr std::size_t shortest_number = 5;

bool is_number(std::string_view text) {
  return text.size() >= shortest_number && std::all_of(text.begin(), text.end(), is_digit);
}

// /tiedote/<number>/<slug>, /release/<number>/<slug>, or the old ?releaseId=<number>.
std::string release_number(std::string_view url) {
  std::string old = text::query_parameter(url, "releaseId");
  if (is_number(old)) return old;
  std::string_view path = url.substr(0, url.find_first_of("?#"));
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (is_number(path.substr(0, slash))) return std::string(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return {};
}

std::string language_of(const Item& item) {
  std::string asked = lower(text::query_parameter(item.url, "lang"));
  if (!asked.empty()) return asked;
  return item.language.empty() ? "fi" : lower(item.language.substr(0, 2));
}

bool is_pressroom(std::string_view host) { return host == "sttinfo.fi" || host.ends_with(".sttinfo.fi"); }

bool fits(const AdapterInput&, const Item& item) {
  return is_pressroom(text::url_host(item.url)) && !release_number(item.url).empty();
}

void refine(const AdapterInput&, Item& item) {
  const std::string number = release_number(item.url);
  if (number.empty()) return;
  const std::string language = language_of(item);
  item.key = fmt::format("stt:{}:{}", number, language);
  item.platform_id = fmt::format("stt:{}", number);
  item.canonical_url = fmt::format("https://sttinfo.fi/tiedote/{}?lang={}", number, language);
  item.language = language;
  // Whose release it is; the pressroom's owner may publish for others.
  item.publisher = std::exchange(item.author, {});
}

}  // namespace

const Adapter stt_info = {"sttinfo", fits, refine};

}  // namespace sotevahti::feed
