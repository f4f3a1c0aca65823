#include "poll/guest.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "net/request_url.h"
#include "poll/schedule.h"
#include "text/url.h"

namespace sotevahti::poll {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

// Of a host that says "too many" without a word for how long.
constexpr base::Seconds unasked_quiet = 15min;

// Counts while it lives.
class Counted {
 public:
  explicit Counted(std::size_t& count) : count_(count) { ++count_; }
  ~Counted() { --count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

 private:
  std::size_t& count_;
};

// The request becomes that to which the reply leads; or why it does not.
std::optional<net::NetFailure> follow_redirect(net::HttpRequest& request, const net::HttpReply& reply,
                                               std::vector<net::Redirect>& redirects) {
  auto next = net::redirect_url(reply.effective_url, reply.header("location"));
  if (!next) return net::NetFailure{net::NetError::bad_url, next.error().message};
  redirects.push_back({reply.status, *next});
  if (redirects.size() > static_cast<std::size_t>(std::max(0, request.max_redirects)))
    return net::NetFailure{net::NetError::too_many_redirects,
                           fmt::format("more than {} redirects", request.max_redirects)};
  request.url = std::move(*next);
  return std::nullopt;
}

// Some servers add to what is packed, pack it in a way that curl does not take (RFC 1952 allows several members), name
// a charset where a packing should stand, or say gzip and send it plain.
bool may_ask_unpacked(const net::HttpRequest& request, const net::NetResult<net::HttpReply>& reply) {
  return !reply && reply.error().error == net::NetError::packing && request.method == net::Method::get &&
         !request.unpacked;
}

}  // namespace

asio::awaitable<Visit> Guest::visit(net::HttpRequest request, HostBudget::Permit permit) {
  request.follow_redirects = false;
  std::vector<net::Redirect> redirects;
  std::size_t wire_bytes = 0;
  Visit visit;
  for (;;) {
    std::string host = text::url_host(request.url);
    if (permit.host() != host) {
      permit = HostBudget::Permit();
      permit = co_await parts_.hosts.enter(host);
    }
    if (parts_.may_ask && !co_await parts_.may_ask()) {
      visit.reply = tl::unexpected(net::NetFailure{net::NetError::cancelled, "nothing more is asked"});
      co_return visit;
    }
    visit.quiet_until = parts_.hosts.held_until(host, parts_.clock.now());
    if (visit.quiet_until) co_return visit;

    const auto started = Steady::now();
    net::HttpRequest hop = request;
    {
      const Counted counted(asking_);
      visit.reply = co_await parts_.http.fetch(std::move(hop));
    }
    visit.took += Steady::now() - started;
    if (may_ask_unpacked(request, visit.reply)) {
      visit.unpacked = request.unpacked = true;
      permit = HostBudget::Permit();  // a request like any other: the host's gap comes first
    } else {
      if (!visit.reply) co_return visit;
      heed(host, *visit.reply);
      wire_bytes += visit.reply->wire_bytes;
      if (!visit.reply->is_redirect()) break;
      if (auto failure = follow_redirect(request, *visit.reply, redirects)) {
        visit.reply = tl::unexpected(std::move(*failure));
        co_return visit;
      }
    }
    request.timeout -= std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - started);
    request.timeout = std::max<std::chrono::milliseconds>(request.timeout, 1ms);
  }
  visit.reply->redirects = std::move(redirects);
  visit.reply->wire_bytes = wire_bytes;
  co_return visit;
}

void Guest::heed(const std::string& host, const net::HttpReply& reply) {
  if (reply.status < 400) return;
  const base::Time now = parts_.clock.now();
  auto until = parse_retry_after(reply.header("retry-after"), now);
  if (!until && reply.status == 429) until = now + unasked_quiet;
  if (!until || *until <= now) return;
  parts_.hosts.hold(host, *until);
  if (parts_.hushed) parts_.hushed(host, *until);
}

}  // namespace sotevahti::poll
