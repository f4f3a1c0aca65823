// A client whose requests a test can await by plain calls, and what it may connect to.
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/http_client.h"

namespace sotevahti::net {

inline AddressPolicy loopback_policy() { return AddressPolicy::parse({"127.0.0.0/8", "::1"}).value(); }

inline HttpClient::Options loopback_options() {
  HttpClient::Options options;
  options.policy = loopback_policy();
  return options;
}

class Fetching {
 public:
  explicit Fetching(HttpClient::Options options = loopback_options()) : client(io, std::move(options)) {}

  NetResult<HttpReply> get(HttpRequest request) {
    std::vector<HttpRequest> one;
    one.push_back(std::move(request));
    return std::move(get_all(std::move(one)).front());
  }
  NetResult<HttpReply> get(const std::string& url) { return get(HttpRequest(url)); }

  // All at once; the replies in the order of the requests.
  std::vector<NetResult<HttpReply>> get_all(std::vector<HttpRequest> requests) {
    std::vector<std::optional<NetResult<HttpReply>>> replies(requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) {
      boost::asio::co_spawn(io, keep(client, std::move(requests[i]), replies[i]), boost::asio::detached);
    }
    io.restart();
    io.run();
    std::vector<NetResult<HttpReply>> out;
    for (auto& reply : replies) out.push_back(std::move(reply.value()));
    return out;
  }

  static boost::asio::awaitable<void> keep(HttpClient& client, HttpRequest request,
                                           std::optional<NetResult<HttpReply>>& into) {
    into = co_await client.fetch(std::move(request));
  }

  boost::asio::io_context io;
  HttpClient client;
};

}  // namespace sotevahti::net
