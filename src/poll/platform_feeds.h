// Where the platforms that our publishers use keep their feeds, though no link on the
// page says so: Liferay's asset publishers, Dynasty's minutes, the press rooms of STT
// Info, WordPress. Recognised by their marks in the page, not by domain. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::poll {

struct PlatformFeed {
  std::string url;
  std::string platform;  // "Liferay", "Dynasty", "STT Info", "WordPress"
};

// The most telling first. `links` are the page's own, absolute.
std::vector<PlatformFeed> platform_feeds(std::string_view page_html, std::string_view page_url,
                                         const std::vector<std::string>& links);

}  // namespace sotevahti::poll
