#include "poll/discovery.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <unordered_set>

#include "feed/document.h"
#include "poll/failure.h"
#include "poll/platform_feeds.h"
#include "poll/robots.h"
#include "text/html_links.h"
#include "text/types.h"
#include "text/url.h"
#include "text/words.h"

namespace sotevahti::poll {

namespace asio = boost::asio;

namespace {

constexpr std::size_t most_candidates = 16;
constexpr std::size_t most_on_page = 8;  // a page with many such links leaves the platform its say
constexpr std::size_t enough_feeds = 4;
// Tried where neither the page nor its platform says anything.
constexpr std::array well_known = {"/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"};
constexpr const char* guessed = "well-known path";

bool is_feed_type(std::string_view type) {
  return type.starts_with("application/rss+xml") || type.starts_with("application/atom+xml") ||
         type.starts_with("application/feed+json") || type.starts_with("application/rdf+xml");
}

// Does the address itself speak of a feed: a path step or parameter named rss, feed, atom?
bool looks_like_feed(std::string_view href) {
  const std::string path = text::lower(href);
  for (const std::string_view word : {"rss", "feed", "atom", ".rdf"}) {
    for (auto at = path.find(word); at != path.npos; at = path.find(word, at + 1)) {
      const auto is_word = [&](std::size_t i) { return i < path.size() && path[i] >= 'a' && path[i] <= 'z'; };
      if ((at == 0 || !is_word(at - 1)) && !is_word(at + word.size())) return true;
    }
  }
  return false;
}

bool is_comment_feed(const Candidate& candidate) {
  return candidate.url.find("comments") != std::string::npos || candidate.title.find("omment") != std::string::npos;
}

std::string origin_of(std::string_view url) {
  const auto path = url.find('/', url.find("//") + 2);
  return std::string(url.substr(0, path));
}

std::vector<Candidate> without_repeats(std::initializer_list<std::vector<Candidate>*> lists) {
  std::vector<Candidate> all;
  std::unordered_set<std::string> seen;
  for (auto* list : lists)
    for (auto& candidate : *list)
      if (all.size() < most_candidates && seen.insert(text::canonical_url(candidate.url)).second)
        all.push_back(std::move(candidate));
  return all;
}

}  // namespace

std::vector<Candidate> feed_candidates(std::string_view page_html, std::string_view page_url) {
  const text::PageLinks page = text::page_links(page_html);
  const std::string base = text::resolve_url(page_url, page.base);
  std::vector<Candidate> linked, on_page, known;
  std::vector<std::string> links;
  for (const auto& link : page.links) {
    const std::string url = text::resolve_url(base, link.href);
    if (!text::Url::parse(url)) continue;
    if (link.in_head && link.rel.find("alternate") != link.rel.npos && is_feed_type(link.type)) {
      linked.push_back({url, link.title, "link rel=alternate"});
    } else if (!link.in_head && (is_feed_type(link.type) || looks_like_feed(link.href))) {
      on_page.push_back({url, link.title, "link on the page"});
    }
    links.push_back(url);
  }
  std::stable_partition(linked.begin(), linked.end(), [](const Candidate& c) { return !is_comment_feed(c); });
  if (on_page.size() > most_on_page) on_page.resize(most_on_page);
  for (auto& feed : platform_feeds(page_html, page_url, links))
    known.push_back({std::move(feed.url), "", "path of " + feed.platform});
  for (const char* path : well_known) known.push_back({origin_of(page_url) + path, "", guessed});
  return without_repeats({&linked, &on_page, &known});
}

namespace {

std::optional<FoundFeed> judge(const Candidate& candidate, const net::HttpReply& reply) {
  feed::ParseOptions options;
  options.base_url = reply.effective_url;
  options.content_type = reply.header("content-type");
  const feed::Document document = feed::parse(reply.body, options);
  if (!document.is_feed()) return std::nullopt;
  FoundFeed found;
  found.candidate = candidate;
  found.entries = document.entries.size();
  found.format = to_string(document.format);
  if (document.feed.title) found.title = document.feed.title->value;
  return found;
}

asio::awaitable<bool> may_search(Fetch fetch, std::string page_url, std::string user_agent) {
  std::string robots_url = origin_of(page_url) + "/robots.txt";
  const net::NetResult<net::HttpReply> robots = co_await fetch(std::move(robots_url));
  // RFC 9309 2.3.1: no file allows all; one that can't be had for the server's fault, nothing.
  if (!robots) co_return true;  // the page itself will say what is wrong with the host
  if (robots->status >= 500) co_return false;
  co_return robots->status != 200 || robots_allow(robots->body, user_agent, page_url);
}

}  // namespace

asio::awaitable<Discovery> discover(Fetch fetch, std::string page_url, std::string user_agent) {
  Discovery discovery;
  const bool allowed = co_await may_search(fetch, page_url, user_agent);
  if (!allowed) {
    discovery.failure = archive::PollFailure{"robots", "its robots.txt asks not to be searched"};
    co_return discovery;
  }
  const net::NetResult<net::HttpReply> page = co_await fetch(page_url);
  if (!page || failure_of(*page)) {
    discovery.failure = page ? failure_of(*page) : failure_of(page.error());
    co_return discovery;
  }
  Candidate itself{page->effective_url, "", "the page is a feed itself"};
  if (auto found = judge(itself, *page)) {
    discovery.page_is_feed = true;
    discovery.feeds.push_back(std::move(*found));
    co_return discovery;
  }
  const std::vector<Candidate> candidates = feed_candidates(page->body, page->effective_url);
  for (const auto& candidate : candidates) {
    const bool guess = candidate.reason == guessed;
    if (discovery.feeds.size() == enough_feeds || (guess && !discovery.feeds.empty())) break;
    const net::NetResult<net::HttpReply> reply = co_await fetch(candidate.url);
    // Not looked at is not "no feed".
    if (!reply && reply.error().error == net::NetError::cancelled && discovery.feeds.empty()) {
      discovery.failure = failure_of(reply.error());
      co_return discovery;
    }
    if (!reply || failure_of(*reply)) continue;
    if (auto found = judge(candidate, *reply)) discovery.feeds.push_back(std::move(*found));
  }
  // The page named them in its own order; one that is empty comes after those that are not.
  std::stable_partition(discovery.feeds.begin(), discovery.feeds.end(),
                        [](const FoundFeed& f) { return f.entries > 0; });
  co_return discovery;
}

}  // namespace sotevahti::poll
