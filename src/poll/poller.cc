#include "poll/poller.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/hash.h"
#include "base/log.h"
#include "poll/discovery.h"
#include "text/url.h"

namespace sotevahti::poll {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// What a crash between the request and its answer costs: the feed waits this long, each another
// time within the spread. If one of them was what ended us, the others have their turns without it.
constexpr base::Seconds announced_wait = 10min;
constexpr base::Seconds announced_spread = 10min;
// Wall clocks jump; steady ones do not. Nothing is slept through for longer than this.
constexpr base::Seconds longest_sleep = 1min;
// Beyond this a wall clock did not drift, it was set.
constexpr base::Seconds least_jump = 2min;
// Of one feed; a hub that sends more at once is behind a poll anyway.
constexpr std::size_t most_pushes_waiting = 8;
// The mill's queue is short: a look each so often costs nothing while it is full.
constexpr auto mill_pause = 25ms;
// Answers beyond HttpRequest::modest_bytes at once, from the network until they are stored: with
// those of max_bytes (10 MiB) and what is made of them there is memory for so many.
constexpr std::size_t most_large = 3;

base::Time announced_time(const std::string& feed_id, base::Time now) {
  const std::uint64_t chance = base::hash64(fmt::format("{} {}", feed_id, base::to_unix(now)));
  return now + announced_wait + base::Seconds(chance % static_cast<std::uint64_t>(announced_spread.count()));
}

std::string address_of(const config::Feed& feed, const archive::FeedState& state) {
  return state.url.empty() ? feed.url : state.url;
}

// A feed that was found on a page and died may stand elsewhere by now. Looked for now and
// then, not at every attempt.
bool is_lost(const archive::FeedState& state) { return state.failure && state.failures % 4 == 3; }

// Its address is to be found on a page first.
bool is_sought(const config::Feed& feed, const archive::FeedState& state) {
  return feed.discover && (state.url.empty() || is_lost(state));
}

void log_failure(const std::string& feed_id, std::exception_ptr failure) {
  try {
    std::rethrow_exception(std::move(failure));
  } catch (const std::exception& e) {
    base::log_error("feed {}: {}", feed_id, e.what());
  }
}

archive::FeedState fresh_state(const config::Feed& feed, archive::FeedState&& known) {
  known.feed_id = feed.id;
  if (known.catalogue_url == feed.url) return std::move(known);
  // New, or its address was changed in the catalogue: what was known of the old one goes.
  archive::FeedState state;
  state.feed_id = feed.id;
  state.catalogue_url = feed.url;
  state.url = feed.discover ? "" : feed.url;
  // It was asked, and we ended before its answer was stored: perhaps by that answer.
  if (known.catalogue_url.empty()) state.next_poll = known.next_poll;
  state.last_new_entry = known.last_new_entry;
  state.polls = known.polls;
  state.unchanged = known.unchanged;
  state.entries = known.entries;
  return state;
}

}  // namespace

Poller::Poller(Parts parts, Known known)
    : parts_(std::move(parts)),
      bounds_{parts_.settings.poll.min_interval, parts_.settings.poll.interval, parts_.settings.poll.max_interval},
      hosts_(
          parts_.io, [&settings = parts_.settings](const std::string& host) { return limit_for(settings, host); },
          static_cast<std::size_t>(parts_.settings.poll.max_concurrent)),
      guest_({parts_.http, hosts_, parts_.clock,
              [this](const std::string& host, base::Time until) { hush(host, until); }, [this] { return may_ask(); }}),
      wake_(parts_.io) {
  std::unordered_map<std::string, archive::FeedState> states;
  for (auto& state : known.states) states.emplace(state.feed_id, std::move(state));
  feeds_.reserve(parts_.catalogue.feeds().size());
  for (const auto& feed : parts_.catalogue.feeds()) {
    const auto found = states.find(feed.id);
    watch(feed, fresh_state(feed, found == states.end() ? archive::FeedState() : std::move(found->second)));
  }
  for (const auto& [host, until] : known.quiet_hosts) hosts_.hold(host, until);
}

void Poller::watch(const config::Feed& feed, archive::FeedState&& state) {
  // A clock that was set back must not silence a feed until it has caught up.
  const base::Time now = parts_.clock.now();
  if (state.last_poll && *state.last_poll > now + 1h) state.next_poll = now;
  const std::size_t index = feeds_.size();
  by_id_.emplace(feed.id, index);
  feeds_.push_back({.feed = &feed, .state = std::move(state)});
  if (feed.enabled) timetable_.emplace(feeds_[index].state.next_poll, index);
}

std::vector<const config::Feed*> Poller::due() const {
  const base::Time now = parts_.clock.now();
  std::vector<const config::Feed*> due;
  for (const auto& [at, index] : timetable_) {
    if (at > now) break;
    due.push_back(feeds_[index].feed);
  }
  return due;
}

std::optional<base::Time> Poller::next_due() const {
  return timetable_.empty() ? std::nullopt : std::optional(timetable_.begin()->first);
}

void Poller::schedule(std::size_t index, base::Time next_poll) {
  Watched& watched = feeds_[index];
  timetable_.erase({watched.state.next_poll, index});
  watched.state.next_poll = next_poll;
  if (watched.feed->enabled && !watched.under_way) timetable_.emplace(next_poll, index);
  if (sleeps_until_ && next_poll < *sleeps_until_) wake_.cancel();
}

asio::awaitable<void> Poller::poll_once(std::vector<const config::Feed*> feeds) {
  one_round_ = true;
  co_await poll_all(std::move(feeds));
  while (under_way_ > 0) co_await wait(longest_sleep);
  if (broken_) std::rethrow_exception(broken_);
}

asio::awaitable<void> Poller::run() {
  while (!stopping_) {
    follow_clock();
    std::vector<const config::Feed*> feeds = due();
    if (!feeds.empty()) co_await poll_all(std::move(feeds));
    const auto next = next_due();
    const base::Seconds sleep = next ? std::max<base::Seconds>(*next - parts_.clock.now(), 0s) : longest_sleep;
    if (sleep > 0s && !stopping_) {
      sleeps_until_ = next;
      co_await wait(std::min(sleep, longest_sleep));
      sleeps_until_.reset();
    }
  }
  while (under_way_ > 0) co_await wait(longest_sleep);
}

void Poller::stop() {
  stopping_ = true;
  hosts_.close();
  wake_.cancel();
}

asio::awaitable<void> Poller::wait(base::Seconds most) {
  wake_.expires_after(most);
  co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
}

// Each feed waits as long as it would have, whatever the wall clock was set to: a jump
// forward makes no burst, one back no silence.
void Poller::follow_clock() {
  const auto steady = std::chrono::duration_cast<base::Seconds>(std::chrono::steady_clock::now().time_since_epoch());
  const base::Seconds offset = parts_.clock.now().time_since_epoch() - steady;
  const base::Seconds jump = offset - clock_offset_.value_or(offset);
  if (!clock_offset_ || std::chrono::abs(jump) >= least_jump) clock_offset_ = offset;
  if (std::chrono::abs(jump) < least_jump) return;
  base::log_warning("the clock was set by {} s; the feeds keep their turns", jump.count());
  for (std::size_t i = 0; i < feeds_.size(); ++i)
    if (feeds_[i].state.polls > 0) schedule(i, feeds_[i].state.next_poll + jump);
}

// The times of the next polls are on disk before the first request goes out, so neither
// a crash nor a restart asks again at once.
asio::awaitable<void> Poller::announce(std::vector<const config::Feed*> feeds) {
  std::vector<std::pair<std::string, base::Time>> times;
  times.reserve(feeds.size());
  for (const auto* feed : feeds) times.emplace_back(feed->id, announced_time(feed->id, parts_.clock.now()));
  asio::steady_timer written(parts_.io, asio::steady_timer::time_point::max());
  parts_.mill.write_next_polls(std::move(times),
                               [&io = parts_.io, &written] { asio::post(io, [&written] { written.cancel(); }); });
  co_await written.async_wait(asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> Poller::poll_all(std::vector<const config::Feed*> feeds) {
  for (const auto* feed : feeds) begin(by_id_.at(feed->id));
  co_await announce(feeds);
  for (const auto* feed : feeds) {
    const std::size_t index = by_id_.at(feed->id);
    const archive::FeedState& state = feeds_[index].state;
    if (is_sought(*feed, state)) {
      start(index, HostBudget::Permit());
      continue;
    }
    std::string host = text::url_host(address_of(*feed, state));
    const auto [line, is_new] = lines_.try_emplace(host);
    line->second.push_back(index);
    if (!is_new) continue;
    asio::co_spawn(parts_.io, take_turns(std::move(host)), [](std::exception_ptr failure) {
      if (failure) std::rethrow_exception(failure);
    });
  }
}

void Poller::begin(std::size_t index) {
  Watched& watched = feeds_[index];
  timetable_.erase({watched.state.next_poll, index});
  watched.under_way = true;
  ++under_way_;
}

// Thousands of feeds may wait for their hosts: one waits for all of a host, and what a request needs is made when its
// turn has come.
asio::awaitable<void> Poller::take_turns(std::string host) {
  std::deque<std::size_t>& line = lines_.at(host);
  while (!line.empty()) {
    const std::size_t index = line.front();
    line.pop_front();
    try {
      HostBudget::Permit permit = co_await hosts_.enter(host);
      start(index, std::move(permit));
    } catch (...) {
      give_up(index, std::current_exception());
    }
  }
  lines_.erase(host);
}

void Poller::start(std::size_t index, HostBudget::Permit permit) {
  asio::co_spawn(parts_.io, ask(index, std::move(permit)), [this, index](std::exception_ptr failure) {
    if (failure) give_up(index, failure);
  });
}

// Not the server's failure.
void Poller::give_up(std::size_t index, std::exception_ptr failure) {
  if (!one_round_) log_failure(feeds_[index].feed->id, failure);
  else if (!broken_) broken_ = failure;
  postpone(index, parts_.clock.now() + announced_wait);
}

asio::awaitable<void> Poller::ask(std::size_t index, HostBudget::Permit permit) {
  std::unique_ptr<Fetched> answer = co_await fetch(index, std::move(permit));
  if (answer) submit(index, std::move(*answer));
}

// None where nothing was asked: the feed is postponed.
asio::awaitable<std::unique_ptr<Fetched>> Poller::fetch(std::size_t index, HostBudget::Permit permit) {
  const config::Feed& feed = *feeds_[index].feed;
  archive::FeedState state = feeds_[index].state;
  if (is_sought(feed, state)) {
    std::optional<archive::PollFailure> failure = co_await find_feed(index, state);
    if (failure && failure->cause == "cancelled") {
      postpone(index, feeds_[index].state.next_poll);
      co_return nullptr;
    }
    if (failure && state.url.empty()) {
      std::unique_ptr<Fetched> unfound = make_fetched(feed, std::move(state));
      unfound->failure = std::move(failure);
      co_return unfound;
    }
  }
  net::HttpRequest request = request_for(feed, state.url);
  if (!state.validators.etag.empty()) request.headers.emplace_back("If-None-Match", state.validators.etag);
  if (!state.validators.last_modified.empty())
    request.headers.emplace_back("If-Modified-Since", state.validators.last_modified);
  const base::Time asked_at = parts_.clock.now();
  Visit visit = co_await this->visit(index, std::move(request), std::move(permit));
  feeds_[index].took = visit.took;
  if (visit.quiet_until || (!visit.reply && visit.reply.error().error == net::NetError::cancelled)) {
    postpone(index, visit.quiet_until.value_or(feeds_[index].state.next_poll));
    co_return nullptr;
  }
  std::unique_ptr<Fetched> fetched = make_fetched(feed, std::move(state));
  fetched->asked_at = asked_at;
  take_reply(*fetched, std::move(visit.reply));
  usual_bytes_ = (usual_bytes_ * 15 + fetched->body.size()) / 16;
  co_return fetched;
}

// An answer that grows large when the places for such are taken is given up, and asked for again
// when one is free: many at once would need more memory than there is, and their pausing more still.
asio::awaitable<Visit> Poller::visit(std::size_t index, net::HttpRequest request, HostBudget::Permit permit) {
  bool crowded = false;
  request.may_grow = [this, index, &crowded] {
    crowded = !take_large_place(index);
    return !crowded;
  };
  net::HttpRequest again = request;
  Visit visit = co_await guest_.visit(std::move(request), std::move(permit));
  if (!crowded) co_return visit;
  while (!stopping_ && !take_large_place(index)) {
    asio::steady_timer moment(parts_.io, mill_pause);
    co_await moment.async_wait(asio::use_awaitable);
  }
  co_return co_await guest_.visit(std::move(again));
}

bool Poller::take_large_place(std::size_t index) {
  bool& large = feeds_[index].large;
  if (!large && large_ < most_large) {
    large = true;
    ++large_;
  }
  return large;
}

// Not while the mill is full, nor when we are stopping: who waits for his turn then goes without.
asio::awaitable<bool> Poller::may_ask() {
  while (parts_.mill.is_full(guest_.asking() * usual_bytes_) && !stopping_) {
    asio::steady_timer moment(parts_.io, mill_pause);
    co_await moment.async_wait(asio::use_awaitable);
  }
  co_return !stopping_;
}

asio::awaitable<std::optional<archive::PollFailure>> Poller::find_feed(std::size_t index, archive::FeedState& state) {
  const config::Feed& feed = *feeds_[index].feed;
  Fetch get = [this, index, &feed](std::string url) -> asio::awaitable<net::NetResult<net::HttpReply>> {
    net::HttpRequest request = request_for(feed, std::move(url));
    Visit visit = co_await this->visit(index, std::move(request), HostBudget::Permit());
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
  state.validators = {};
  state.body_hash = 0;
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

std::unique_ptr<Fetched> Poller::make_fetched(const config::Feed& feed, archive::FeedState state) const {
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

void Poller::take_push(const config::Feed& feed, Push push) {
  const std::size_t index = by_id_.at(feed.id);
  Watched& watched = feeds_[index];
  if (watched.under_way) {
    if (watched.waiting.size() < most_pushes_waiting) watched.waiting.push_back(std::move(push));
    else watched.more_came = true;
    return;
  }
  // The hub was told that we have it, and a poll may be a day away.
  if (stopping_) return parts_.mill.write_next_polls({{feed.id, parts_.clock.now()}}, nullptr);
  begin(index);
  watched.pushed = true;
  std::unique_ptr<Fetched> fetched = make_fetched(feed, watched.state);
  fetched->state = watched.state;  // it is no poll
  fetched->pushed = true;
  fetched->status = 200;
  fetched->effective_url = address_of(feed, watched.state);
  fetched->content_type = std::move(push.content_type);
  fetched->body = std::move(push.body);
  submit(index, std::move(*fetched));
}

// The whole host is left in peace, and stays so over a restart.
void Poller::hush(const std::string& host, base::Time until) {
  std::vector<std::pair<std::string, base::Time>> later;
  for (std::size_t i = 0; i < feeds_.size(); ++i) {
    const Watched& watched = feeds_[i];
    if (watched.state.next_poll >= until || watched.under_way) continue;
    if (text::url_host(address_of(*watched.feed, watched.state)) != host) continue;
    schedule(i, until);
    later.emplace_back(watched.feed->id, until);
  }
  base::log_warning("{} asked for quiet until {}", host, base::to_rfc3339(until));
  parts_.mill.write(
      [host, until, later = std::move(later)](archive::Database& database) {
        archive::FeedStore store(database);
        store.write_quiet_host(host, until);
        store.write_next_polls(later);
      },
      nullptr);
}

void Poller::submit(std::size_t index, Fetched&& fetched) {
  parts_.mill.submit(std::move(fetched), [this, index](Milled&& milled) {
    auto result = std::make_unique<FeedResult>();
    result->milled = std::move(milled);
    asio::post(parts_.io, [this, index, result = std::move(result)] { end(index, std::move(*result)); });
  });
}

void Poller::postpone(std::size_t index, base::Time until) {
  parts_.mill.write_next_polls({{feeds_[index].feed->id, until}}, nullptr);
  FeedResult result;
  result.postponed = true;
  result.milled.feed_id = feeds_[index].feed->id;
  result.milled.state = feeds_[index].state;
  result.milled.state.next_poll = until;
  end(index, std::move(result));
}

void Poller::end(std::size_t index, FeedResult&& result) {
  Watched& watched = feeds_[index];
  watched.under_way = false;
  if (std::exchange(watched.large, false)) --large_;
  watched.state = result.milled.state;
  schedule(index, watched.state.next_poll);
  --under_way_;
  result.feed = watched.feed;
  result.pushed = std::exchange(watched.pushed, false);
  result.took = std::exchange(watched.took, {});
  if (parts_.told) parts_.told(result);
  if (!watched.waiting.empty()) {
    Push next = std::move(watched.waiting.front());
    watched.waiting.erase(watched.waiting.begin());
    take_push(*watched.feed, std::move(next));
  } else if (std::exchange(watched.more_came, false)) {
    schedule(index, std::min(watched.state.next_poll, parts_.clock.now() + bounds_.least));
  }
  if (under_way_ == 0) wake_.cancel();
}

}  // namespace sotevahti::poll
