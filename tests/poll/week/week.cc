#include "poll/week/week.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <limits>
#include <memory>
#include <numeric>
#include <set>
#include <vector>

#include "poll/hand_clock.h"
#include "poll/host_budget_on.h"
#include "poll/outcome.h"
#include "poll/schedule.h"
#include "poll/week/servers.h"

namespace sotevahti::poll::week {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

using Timer = asio::basic_waitable_timer<HandClock>;
using Budget = HostBudgetOn<HandClock>;

constexpr std::size_t document_entries = 20;
constexpr auto step = 50ms;

Moment now() { return HandClock::present.time_since_epoch(); }
base::Time wall() { return start + std::chrono::floor<base::Seconds>(now()); }

// What both pollers stand in: the servers, the loop, and when each entry arrived.
class Days {
 public:
  Days(const Plan& plan, Budget::Limit limit, std::size_t at_once)
      : plan_(plan),
        sources(make_sources(plan.days, plan.thin, plan.seed)),
        servers(sources),
        budget(
            io, [limit](const std::string&) { return limit; }, at_once),
        known_(sources.feeds.size(), 0) {
    HandClock::present = HandClock::time_point();
  }

  asio::awaitable<void> sleep_until(Moment at) {
    const auto place = wakes_.insert(at);
    Timer timer(io, HandClock::time_point(at));
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    wakes_.erase(place);
  }

  // One request, and how long it took; the host's budget is the caller's.
  asio::awaitable<Reply> ask(std::size_t feed, std::string etag) {
    co_await sleep_until(now() + servers.begin(feed, etag, now()));
    co_return servers.end(feed, etag, now());
  }

  // What the answer brought that was not known; the first one brings the past.
  std::size_t take(std::size_t feed, const Reply& reply) {
    const std::size_t before = known_[feed];
    known_[feed] = reply.newest;
    const std::size_t oldest = reply.newest - std::min(reply.newest, document_entries);
    for (std::size_t i = before; i < reply.newest; ++i) {
      const base::Time at = sources.feeds[feed].published[i];
      if (at < start) continue;
      if (i < oldest) ++lost_;
      else late_.push_back({feed, at, wall() - at});
    }
    return reply.newest - before;
  }

  template <class Follow>
  Figures run(Follow follow) {
    for (std::size_t i = 0; i < sources.feeds.size(); ++i) asio::co_spawn(io, follow(i), rethrow);
    const Moment end = plan_.days * 24h;
    while (now() < end) {
      while (io.poll() > 0) continue;
      const Moment next = wakes_.empty() ? end : *wakes_.begin();
      // The budget's own timers are looked at in small steps while anybody is under way.
      HandClock::present = HandClock::time_point(under_way > 0 ? std::min(next, now() + step) : next);
    }
    return figures();
  }

  std::size_t under_way = 0;
  asio::io_context io{1};

 private:
  struct Late {
    std::size_t feed;
    base::Time published;
    base::Seconds by;
  };
  static void rethrow(std::exception_ptr failure) {
    if (failure) std::rethrow_exception(failure);
  }
  static base::Seconds quantile(std::vector<base::Seconds> all, double share) {
    if (all.empty()) return 0s;
    const auto nth = all.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(all.size() - 1));
    std::nth_element(all.begin(), nth, all.end());
    return *nth;
  }
  Figures figures() const;

  const Plan plan_;

 public:
  const Sources sources;
  Servers servers;
  Budget budget;

 private:
  std::multiset<Moment> wakes_;
  std::vector<std::size_t> known_;
  std::vector<Late> late_;
  std::size_t lost_ = 0;
};

Figures Days::figures() const {
  Figures f;
  f.feeds = sources.feeds.size();
  f.hosts = sources.hosts.size();
  f.requests = servers.requests();
  f.answered = servers.answered();
  f.unchanged = servers.unchanged();
  f.largest_burst = servers.largest_burst();
  f.most_at_once = servers.most_at_once();
  f.broken = servers.broken();
  f.lost = lost_;
  f.arrived = late_.size();
  std::vector<base::Seconds> all, frequent;
  for (const Late& one : late_) all.push_back(one.by);
  for (const auto& feed : sources.feeds) {
    const auto in_days = static_cast<std::size_t>(
        feed.published.end() - std::lower_bound(feed.published.begin(), feed.published.end(), start));
    if (feed.gone) continue;
    f.published += in_days;
    if (in_days < static_cast<std::size_t>(plan_.days) || !feed.dated) continue;
    const auto number = static_cast<std::size_t>(&feed - sources.feeds.data());
    for (const Late& one : late_)
      if (one.feed == number && !servers.was_down(number, one.published, one.published + one.by))
        frequent.push_back(one.by);
  }
  f.median_lateness = quantile(all, 0.5);
  f.p99_lateness = quantile(all, 0.99);
  f.p99_of_frequent = quantile(frequent, 0.99);
  f.requests_a_feed_and_day =
      static_cast<double>(f.requests) / static_cast<double>(f.feeds) / static_cast<double>(plan_.days);
  f.share_of_304 = f.answered == 0 ? 0 : static_cast<double>(f.unchanged) / static_cast<double>(f.answered);
  return f;
}

// The poller's steps, with its own schedule and budget; no network and no archive.
class Polite {
 public:
  explicit Polite(const Plan& plan)
      : days_(plan, {2, 1000ms}, 256), dice_(plan.seed), states_(days_.sources.feeds.size()) {
    for (const auto& feed : days_.sources.feeds) {
      archive::FeedState& state = states_[rows_.size()];
      state.feed_id = feed.id;
      state.next_poll = start;
      config::Feed row;
      row.id = feed.id;
      rows_.push_back(std::move(row));
    }
  }

  Figures run() {
    return days_.run([this](std::size_t feed) { return follow(feed); });
  }

 private:
  asio::awaitable<void> follow(std::size_t feed) {
    archive::FeedState& state = states_[feed];
    for (;;) {
      while (state.next_poll > wall()) co_await days_.sleep_until(state.next_poll - start);
      ++days_.under_way;
      co_await poll(feed);
      --days_.under_way;
    }
  }

  asio::awaitable<void> poll(std::size_t feed) {
    archive::FeedState& state = states_[feed];
    const std::string& host = days_.sources.hosts[days_.sources.feeds[feed].host].name;
    const Budget::Permit permit = co_await days_.budget.enter(host);
    if (const auto quiet = days_.budget.held_until(host, wall())) {
      state.next_poll = *quiet;
      co_return;
    }
    const Reply reply = co_await days_.ask(feed, state.validators.etag);
    heed(host, reply);
    state = next_state(feed, reply);
  }

  // As Guest and Poller do: the host is held, and so is each of its feeds.
  void heed(const std::string& host, const Reply& reply) {
    if (reply.status < 400) return;
    auto until = parse_retry_after(reply.retry_after, wall());
    if (!until && reply.status == 429) until = wall() + 15min;
    if (!until) return;
    days_.budget.hold(host, *until);
    for (std::size_t i = 0; i < states_.size(); ++i)
      if (days_.sources.hosts[days_.sources.feeds[i].host].name == host)
        states_[i].next_poll = std::max(states_[i].next_poll, *until);
  }

  archive::FeedState next_state(std::size_t feed, const Reply& reply) {
    Fetched fetched;
    fetched.feed = &rows_[feed];
    fetched.state = states_[feed];
    fetched.state.last_poll = fetched.at = wall();
    fetched.status = reply.status;
    fetched.validators.etag = reply.etag;
    fetched.asked.max_age = parse_max_age(reply.cache_control);
    fetched.asked.retry_after = parse_retry_after(reply.retry_after, wall());
    if (const std::string cause = cause_of(reply); !cause.empty())
      return failed_outcome(std::move(fetched), {cause, ""}, dice_.roll()).state;
    const std::size_t fresh = days_.take(feed, reply);
    if (reply.status == 304 || (fetched.state.first_poll_done && fresh == 0))
      return unchanged_outcome(std::move(fetched), dice_.roll()).state;

    archive::FeedState state = fetched.state;
    state.validators = fetched.validators;
    state.last_new_entry = wall();
    const Feed& source = days_.sources.feeds[feed];
    feed::PollHints hints;
    if (source.ttl_minutes > 0) hints.ttl_minutes = source.ttl_minutes;
    for (int hour = 0; hour < 24; ++hour)
      if ((source.skip_hours >> hour & 1U) != 0) hints.skip_hours.push_back(hour);
    keep_hints(state, hints);
    move_on(state, fetched, times_in(source, reply.newest), fresh > 0, dice_.roll());
    return state;
  }

  static std::string cause_of(const Reply& reply) {
    if (!reply.cause.empty()) return reply.cause;
    if (reply.status == 429) return "429";
    if (reply.status >= 500) return "5xx";
    return reply.status >= 400 ? "http-4xx" : "";
  }

  static std::vector<base::Time> times_in(const Feed& source, std::size_t newest) {
    if (!source.dated) return {};
    const std::size_t oldest = newest - std::min(newest, document_entries);
    return {source.published.begin() + static_cast<std::ptrdiff_t>(oldest),
            source.published.begin() + static_cast<std::ptrdiff_t>(newest)};
  }

  Days days_;
  Dice dice_;
  std::vector<config::Feed> rows_;
  std::vector<archive::FeedState> states_;
};

class EachHour {
 public:
  explicit EachHour(const Plan& plan) : days_(plan, {64, 0ms}, 64), etags_(days_.sources.feeds.size()) {}
  Figures run() {
    return days_.run([this](std::size_t feed) { return follow(feed); });
  }

 private:
  asio::awaitable<void> follow(std::size_t feed) {
    for (int hour = 0;; ++hour) {
      co_await days_.sleep_until(hour * 1h);
      ++days_.under_way;
      {
        const Budget::Permit permit =
            co_await days_.budget.enter(days_.sources.hosts[days_.sources.feeds[feed].host].name);
        const Reply reply = co_await days_.ask(feed, etags_[feed]);
        if (reply.status == 200 || reply.status == 304) {
          days_.take(feed, reply);
          etags_[feed] = reply.etag;
        }
      }
      --days_.under_way;
    }
  }

  Days days_;
  std::vector<std::string> etags_;
};

std::string in_words(base::Seconds time) {
  return time < 90min ? fmt::format("{:.0f} min", static_cast<double>(time.count()) / 60)
                      : fmt::format("{:.1f} h", static_cast<double>(time.count()) / 3600);
}

}  // namespace

std::size_t Figures::broken_in_all() const { return std::accumulate(broken.begin(), broken.end(), std::size_t{0}); }

Figures poll_politely(const Plan& plan) { return Polite(plan).run(); }
Figures poll_each_hour(const Plan& plan) { return EachHour(plan).run(); }

std::string table(const Figures& ours, const Figures& fixed) {
  std::string text = "| | sotevahti | each full hour |\n|---|---|---|\n";
  const auto row = [&](std::string_view name, const std::string& a, const std::string& b) {
    text += fmt::format("| {} | {} | {} |\n", name, a, b);
  };
  const auto count = [&](std::string_view name, std::size_t a, std::size_t b) {
    row(name, std::to_string(a), std::to_string(b));
  };
  row("requests a feed and day", fmt::format("{:.1f}", ours.requests_a_feed_and_day),
      fmt::format("{:.1f}", fixed.requests_a_feed_and_day));
  row("of the answers, 304", fmt::format("{:.0f} %", ours.share_of_304 * 100),
      fmt::format("{:.0f} %", fixed.share_of_304 * 100));
  count("largest burst: requests at one host in a minute", ours.largest_burst, fixed.largest_burst);
  count("most connections to one host at a time", ours.most_at_once, fixed.most_at_once);
  row("entries that arrived, of those published", fmt::format("{} of {}", ours.arrived, ours.published),
      fmt::format("{} of {}", fixed.arrived, fixed.published));
  count("entries lost: pushed out of the document between two polls", ours.lost, fixed.lost);
  row("lateness of new entries, median", in_words(ours.median_lateness), in_words(fixed.median_lateness));
  row("lateness of new entries, p99", in_words(ours.p99_lateness), in_words(fixed.p99_lateness));
  row("the same of dated feeds with an entry a day or more, outages left out", in_words(ours.p99_of_frequent),
      in_words(fixed.p99_of_frequent));
  for (std::size_t i = 0; i < rule_names.size(); ++i)
    count(fmt::format("rules broken: {}", rule_names[i]), ours.broken[i], fixed.broken[i]);
  count("rules broken, in all", ours.broken_in_all(), fixed.broken_in_all());
  return text;
}

}  // namespace sotevahti::poll::week
