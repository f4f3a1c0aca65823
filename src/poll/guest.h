// Requests as a good guest makes them: each within the budget of the host that answers
// it, every hop of a redirect too; a host that asked for quiet is left in peace, and one
// that answers 429 or an error with Retry-After is heeded for whatever is asked of it
// next. On the io_context's thread.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "net/http_client.h"
#include "poll/host_budget.h"

namespace sotevahti::poll {

// A reply, or until when its host wants quiet: then nothing was asked.
struct Visit {
  Visit() {}
  net::NetResult<net::HttpReply> reply = net::HttpReply();
  std::optional<base::Time> quiet_until;
  std::chrono::duration<double> took{};  // of the requests alone
  bool unpacked = false;                 // asked for so, since it could not be unpacked
};

class Guest {
 public:
  struct Parts {
    net::HttpClient& http;
    HostBudget& hosts;
    const base::Clock& clock;
    // A host asked for quiet; may be empty.
    std::function<void(const std::string& host, base::Time until)> hushed;
    // Waited for before each request; false: nothing more is asked. May be empty.
    std::function<boost::asio::awaitable<bool>()> may_ask;
  };
  // What `parts` names must outlive the visits.
  explicit Guest(Parts parts) : parts_(std::move(parts)) {}

  // `permit`: of the request's host, where one was taken before; else it is waited for.
  boost::asio::awaitable<Visit> visit(net::HttpRequest request, HostBudget::Permit permit = {});
  // Requests under way.
  std::size_t asking() const { return asking_; }

 private:
  void heed(const std::string& host, const net::HttpReply& reply);
  Parts parts_;
  std::size_t asking_ = 0;
};

}  // namespace sotevahti::poll
