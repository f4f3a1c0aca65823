#include "poll/host_budget.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <unordered_map>

namespace sotevahti::poll {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

struct HostBudget::Hosts {
  struct Host {
    Limit limit;
    int active = 0;
    Steady::time_point next_start{};
    std::deque<asio::steady_timer*> queue;  // of those who wait, in order
    std::optional<base::Time> held_until;

    bool free() const { return active < limit.connections; }
    bool open() const { return free() && Steady::now() >= next_start; }
    void wake_first() {
      if (!queue.empty()) queue.front()->cancel();
    }
  };

  Host& at(const std::string& name) {
    const auto [place, made] = by_name.try_emplace(name);
    if (made) place->second.limit = limit_of(name);
    return place->second;
  }

  std::function<Limit(const std::string&)> limit_of;
  std::unordered_map<std::string, Host> by_name;
};

HostBudget::Permit::~Permit() {
  if (!hosts_) return;
  auto& host = hosts_->at(host_);
  --host.active;
  host.wake_first();
}

HostBudget::HostBudget(asio::io_context& io, std::function<Limit(const std::string&)> limit_of)
    : io_(io), hosts_(std::make_shared<Hosts>()) {
  hosts_->limit_of = std::move(limit_of);
}

asio::awaitable<HostBudget::Permit> HostBudget::enter(std::string name) {
  const auto hosts = hosts_;
  auto& host = hosts->at(name);
  if (!host.open() || !host.queue.empty()) {
    // The first in the queue sleeps until the gap is over, the others until they are
    // first; a connection that comes free wakes the first early.
    asio::steady_timer turn(io_, Steady::time_point::max());
    host.queue.push_back(&turn);
    struct Place {  // left also when the coroutine is destroyed while it waits
      Hosts::Host& host;
      asio::steady_timer* mine;
      ~Place() { std::erase(host.queue, mine); }
    } place{host, &turn};
    while (host.queue.front() != &turn || !host.open()) {
      const bool gap_only = host.queue.front() == &turn && host.free();
      turn.expires_at(gap_only ? host.next_start : Steady::time_point::max());
      co_await turn.async_wait(asio::as_tuple(asio::use_awaitable));
    }
  }
  ++host.active;
  host.next_start = Steady::now() + host.limit.gap;
  host.wake_first();
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
