// Finding a feed from a page: link rel=alternate, the page's own links, the paths of its
// platform and well-known ones; each candidate is fetched and judged. robots.txt is honoured
// for the page. On the io_context's thread.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/feed_store.h"
#include "base/result.h"
#include "net/http_client.h"

namespace sotevahti::poll {

struct Candidate {
  std::string url;
  std::string title;
  std::string reason;  // "link rel=alternate", "link on the page", "path of Liferay", "well-known path"
};

// In the order in which they should be tried, without repeats, at most 16. Pure.
std::vector<Candidate> feed_candidates(std::string_view page_html, std::string_view page_url);

struct FoundFeed {
  Candidate candidate;
  std::size_t entries = 0;
  std::string format;
  std::string title;
};

struct Discovery {
  std::vector<FoundFeed> feeds;                 // best first
  std::optional<archive::PollFailure> failure;  // why the page could not be searched
  bool page_is_feed = false;
};

// Each request goes through `fetch`, so that the caller keeps the host's budget.
using Fetch = std::function<boost::asio::awaitable<net::NetResult<net::HttpReply>>(std::string url)>;
boost::asio::awaitable<Discovery> discover(Fetch fetch, std::string page_url, std::string user_agent);

}  // namespace sotevahti::poll
