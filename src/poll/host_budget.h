// How much of a host we take at a time: few connections, a gap between the starts of
// requests, and quiet until Retry-After is over; and so many requests at once in all: few
// while answers come fast, for each takes a connection and its memory, and as many as may
// be once somebody has waited a while for a place among them.
// Waiters of a host are served in the order they came; a host that answers slowly keeps
// no place from the others but its own few. On the io_context's thread only; permits and
// waiters may outlive the budget.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "config/settings.h"

namespace sotevahti::poll {

// Clock is a steady one; the tests let a week pass in a second.
template <class Clock>
class HostBudgetOn {
  struct Hosts;

 public:
  struct Limit {
    int connections = 2;
    std::chrono::milliseconds gap{1000};
  };
  // The right to one request under way; given back when it goes.
  class Permit {
   public:
    Permit() = default;
    Permit(Permit&& other) noexcept { swap(other); }
    Permit& operator=(Permit&& other) noexcept {
      Permit gone(std::move(other));
      swap(gone);
      return *this;
    }
    ~Permit();
    const std::string& host() const { return host_; }

   private:
    friend class HostBudgetOn;
    Permit(std::shared_ptr<Hosts> hosts, std::string host) : hosts_(std::move(hosts)), host_(std::move(host)) {}
    void swap(Permit& other) noexcept {
      std::swap(hosts_, other.hosts_);
      std::swap(host_, other.host_);
    }
    std::shared_ptr<Hosts> hosts_;
    std::string host_;
  };

  static constexpr std::size_t first_room = 32;             // requests at once, before anybody has waited
  static constexpr std::chrono::milliseconds patience{50};  // who waits so long for a place doubles them

  HostBudgetOn(boost::asio::io_context& io, std::function<Limit(const std::string&)> limit_of,
               std::size_t most_at_once);

  boost::asio::awaitable<Permit> enter(std::string host);

  // Who waits, and who comes from now on, goes in at once with an empty permit: to ask nothing.
  void close();

  // No request to this host before `until`, whatever feed asks.
  void hold(const std::string& host, base::Time until);
  std::optional<base::Time> held_until(const std::string& host, base::Time now) const;

 private:
  boost::asio::io_context& io_;
  std::shared_ptr<Hosts> hosts_;
};

extern template class HostBudgetOn<std::chrono::steady_clock>;
using HostBudget = HostBudgetOn<std::chrono::steady_clock>;

// Of the settings: the host's own, or everybody's.
HostBudget::Limit limit_for(const config::Settings& settings, const std::string& host);

}  // namespace sotevahti::poll
