#include "poll/discovery.h"

#include <algorithm>
#include <array>
#include <optional>

#include "feed/document.h"
#include "poll/failure.h"
#include "text/html_links.h"
#include "text/types.h"
#include "text/url.h"
#include "text/words.h"

namespace sotevahti::poll {

namespace asio = boost::asio;

namespace {

constexpr std::size_t most_candidates = 12;
constexpr std::size_t enough_feeds = 4;
// Paths at which the platforms that our publishers use keep their feeds.
constexpr std::array well_known = {"/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml"};

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

struct Rule {
  bool allow = false;
  std::string path;
};

// RFC 9309 2.2.2: `*` is any run of characters, `$` at the end is the end. Linear per rule
// but for the stars, which are few: the rule's length is bounded.
bool path_matches(std::string_view rule, std::string_view path) {
  const bool to_the_end = !rule.empty() && rule.back() == '$';
  if (to_the_end) rule.remove_suffix(1);
  std::size_t r = 0, p = 0, star = rule.npos, mark = 0;
  while (p < path.size()) {
    if (r < rule.size() && rule[r] == '*') {
      star = r++;
      mark = p;
    } else if (r < rule.size() && rule[r] == path[p]) {
      ++r;
      ++p;
    } else if (r == rule.size() && !to_the_end) {
      return true;
    } else if (star != rule.npos) {
      r = star + 1;
      p = ++mark;
    } else {
      return false;
    }
  }
  while (r < rule.size() && rule[r] == '*') ++r;
  return r == rule.size();
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") + 1 - from);
}

// The rules of the group for our product name, else those for everybody.
std::vector<Rule> rules_for(std::string_view robots, std::string_view agent) {
  const std::string product = text::lower(agent.substr(0, agent.find_first_of("/ ")));
  std::vector<Rule> own, everybody;
  bool in_own = false, in_everybody = false, in_agents = false, own_seen = false;
  while (!robots.empty()) {
    const auto end = robots.find('\n');
    std::string_view line = robots.substr(0, end);
    robots.remove_prefix(end == robots.npos ? robots.size() : end + 1);
    line = trimmed(line.substr(0, line.find('#')));
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    const std::string key = text::lower(trimmed(line.substr(0, colon)));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (key == "user-agent") {
      if (!in_agents) in_own = in_everybody = false;
      in_agents = true;
      if (value == "*") in_everybody = true;
      if (!product.empty() && text::lower(value) == product) in_own = own_seen = true;
    } else if (key == "allow" || key == "disallow") {
      in_agents = false;
      if (value.empty() || value.size() > 500) continue;
      if (in_own) own.push_back({key == "allow", std::string(value)});
      if (in_everybody) everybody.push_back({key == "allow", std::string(value)});
    }
  }
  return own_seen ? own : everybody;
}

}  // namespace

std::vector<Candidate> feed_candidates(std::string_view page_html, std::string_view page_url) {
  const text::PageLinks page = text::page_links(page_html);
  const std::string base = text::resolve_url(page_url, page.base);
  std::vector<Candidate> linked, on_page, all;
  for (const auto& link : page.links) {
    const std::string url = text::resolve_url(base, link.href);
    if (!text::Url::parse(url)) continue;
    if (link.in_head && link.rel.find("alternate") != link.rel.npos && is_feed_type(link.type)) {
      linked.push_back({url, link.title, "link rel=alternate"});
    } else if (!link.in_head && (is_feed_type(link.type) || looks_like_feed(link.href))) {
      on_page.push_back({url, link.title, "link on the page"});
    }
  }
  std::stable_partition(linked.begin(), linked.end(), [](const Candidate& c) { return !is_comment_feed(c); });
  std::vector<Candidate> known;
  for (const char* path : well_known) known.push_back({origin_of(page_url) + path, "", "well-known path"});

  for (auto* list : {&linked, &on_page, &known}) {
    for (auto& candidate : *list) {
      const auto same = [&](const Candidate& c) {
        return text::canonical_url(c.url) == text::canonical_url(candidate.url);
      };
      if (all.size() < most_candidates && std::none_of(all.begin(), all.end(), same))
        all.push_back(std::move(candidate));
    }
  }
  return all;
}

bool robots_allow(std::string_view robots_txt, std::string_view user_agent, std::string_view path_url) {
  const auto from = path_url.find('/', path_url.find("//") + 2);
  std::string_view path = from == path_url.npos ? "/" : path_url.substr(from);
  path = path.substr(0, path.find('#'));
  // The longest rule that fits decides; of two equally long ones the one that allows.
  std::size_t longest = 0;
  bool allowed = true;
  for (const auto& rule : rules_for(robots_txt.substr(0, std::size_t{500} << 10), user_agent)) {
    if (rule.path.size() < longest || !path_matches(rule.path, path)) continue;
    allowed = rule.allow || (rule.path.size() == longest && allowed);
    longest = rule.path.size();
  }
  return allowed;
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
    discovery.failure = "its robots.txt asks not to be searched";
    co_return discovery;
  }
  const net::NetResult<net::HttpReply> page = co_await fetch(page_url);
  if (!page || failure_of(*page)) {
    const auto failure = page ? *failure_of(*page) : failure_of(page.error());
    discovery.failure = failure.cause + ": " + failure.detail;
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
    const bool guess = candidate.reason == "well-known path";
    if (discovery.feeds.size() == enough_feeds || (guess && !discovery.feeds.empty())) break;
    const net::NetResult<net::HttpReply> reply = co_await fetch(candidate.url);
    if (!reply || failure_of(*reply)) continue;
    if (auto found = judge(candidate, *reply)) discovery.feeds.push_back(std::move(*found));
  }
  // The page named them in its own order; one that is empty comes after those that are not.
  std::stable_partition(discovery.feeds.begin(), discovery.feeds.end(),
                        [](const FoundFeed& f) { return f.entries > 0; });
  co_return discovery;
}

}  // namespace sotevahti::poll
