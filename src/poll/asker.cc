#include "poll/asker.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/log.h"
#include "poll/discovery.h"

namespace sotevahti::poll {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// The mill's queue is short: a look each so often costs nothing while it is full.
constexpr auto mill_pause = 25ms;
// Answers beyond HttpRequest::modest_bytes at once, from the network until they are stored: with
// those of max_bytes (10 MiB) and what is made of them there is memory for so many.
constexpr long most_large = 3;

// A feed that was found on a page and died may stand elsewhere by now. Looked for now and
// then, not at every attempt.
bool is_lost(const archive::FeedState& state) { return state.failure && state.failures % 4 == 3; }

void ask_for_changes(net::HttpRequest& request, const archive::Validators& validators) {
  if (!validators.etag.empty()) request.headers.emplace_back("If-None-Match", validators.etag);
  if (!validators.last_modified.empty()) request.headers.emplace_back("If-Modified-Since", validators.last_modified);
}

}  // namespace

bool is_sought(const config::Feed& feed, const archive::FeedState& state) {
  return feed.discover && (state.url.empty() || is_lost(state));
}

std::string address_of(const config::Feed& feed, const archive::FeedState& state) {
  return state.url.empty() ? feed.url : state.url;
}

Asker::Asker(Parts parts)
    : parts_(std::move(parts)),
      bounds_{parts_.settings.poll.min_interval, parts_.settings.poll.interval, parts_.settings.poll.max_interval},
      guest_({parts_.http, parts_.hosts, parts_.clock, parts_.hushed, [this] { return may_ask(); }}) {}

asio::awaitable<Answer> Asker::ask(const config::Feed& feed, const archive::FeedState& known,
                                   HostBudget::Permit permit) {
  Answer answer;
  archive::FeedState state = known;
  if (is_sought(feed, state)) {
    std::optional<archive::PollFailure> failure = co_await find_feed(feed, state, answer);
    if (failure && failure->cause == "cancelled") co_return answer;
    if (failure && state.url.empty()) {
      answer.fetched = make_fetched(feed, std::move(state));
      answer.fetched->failure = std::move(failure);
      co_return answer;
    }
  }
  net::HttpRequest request = request_for(feed, state.url);
  ask_for_changes(request, state.validators);
  request.unpacked = unpackable_.contains(feed.id);
  const base::Time asked_at = parts_.clock.now();
  Visit visit = co_await this->visit(std::move(request), std::move(permit), answer.large);
  answer.took = visit.took;
  answer.quiet_until = visit.quiet_until;
  if (visit.quiet_until || (!visit.reply && visit.reply.error().error == net::NetError::cancelled)) co_return answer;
  if (visit.reply && visit.unpacked) unpackable_.insert(feed.id);
  answer.fetched = make_fetched(feed, std::move(state));
  answer.fetched->asked_at = asked_at;
  take_reply(*answer.fetched, std::move(visit.reply));
  usual_bytes_ = (usual_bytes_ * 15 + answer.fetched->body.size()) / 16;
  co_return answer;
}

// An answer that grows large when the places for such are taken is given up, and asked for again
// when one is free: many at once would need more memory than there is, and their pausing more still.
asio::awaitable<Visit> Asker::visit(net::HttpRequest request, HostBudget::Permit permit, LargePlace& large) {
  bool crowded = false;
  request.may_grow = [this, &large, &crowded] {
    crowded = !take_place(large);
    return !crowded;
  };
  net::HttpRequest again = request;
  Visit visit = co_await guest_.visit(std::move(request), std::move(permit));
  if (!crowded) co_return visit;
  while (!stopping_ && !take_place(large)) {
    asio::steady_timer moment(parts_.io, mill_pause);
    co_await moment.async_wait(asio::use_awaitable);
  }
  co_return co_await guest_.visit(std::move(again));
}

bool Asker::take_place(LargePlace& large) {
  if (!large && places_.use_count() - 1 < most_large) large = places_;
  return large != nullptr;
}

// Not while the mill is full, nor when we are stopping.
asio::awaitable<bool> Asker::may_ask() {
  while (parts_.mill.is_full(guest_.asking() * usual_bytes_) && !stopping_) {
    asio::steady_timer moment(parts_.io, mill_pause);
    co_await moment.async_wait(asio::use_awaitable);
  }
  co_return !stopping_;
}

asio::awaitable<std::optional<archive::PollFailure>> Asker::find_feed(const config::Feed& feed,
                                                                      archive::FeedState& state, Answer& answer) {
  Fetch get = [this, &feed, &answer](std::string url) -> asio::awaitable<net::NetResult<net::HttpReply>> {
    net::HttpRequest request = request_for(feed, std::move(url));
    Visit visit = co_await this->visit(std::move(request), HostBudget::Permit(), answer.large);
    answer.quiet_until = visit.quiet_until;
    if (visit.quiet_until)
      visit.reply = tl::unexpected(net::NetFailure{net::NetError::cancelled, "its host asked for quiet"});
    co_return std::move(visit.reply);
  };
  std::string page = feed.url;
  std::string agent = feed.user_agent.empty() ? parts_.settings.poll.user_agent : feed.user_agent;
  const Discovery found = co_await discover(std::move(get), std::move(page), std::move(agent));
  if (found.failure) co_return found.failure;
  if (found.feeds.empty()) co_return archive::PollFailure{"no-feed-found", "the page links to no feed"};
  if (state.url == found.feeds.front().candidate.url) co_return std::nullopt;
  state.url = found.feeds.front().candidate.url;
  unpackable_.erase(feed.id);
  state.validators = {};
  state.body_hash = 0;
  state.discovered_at = parts_.clock.now();
  base::log_info("feed {}: found at {} ({})", feed.id, state.url, found.feeds.front().candidate.reason);
  co_return std::nullopt;
}

net::HttpRequest Asker::request_for(const config::Feed& feed, std::string url) const {
  const auto& settings = parts_.settings;
  net::HttpRequest request(std::move(url));
  request.user_agent = feed.user_agent.empty() ? settings.poll.user_agent : feed.user_agent;
  request.timeout = settings.net.timeout;
  request.connect_timeout = settings.net.connect_timeout;
  request.max_bytes = settings.net.max_bytes;
  request.max_redirects = settings.net.max_redirects;
  return request;
}

std::unique_ptr<Fetched> Asker::make_fetched(const config::Feed& feed, archive::FeedState state) const {
  auto fetched = std::make_unique<Fetched>();
  fetched->feed = &feed;
  fetched->at = parts_.clock.now();
  fetched->bounds = bounds_for(feed, bounds_);
  fetched->has_hub = parts_.has_hub && parts_.has_hub(feed);
  fetched->state = std::move(state);
  fetched->state.last_poll = fetched->at;
  ++fetched->state.polls;
  return fetched;
}

}  // namespace sotevahti::poll
