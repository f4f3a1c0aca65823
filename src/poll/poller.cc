#include "poll/poller.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/hash.h"
#include "base/log.h"
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

base::Time announced_time(const std::string& feed_id, base::Time now) {
  const std::uint64_t chance = base::hash64(fmt::format("{} {}", feed_id, base::to_unix(now)));
  return now + announced_wait + base::Seconds(chance % static_cast<std::uint64_t>(announced_spread.count()));
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
      hosts_(
          parts_.io, [&settings = parts_.settings](const std::string& host) { return limit_for(settings, host); },
          static_cast<std::size_t>(parts_.settings.poll.max_concurrent)),
      asker_({parts_.io, parts_.http, parts_.mill, hosts_, parts_.settings, parts_.clock,
              [this](const std::string& host, base::Time until) { hush(host, until); }, parts_.has_hub}),
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
  asker_.stop();
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
  Watched& watched = feeds_[index];
  Answer answer = co_await asker_.ask(*watched.feed, watched.state, std::move(permit));
  watched.took = answer.took;
  watched.large = std::move(answer.large);
  if (answer.fetched) submit(index, std::move(*answer.fetched));
  else postpone(index, answer.quiet_until.value_or(watched.state.next_poll));
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
  std::unique_ptr<Fetched> fetched = asker_.make_fetched(feed, watched.state);
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
  watched.large.reset();
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
    schedule(index, std::min(watched.state.next_poll, parts_.clock.now() + parts_.settings.poll.min_interval));
  }
  if (under_way_ == 0) wake_.cancel();
}

}  // namespace sotevahti::poll
