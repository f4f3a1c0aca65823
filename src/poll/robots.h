// robots.txt (RFC 9309), for the pages that are searched for feeds. Pure.
#pragma once
#include <string_view>

namespace sotevahti::poll {

// May `url` be fetched by `user_agent`, by this robots.txt?
bool robots_allow(std::string_view robots_txt, std::string_view user_agent, std::string_view url);

}  // namespace sotevahti::poll
