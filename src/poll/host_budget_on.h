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
  // Who waits: first for its host, in the order of those who came for it, and then in the crowd. Leaves both when it
  // goes, also where its coroutine is destroyed while it waits.
  class Waiter {
   public:
    Waiter(boost::asio::io_context& io, Hosts& hosts, Host& host)
        : turn(io, Clock::time_point::max()), hosts_(hosts), host_(host) {
      host_.queue.push_back(&turn);
    }
    ~Waiter() {
      Hosts::leave(host_.queue, &turn);
      if (in_crowd_) Hosts::leave(hosts_.crowd, &turn);
    }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    bool may_go() {
      if (!is_first() || !host_.open()) return false;
      if (!in_crowd_) join_crowd();
      if (hosts_.crowd.front() != &turn) return false;
      if (Clock::now() >= patience_ends_) hosts_.widen();
      return hosts_.has_room();
    }
    // The first of its host sleeps until the gap is over, the others until they are first; a connection that comes
    // free wakes the first early.
    typename Clock::time_point sleeps_until() const {
      if (is_first() && host_.free() && !host_.open()) return host_.next_start;
      return in_crowd_ && Clock::now() < patience_ends_ ? patience_ends_ : Clock::time_point::max();
    }

    Timer turn;  // cancelled when it may be its turn

   private:
    bool is_first() const { return host_.queue.front() == &turn; }
    void join_crowd() {
      hosts_.crowd.push_back(&turn);
      in_crowd_ = true;
      patience_ends_ = Clock::now() + patience;
    }

    Hosts& hosts_;
    Host& host_;
    bool in_crowd_ = false;
    typename Clock::time_point patience_ends_{};
  };

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
  const auto hosts = hosts_;
  auto& host = hosts->at(name);
  if (!host.open() || !host.queue.empty() || !hosts->has_room() || !hosts->crowd.empty()) {
    typename Hosts::Waiter waiter(io_, *hosts, host);
    while (!hosts->closed && !waiter.may_go()) {
      waiter.turn.expires_at(waiter.sleeps_until());
      co_await waiter.turn.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
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
