// The HTTP client: libcurl's multi interface on one Asio thread. Every transfer is bounded in time, decoded bytes and
// redirects; every connection's true address is judged at connect and again before each request, for a connection
// that is used again skips the first. No cookies, no Referer, no proxy or netrc from the environment. One client for
// each purpose (feeds, webhooks), so that an allowance of one can never lend a pooled connection to another. All
// calls from the io_context's thread, whose run() is held only while something is under way; it must outlive the
// client.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "net/address.h"

namespace sotevahti::net {

enum class Method { get, head, post };

// Constructors are declared: gcc 12 destroys an aggregate in a co_await operand twice.
struct HttpRequest {
  HttpRequest() {}
  explicit HttpRequest(std::string address) : url(std::move(address)) {}
  Method method = Method::get;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  // validators go here byte for byte
  std::string body;
  std::string user_agent;
  bool follow_redirects = true;  // a POST never does
  std::chrono::milliseconds timeout{30000};
  std::chrono::milliseconds connect_timeout{10000};
  std::size_t max_bytes = std::size_t{10} << 20;  // decoded
  // Asked once when an answer grows beyond `modest_bytes`; false: it ends as too large. May be empty.
  std::size_t modest_bytes = std::size_t{256} << 10;
  std::function<bool()> may_grow;
  int max_redirects = 5;
  // Asks for the body as it is and takes it so, whatever the answer says of its packing: after NetError::packing.
  bool unpacked = false;
};

struct Redirect {
  int status = 0;
  std::string to;  // absolute
};

struct HttpReply {
  HttpReply() {}
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // of the last answer; names in lower case
  std::string body;                                          // decoded
  std::string effective_url;
  std::vector<Redirect> redirects;
  std::size_t wire_bytes = 0;  // received, headers and redirects included, before decoding
  // The first value of that name, or "".
  std::string_view header(std::string_view lower_case_name) const;
  // To somewhere: its status says so, and its Location where.
  bool is_redirect() const;
};

// Why there is no reply. Statuses such as 404 are replies, not errors.
enum class NetError {
  bad_url,
  dns,
  connect,
  tls,
  timeout,
  too_large,
  too_many_redirects,
  blocked_address,
  reset,
  protocol,
  packing,  // the body is not packed as its Content-Encoding says, or something follows it
  cancelled
};
struct NetFailure {
  NetError error = NetError::protocol;
  std::string detail;  // for a person; one line, fit for a log
};
std::string_view to_string(NetError error);

template <class T>
using NetResult = base::Result<T, NetFailure>;

class HttpClient {
 public:
  struct Options {
    Options() {}
    AddressPolicy policy;
    std::size_t max_connections = 256;
    std::string proxy;                       // trusted: behind it only addresses written in a URL can be judged
    std::string ca_file;                     // empty: the system's
    std::chrono::seconds stall_timeout{20};  // under 64 bytes a second for so long: given up
  };
  HttpClient(boost::asio::io_context& io, Options options);
  ~HttpClient();  // ends what is under way with NetError::cancelled
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Never throws for what a server or network does. Cancellable: the transfer is
  // dropped and answers with NetError::cancelled. Beyond max_connections requests wait
  // here, and their timeout begins when they start.
  boost::asio::awaitable<NetResult<HttpReply>> fetch(HttpRequest request);

  std::size_t active() const;
  void cancel_all();
  // For a reload. Counts from the next request on, for connections that are open already too.
  void set_policy(AddressPolicy policy);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace sotevahti::net
