// How the budget of hosts keeps its promises, for any steady clock. Included where the
// budget is made for one, and nowhere else.
#pragma once
#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <unordered_map>

#include "poll/host_budget.h"

namespace sotevahti::poll {

template <class Clock>
struct HostBudgetOn<Clock>::Hosts {
  using Timer = boost::asio::basic_waitable_timer<Clock>;
  using Queue = std::deque<Timer*>;

  static void wake_first(Queue& queue) {
    if (!queue.empty()) queue.front()->cancel();
  }
  static void leave(Queue& queue, Timer* mine) {
    if (!queue.empty() && queue.front() == mine) {
      queue.pop_front();
    } else {
      std::erase(queue, mine);
    }
  }

  struct Host {
    Limit limit;
    int active = 0;
    typename Clock::time_point next_start{};
    Queue queue;
    std::optional<base::Time> held_until;

    bool free() const { return active < limit.connections; }
    bool open() const { return free() && Clock::now() >= next_start; }
  };

  Host& at(const std::string& name) {
    const auto [place, made] = by_name.try_emplace(name);
    if (made) place->second.limit = limit_of(name);
    return place->second;
  }
  bool has_room() const { return active < room; }
  void widen() { room = std::min(2 * room, most); }
  void leave() {
    if (--active == 0) room = std::min(first_room, most);
  }

  std::function<Limit(const std::string&)> limit_of;
  std::size_t most = 0;
  std::size_t room = 0;  // of these, for now
  std::size_t active = 0;
  bool closed = false;
  Queue crowd;  // the first of their hosts, for whom there is no room at all
  std::unordered_map<std::string, Host> by_name;
};

template <class Clock>
HostBudgetOn<Clock>::Permit::~Permit() {
  if (!hosts_) return;
  auto& host = hosts_->at(host_);
  --host.active;
  hosts_->leave();
  Hosts::wake_first(host.queue);
  Hosts::wake_first(hosts_->crowd);
}

template <class Clock>
HostBudgetOn<Clock>::HostBudgetOn(boost::asio::io_context& io, std::function<Limit(const std::string&)> limit_of,
                                  std::size_t most_at_once)
    : io_(io), hosts_(std::make_shared<Hosts>()) {
  hosts_->limit_of = std::move(limit_of);
  hosts_->most = most_at_once;
  hosts_->room = std::min(first_room, most_at_once);
}

template <class Clock>
boost::asio::awaitable<typename HostBudgetOn<Clock>::Permit> HostBudgetOn<Clock>::enter(std::string name) {
  using Timer = typename Hosts::Timer;
  using Queue = typename Hosts::Queue;
  const auto hosts = hosts_;
  auto& host = hosts->at(name);
  if (!host.open() || !host.queue.empty() || !hosts->has_room() || !hosts->crowd.empty()) {
    Timer turn(io_, Clock::time_point::max());
    struct Places {  // left also when the coroutine is destroyed while it waits
      Queue& queue;
      Queue& crowd;
      Timer* mine;
      bool in_crowd = false;
      typename Clock::time_point runs_out{};  // of patience, in the crowd
      ~Places() {
        Hosts::leave(queue, mine);
        if (in_crowd) Hosts::leave(crowd, mine);
      }
    } places{host.queue, hosts->crowd, &turn};
    host.queue.push_back(&turn);
    // The first of its host sleeps until the gap is over, the others until they are first; a
    // connection that comes free wakes the first early. In the crowd places come in turn too.
    while (!hosts->closed) {
      const bool first = host.queue.front() == &turn;
      if (first && host.open()) {
        if (!places.in_crowd) {
          hosts->crowd.push_back(&turn);
          places.in_crowd = true;
          places.runs_out = Clock::now() + patience;
        }
        if (hosts->crowd.front() == &turn) {
          if (Clock::now() >= places.runs_out) hosts->widen();
          if (hosts->has_room()) break;
        }
      }
      const bool gap_only = first && host.free() && !host.open();
      const bool is_patient = places.in_crowd && Clock::now() < places.runs_out;
      turn.expires_at(gap_only ? host.next_start : is_patient ? places.runs_out : Clock::time_point::max());
      co_await turn.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
  }
  if (hosts->closed) co_return Permit();
  ++host.active;
  ++hosts->active;
  host.next_start = Clock::now() + host.limit.gap;
  Hosts::wake_first(host.queue);
  if (hosts->has_room()) Hosts::wake_first(hosts->crowd);
  co_return Permit(hosts, std::move(name));
}

template <class Clock>
void HostBudgetOn<Clock>::close() {
  hosts_->closed = true;
  for (auto& [name, host] : hosts_->by_name)
    for (auto* waiting : host.queue) waiting->cancel();
}

template <class Clock>
void HostBudgetOn<Clock>::hold(const std::string& name, base::Time until) {
  auto& held = hosts_->at(name).held_until;
  if (!held || *held < until) held = until;
}

template <class Clock>
std::optional<base::Time> HostBudgetOn<Clock>::held_until(const std::string& name, base::Time now) const {
  const auto at = hosts_->by_name.find(name);
  if (at == hosts_->by_name.end() || !at->second.held_until || *at->second.held_until <= now) return std::nullopt;
  return at->second.held_until;
}

}  // namespace sotevahti::poll
