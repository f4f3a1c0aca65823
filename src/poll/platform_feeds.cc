#include "poll/platform_feeds.h"

#include <algorithm>
#include <set>

#include "text/url.h"
#include "text/words.h"

namespace sotevahti::poll {
namespace {

constexpr std::size_t most_of_a_platform = 3;
constexpr std::size_t searched_bytes = std::size_t{1} << 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter_or_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

template <class Predicate>
std::string_view run_at(std::string_view text, std::size_t from, Predicate belongs) {
  const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), belongs);
  return text.substr(from, static_cast<std::size_t>(end - text.begin()) - from);
}

std::string without_query(std::string_view url) { return std::string(url.substr(0, url.find_first_of("?#"))); }

std::string origin_of(std::string_view url) { return std::string(url.substr(0, url.find('/', url.find("//") + 2))); }

// An asset publisher's feed stands below the page that it is on. Its id is in the page's
// links and in the names of its elements.
void add_liferay(std::string_view html, std::string_view page_url, std::vector<PlatformFeed>& feeds) {
  std::set<std::string_view> seen;
  for (const std::string_view mark : {"/asset_publisher/", "AssetPublisherPortlet_INSTANCE_"}) {
    for (auto at = html.find(mark); at != html.npos && seen.size() < most_of_a_platform;
         at = html.find(mark, at + mark.size())) {
      const std::string_view id = run_at(html, at + mark.size(), is_letter_or_digit);
      if (id.size() < 4 || id.size() > 32 || !seen.insert(id).second) continue;
      std::string page = without_query(page_url);
      while (page.ends_with('/')) page.pop_back();
      feeds.push_back({page.substr(0, page.find("/-/")) + "/-/asset_publisher/" + std::string(id) + "/rss", "Liferay"});
    }
  }
}

void add_dynasty(const std::vector<std::string>& links, std::vector<PlatformFeed>& feeds) {
  for (const auto& link : links) {
    const std::string program = without_query(link);
    if (!text::lower(program).ends_with("drequest.php")) continue;
    for (const char* page : {"rss/meetingitems", "rss/official_decisions"})
      feeds.push_back({program + "?page=" + page + "&show=100", "Dynasty"});
    return;
  }
}

// "/uutishuone/69818103/..." or "?publisherId=69818103"
std::string press_room_of(const std::string& link) {
  std::string named = text::query_parameter(link, "publisherId");
  if (!named.empty() && std::all_of(named.begin(), named.end(), is_digit)) return named;
  for (const std::string_view step : {"/uutishuone/", "/pressroom/", "/newsroom/"}) {
    const auto at = link.find(step);
    if (at == link.npos) continue;
    const std::string_view id = run_at(link, at + step.size(), is_digit);
    if (id.size() >= 4) return std::string(id);
  }
  return {};
}

void add_stt_info(const std::vector<std::string>& links, std::vector<PlatformFeed>& feeds) {
  std::set<std::string> seen;
  for (const auto& link : links) {
    const std::string room = press_room_of(link);
    if (room.empty() || seen.size() == most_of_a_platform || !seen.insert(room).second) continue;
    feeds.push_back({origin_of(link) + "/rss/releases/latest?publisherId=" + room, "STT Info"});
  }
}

void add_wordpress(std::string_view html, std::string_view page_url, std::vector<PlatformFeed>& feeds) {
  if (html.find("/wp-content/") == html.npos && html.find("/wp-json") == html.npos) return;
  std::string page = without_query(page_url);
  if (!page.ends_with('/')) page += '/';
  feeds.push_back({page + "feed/", "WordPress"});
  feeds.push_back({origin_of(page_url) + "/feed/", "WordPress"});
  feeds.push_back({origin_of(page_url) + "/?feed=rss2", "WordPress"});
}

}  // namespace

std::vector<PlatformFeed> platform_feeds(std::string_view page_html, std::string_view page_url,
                                         const std::vector<std::string>& links) {
  const std::string_view html = page_html.substr(0, searched_bytes);
  std::vector<std::string> all = links;
  all.emplace_back(page_url);
  std::vector<PlatformFeed> feeds;
  add_liferay(html, page_url, feeds);
  add_dynasty(all, feeds);
  add_stt_info(all, feeds);
  add_wordpress(html, page_url, feeds);
  return feeds;
}

}  // namespace sotevahti::poll
