#include "poll/poller.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/log.h"
#include "poll/discovery.h"
#include "poll/failure.h"
#include "poll/redirect.h"
#include "text/feed_date.h"
#include "text/url.h"

namespace sotevahti::poll {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// What a crash between the request and its answer costs: the feed waits this long.
constexpr base::Seconds announced_wait = 15min;
// Wall clocks jump; steady ones do not. Nothing is slept through for longer than this.
constexpr base::Seconds longest_sleep = 1min;
// The mill's queue is short: a look each so often costs nothing while it is full.
constexpr auto mill_pause = 5ms;
constexpr const char* all_places = "";

HostBudget::Limit limit_for(const config::Settings& settings, const std::string& host) {
  const auto own = settings.poll.hosts.find(host);
  if (own != settings.poll.hosts.end()) return {own->second.connections, own->second.gap};
  return {settings.poll.per_host, settings.poll.host_gap};
}

Asked asked_by(const net::HttpReply& reply, base::Time now) {
  Asked asked;
  asked.max_age = parse_max_age(reply.header("cache-control"));
  if (asked.max_age == 0s) asked.expires = text::parse_feed_date(reply.header("expires"));
  asked.retry_after = parse_retry_after(reply.header("retry-after"), now);
  return asked;
}

// A clock that was set back must not silence a feed until it has caught up.
bool is_due(const archive::FeedState& state, base::Time now) {
  return state.next_poll <= now || (state.last_poll && *state.last_poll > now + 1h);
}

}  // namespace

Poller::Poller(Parts parts, std::vector<archive::FeedState> states)
    : parts_(std::move(parts)),
      hosts_(parts_.io, [&settings = parts_.settings](const std::string& host) { return limit_for(settings, host); }),
      places_(parts_.io,
              [most = parts_.settings.poll.max_concurrent](const std::string&) {
                return HostBudget::Limit{most, 0ms};
              }),
      wake_(parts_.io) {
  for (auto& state : states) states_.emplace(state.feed_id, std::move(state));
  for (const auto& feed : parts_.catalogue.feeds()) {
    auto& state = states_[feed.id];
    state.feed_id = feed.id;
    if (state.catalogue_url == feed.url) continue;
    // New, or its address was changed in the catalogue: what was known of the old one goes.
    state.catalogue_url = feed.url;
    state.url = feed.discover ? "" : feed.url;
    state.validators = {};
    state.body_hash = 0;
    state.next_poll = {};
    state.redirect_to.clear();
    state.redirect_since.reset();
    state.permanent_from.clear();
    state.discovered_at.reset();
  }
}

std::vector<const config::Feed*> Poller::due() const {
  const base::Time now = parts_.clock.now();
  std::vector<const config::Feed*> due;
  for (const auto& feed : parts_.catalogue.feeds())
    if (feed.enabled && !under_way_.contains(feed.id) && is_due(states_.at(feed.id), now)) due.push_back(&feed);
  return due;
}

std::optional<base::Time> Poller::next_due() const {
  std::optional<base::Time> next;
  for (const auto& feed : parts_.catalogue.feeds()) {
    if (!feed.enabled || under_way_.contains(feed.id)) continue;
    const base::Time at = states_.at(feed.id).next_poll;
    if (!next || at < *next) next = at;
  }
  return next;
}

asio::awaitable<void> Poller::poll_once(std::vector<const config::Feed*> feeds) {
  co_await announce(feeds);
  for (const auto* feed : feeds) start(*feed);
  while (!under_way_.empty()) co_await wait(longest_sleep);
}

asio::awaitable<void> Poller::run() {
  while (!stopping_) {
    std::vector<const config::Feed*> feeds = due();
    if (!feeds.empty()) {
      co_await announce(feeds);
      if (stopping_) break;
      for (const auto* feed : feeds) start(*feed);
    }
    const auto next = next_due();
    const base::Seconds sleep = next ? std::max<base::Seconds>(*next - parts_.clock.now(), 0s) : longest_sleep;
    if (sleep > 0s) co_await wait(std::min(sleep, longest_sleep));
  }
  while (!under_way_.empty()) co_await wait(longest_sleep);
}

void Poller::stop() {
  stopping_ = true;
  wake_.cancel();
}

asio::awaitable<void> Poller::wait(base::Seconds most) {
  wake_.expires_after(most);
  co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
}

// The times of the next polls are on disk before the first request goes out, so neither
// a crash nor a restart asks again at once.
asio::awaitable<void> Poller::announce(std::vector<const config::Feed*> feeds) {
  std::vector<std::pair<std::string, base::Time>> times;
  times.reserve(feeds.size());
  for (const auto* feed : feeds) times.emplace_back(feed->id, parts_.clock.now() + announced_wait);
  asio::steady_timer written(parts_.io, asio::steady_timer::time_point::max());
  parts_.mill.write_next_polls(std::move(times),
                               [&io = parts_.io, &written] { asio::post(io, [&written] { written.cancel(); }); });
  co_await written.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Poller::start(const config::Feed& feed) {
  under_way_.insert(feed.id);
  asio::co_spawn(parts_.io, poll(feed), [this, &feed](std::exception_ptr failure) {
    if (!failure) return;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& e) {
      base::log_error("feed {}: {}", feed.id, e.what());
    }
    under_way_.erase(feed.id);
    wake_.cancel();
  });
}

asio::awaitable<void> Poller::poll(const config::Feed& feed) {
  const auto& state = states_.at(feed.id);
  const std::string host = text::url_host(state.url.empty() ? feed.url : state.url);
  Fetched answer = co_await fetch(feed, host);
  if (answer.failure && answer.failure->cause == "postponed") {
    FeedResult result;
    result.feed = &feed;
    result.postponed = true;
    result.milled.feed_id = feed.id;
    result.milled.state = std::move(answer.state);
    end(std::move(result));
    co_return;
  }
  if (answer.asked.retry_after && answer.failure) hold(host, *answer.asked.retry_after);
  parts_.mill.submit(std::move(answer), [this, &feed](Milled milled) {
    asio::post(parts_.io, [this, &feed, milled = std::move(milled)]() mutable {
      FeedResult result;
      result.feed = &feed;
      result.milled = std::move(milled);
      end(std::move(result));
    });
  });
}

asio::awaitable<Fetched> Poller::fetch(const config::Feed& feed, const std::string& host) {
  const HostBudget::Permit at_host = co_await hosts_.enter(host);
  const HostBudget::Permit place = co_await places_.enter(all_places);
  while (parts_.mill.is_full()) {
    asio::steady_timer moment(parts_.io, mill_pause);
    co_await moment.async_wait(asio::use_awaitable);
  }

  archive::FeedState& state = states_.at(feed.id);
  Fetched answer;
  answer.feed = &feed;
  answer.state = state;
  answer.at = parts_.clock.now();
  if (const auto until = hosts_.held_until(host, answer.at)) {
    answer.state.next_poll = *until;
    answer.failure = archive::PollFailure{"postponed", ""};
    co_return answer;
  }
  if (feed.discover && state.url.empty()) {
    answer.failure = co_await find_feed(feed, state);
    answer.state = state;
    if (answer.failure) co_return answer;
  }
  net::HttpRequest request = request_for(feed, state.url);
  if (!state.validators.etag.empty()) request.headers.emplace_back("If-None-Match", state.validators.etag);
  if (!state.validators.last_modified.empty())
    request.headers.emplace_back("If-Modified-Since", state.validators.last_modified);
  net::NetResult<net::HttpReply> reply = co_await parts_.http.fetch(std::move(request));
  co_return make_fetched(feed, std::move(reply));
}

asio::awaitable<std::optional<archive::PollFailure>> Poller::find_feed(const config::Feed& feed,
                                                                       archive::FeedState& state) {
  Fetch get = [this, &feed](std::string url) -> asio::awaitable<net::NetResult<net::HttpReply>> {
    net::HttpRequest request = request_for(feed, std::move(url));
    co_return co_await parts_.http.fetch(std::move(request));
  };
  std::string page = feed.url;
  std::string agent = feed.user_agent.empty() ? parts_.settings.poll.user_agent : feed.user_agent;
  const Discovery found = co_await discover(std::move(get), std::move(page), std::move(agent));
  if (!found.failure.empty()) co_return archive::PollFailure{"page-not-read", found.failure};
  if (found.feeds.empty()) co_return archive::PollFailure{"no-feed-found", "the page links to no feed"};
  state.url = found.feeds.front().candidate.url;
  state.discovered_at = parts_.clock.now();
  base::log_info("feed {}: found at {} ({})", feed.id, state.url, found.feeds.front().candidate.reason);
  co_return std::nullopt;
}

net::HttpRequest Poller::request_for(const config::Feed& feed, std::string url) const {
  const auto& settings = parts_.settings;
  net::HttpRequest request(std::move(url));
  request.user_agent = feed.user_agent.empty() ? settings.poll.user_agent : feed.user_agent;
  request.timeout = settings.net.timeout;
  request.connect_timeout = settings.net.connect_timeout;
  request.max_bytes = settings.net.max_bytes;
  request.max_redirects = settings.net.max_redirects;
  return request;
}

Fetched Poller::make_fetched(const config::Feed& feed, net::NetResult<net::HttpReply> reply) {
  Fetched answer;
  answer.feed = &feed;
  answer.state = states_.at(feed.id);
  answer.at = parts_.clock.now();
  if (!reply) {
    answer.failure = failure_of(reply.error());
    return answer;
  }
  answer.status = reply->status;
  answer.effective_url = reply->effective_url;
  answer.content_type = reply->header("content-type");
  answer.validators = {std::string(reply->header("etag")), std::string(reply->header("last-modified"))};
  answer.asked = asked_by(*reply, answer.at);
  answer.failure = failure_of(*reply);
  if (!answer.failure) watch_redirect(answer.state, *reply, answer.at);
  answer.body = std::move(reply->body);
  return answer;
}

// The whole host is left in peace, and stays so over a restart.
void Poller::hold(const std::string& host, base::Time until) {
  hosts_.hold(host, until);
  std::vector<std::pair<std::string, base::Time>> later;
  for (auto& [id, state] : states_) {
    if (state.next_poll >= until || under_way_.contains(id) || text::url_host(state.url) != host) continue;
    state.next_poll = until;
    later.emplace_back(id, until);
  }
  base::log_warning("{} asked for quiet until {}", host, base::to_rfc3339(until));
  if (!later.empty()) parts_.mill.write_next_polls(std::move(later), nullptr);
}

void Poller::end(FeedResult result) {
  states_.at(result.feed->id) = result.milled.state;
  under_way_.erase(result.feed->id);
  if (parts_.told) parts_.told(result);
  wake_.cancel();
}

}  // namespace sotevahti::poll
