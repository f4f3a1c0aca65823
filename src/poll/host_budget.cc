#include "poll/host_budget.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <unordered_map>

namespace sotevahti::poll {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

namespace {

using Queue = std::deque<asio::steady_timer*>;

void wake_first(Queue& queue) {
  if (!queue.empty()) queue.front()->cancel();
}

void leave(Queue& queue, asio::steady_timer* mine) {
  if (!queue.empty() && queue.front() == mine) {
    queue.pop_front();
  } else {
    std::erase(queue, mine);
  }
}

}  // namespace

HostBudget::Limit limit_for(const config::Settings& settings, const std::string& host) {
  const auto own = settings.poll.hosts.find(host);
  if (own != settings.poll.hosts.end()) return {own->second.connections, own->second.gap};
  return {settings.poll.per_host, settings.poll.host_gap};
}

struct HostBudget::Hosts {
  struct Host {
    Limit limit;
    int active = 0;
    Steady::time_point next_start{};
    Queue queue;
    std::optional<base::Time> held_until;

    bool free() const { return active < limit.connections; }
    bool open() const { return free() && Steady::now() >= next_start; }
  };

  Host& at(const std::string& name) {
    const auto [place, made] = by_name.try_emplace(name);
    if (made) place->second.limit = limit_of(name);
    return place->second;
  }
  bool has_room() const { return active < most; }

  std::function<Limit(const std::string&)> limit_of;
  std::size_t most = 0;
  std::size_t active = 0;
  Queue crowd;  // the first of their hosts, for whom there is no room at all
  std::unordered_map<std::string, Host> by_name;
};

HostBudget::Permit::~Permit() {
  if (!hosts_) return;
  auto& host = hosts_->at(host_);
  --host.active;
  --hosts_->active;
  wake_first(host.queue);
  wake_first(hosts_->crowd);
}

HostBudget::HostBudget(asio::io_context& io, std::function<Limit(const std::string&)> limit_of,
                       std::size_t most_at_once)
    : io_(io), hosts_(std::make_shared<Hosts>()) {
  hosts_->limit_of = std::move(limit_of);
  hosts_->most = most_at_once;
}

asio::awaitable<HostBudget::Permit> HostBudget::enter(std::string name) {
  const auto hosts = hosts_;
  auto& host = hosts->at(name);
  if (!host.open() || !host.queue.empty() || !hosts->has_room() || !hosts->crowd.empty()) {
    asio::steady_timer turn(io_, Steady::time_point::max());
    struct Places {  // left also when the coroutine is destroyed while it waits
      Queue& queue;
      Queue& crowd;
      asio::steady_timer* mine;
      bool in_crowd = false;
      ~Places() {
        leave(queue, mine);
        if (in_crowd) leave(crowd, mine);
      }
    } places{host.queue, hosts->crowd, &turn};
    host.queue.push_back(&turn);
    // The first of its host sleeps until the gap is over, the others until they are first; a
    // connection that comes free wakes the first early. In the crowd places come in turn too.
    for (;;) {
      const bool first = host.queue.front() == &turn;
      if (first && host.open()) {
        if (!places.in_crowd) {
          hosts->crowd.push_back(&turn);
          places.in_crowd = true;
        }
        if (hosts->has_room() && hosts->crowd.front() == &turn) break;
      }
      const bool gap_only = first && host.free() && !host.open();
      turn.expires_at(gap_only ? host.next_start : Steady::time_point::max());
      co_await turn.async_wait(asio::as_tuple(asio::use_awaitable));
    }
  }
  ++host.active;
  ++hosts->active;
  host.next_start = Steady::now() + host.limit.gap;
  wake_first(host.queue);
  if (hosts->has_room()) wake_first(hosts->crowd);
  co_return Permit(hosts, std::move(name));
}

void HostBudget::hold(const std::string& name, base::Time until) {
  auto& held = hosts_->at(name).held_until;
  if (!held || *held < until) held = until;
}

std::optional<base::Time> HostBudget::held_until(const std::string& name, base::Time now) const {
  const auto at = hosts_->by_name.find(name);
  if (at == hosts_->by_name.end() || !at->second.held_until || *at->second.held_until <= now) return std::nullopt;
  return at->second.held_until;
}

}  // namespace sotevahti::poll
