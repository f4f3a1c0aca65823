#include "web/http_server.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <list>
#include <optional>
#include <thread>

#include "base/log.h"
#include "text/words.h"
#include "web/limits.h"
#include "web/workers.h"

namespace sotevahti::web {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t least_bytes_a_second = std::size_t{16} << 10;  // that a client must take

base::Result<tcp::endpoint> parse_listen(const std::string& listen) {
  const auto colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  beast::error_code error;
  const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
  unsigned port = 65536;
  if (colon != listen.npos) std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), port);
  if (error || port > 65535)
    return base::fail(fmt::format("\"{}\" is no address to listen at (write one like 127.0.0.1:8470)", listen));
  return tcp::endpoint(address, static_cast<unsigned short>(port));
}

Response plain(int status, const char* text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = text;
  return response;
}

// Addresses of mailed links are keys to what is behind them: of a path the log shows no more than its place.
std::string without_keys(std::string_view path) {
  constexpr std::size_t shortest_key = 20;
  std::string shown;
  while (!path.empty()) {
    const auto end = std::min(path.find('/', 1), path.size());
    shown += end > shortest_key ? "/…" : path.substr(0, end);
    path.remove_prefix(end);
  }
  return shown;
}

std::optional<Request> read_request(http::request<http::string_body>&& from, const std::string& peer) {
  auto target = parse_target({from.target().data(), from.target().size()});
  if (!target) return std::nullopt;
  if (from.count(http::field::host) > 1) return std::nullopt;  // RFC 9112 3.2
  Request request;
  request.method = std::string(from.method_string());
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  for (const auto& field : from) {
    std::string name = text::lower({field.name_string().data(), field.name_string().size()});
    request.headers.emplace(std::move(name), std::string(field.value()));
  }
  if (!target->authority.empty()) request.headers.insert_or_assign("host", std::move(target->authority));
  request.client = client_network(peer, request.header("x-forwarded-for"));
  request.body = std::move(from.body());
  return request;
}

bool has_control(std::string_view value) {
  return std::any_of(value.begin(), value.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

http::response<http::string_body> write_response(Response&& from, unsigned version, bool keep_alive, bool head) {
  http::response<http::string_body> to(static_cast<http::status>(from.status), version);
  to.set(http::field::server, "sotevahti");
  if (!from.content_type.empty()) to.set(http::field::content_type, from.content_type);
  if (from.is_gzip) to.set(http::field::content_encoding, "gzip");
  for (const auto& [name, value] : from.headers)
    if (!has_control(value)) to.insert(name, value);  // no value begins a line of its own
  to.keep_alive(keep_alive);
  const std::size_t length = from.body.size();
  if (!head) to.body() = std::move(from.body);
  if (from.status != 304 && from.status != 204) to.content_length(length);
  return to;
}

Response refusal(const beast::error_code& error) {
  if (error == http::error::body_limit) return plain(413, "The request's body is too large.\n");
  if (error == asio::error::try_again) return plain(503, "Others are sending just now; come back in a moment.\n");
  if (error == http::error::header_limit || error == http::error::buffer_overflow)
    return plain(431, "The request's header is too large.\n");
  return plain(400, "That is no HTTP request.\n");
}

// One client: waiting (for its request to come) or being answered.
struct Connection {
  explicit Connection(tcp::socket socket) : peer(address_of(socket)), stream(std::move(socket)) {}
  const std::string peer;  // its address
  beast::tcp_stream stream;
  bool waiting = true;

 private:
  static std::string address_of(const tcp::socket& socket) {
    beast::error_code gone;
    const tcp::endpoint endpoint = socket.remote_endpoint(gone);
    return gone ? std::string() : endpoint.address().to_string();
  }
};

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const Options& options, tcp::acceptor acceptor, std::unique_ptr<asio::io_context> io,
       std::function<Handler()> make_handler)
      : options_(options),
        io_(std::move(io)),
        acceptor_(std::move(acceptor)),
        bound_to_(acceptor_.local_endpoint()),
        room_(*io_),
        workers_(std::max(1U, options.workers), std::move(make_handler)) {
    asio::co_spawn(*io_, accept_all(), [](std::exception_ptr failure) { log_failure("accepting", failure); });
    thread_ = std::thread([this] { io_->run(); });
  }

  ~Impl() { stop(std::chrono::milliseconds(0)); }

  std::string address() const {
    return bound_to_.address().is_v6()
               ? fmt::format("http://[{}]:{}", bound_to_.address().to_string(), bound_to_.port())
               : fmt::format("http://{}:{}", bound_to_.address().to_string(), bound_to_.port());
  }

  // Every coroutine runs to its end; none is torn down in the middle.
  void stop(std::chrono::milliseconds patience) {
    if (!thread_.joinable()) return;
    asio::post(*io_, [this] {
      stopping_ = true;
      beast::error_code ignored;
      acceptor_.close(ignored);
      room_.cancel();
    });
    const auto until = std::chrono::steady_clock::now() + patience;
    while (answering_ > 0 && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    abandoning_ = true;
    asio::post(*io_, [this] {
      for (Connection& connection : connections_) connection.stream.close();
    });
    thread_.join();
  }

 private:
  using Connections = std::list<Connection>;
  using Parser = http::request_parser<http::string_body>;

  static void log_failure(const char* what, std::exception_ptr failure) {
    try {
      if (failure) std::rethrow_exception(failure);
    } catch (const std::exception& e) {
      base::log_warning("web: {} ended early: {}", what, e.what());
    }
  }

  asio::awaitable<void> accept_all() {
    while (!stopping_) {
      if (connections_.size() >= options_.max_connections) {
        dismiss_the_slowest();
        room_.expires_at(asio::steady_timer::time_point::max());
        co_await room_.async_wait(quietly);
        continue;
      }
      auto [error, socket] = co_await acceptor_.async_accept(quietly);
      if (stopping_) co_return;
      if (error) {  // no descriptors left, most likely: a moment later some may be free
        room_.expires_after(std::chrono::milliseconds(100));
        co_await room_.async_wait(quietly);
        continue;
      }
      const auto connection = connections_.emplace(connections_.end(), std::move(socket));
      asio::co_spawn(*io_, serve(*connection), [this, connection](std::exception_ptr failure) {
        log_failure("a connection", failure);
        connections_.erase(connection);
        room_.cancel();
      });
    }
  }

  // A full house lets the one go that has been silent the longest, so that a thousand
  // half-open connections keep nobody out. Those being answered stay.
  void dismiss_the_slowest() {
    const auto slowest = std::find_if(connections_.begin(), connections_.end(),
                                      [](const Connection& connection) { return connection.waiting; });
    if (slowest != connections_.end()) slowest->stream.close();
  }

  // From now on the youngest of those that wait.
  void wait_anew(Connection& connection) {
    const auto at = std::find_if(connections_.begin(), connections_.end(),
                                 [&](const Connection& each) { return &each == &connection; });
    connections_.splice(connections_.end(), connections_, at);
    connection.waiting = true;
  }

  asio::awaitable<void> serve(Connection& connection) {
    auto& stream = connection.stream;
    beast::flat_buffer buffer(options_.max_header_bytes + options_.max_body_bytes);
    std::chrono::seconds patience = options_.slowness;
    for (bool keep_alive = true; keep_alive && !stopping_; patience = options_.idle) {
      Parser parser;
      // The first byte may take its time on a kept connection; then the request has to come.
      stream.expires_after(patience);
      if (buffer.size() == 0) {
        auto [error, count] = co_await stream.async_read_some(buffer.prepare(4096), quietly);
        if (error) co_return;
        buffer.commit(count);
      }
      stream.expires_after(options_.slowness);
      const beast::error_code error = co_await read(stream, buffer, parser);
      if (error == http::error::end_of_stream || is_gone(error)) break;
      connection.waiting = false;
      keep_alive = !error && parser.keep_alive();
      const Counted answering(answering_);
      const bool head = parser.get().method() == http::verb::head;
      const unsigned version = parser.get().version();
      Response response;
      if (error) response = refusal(error);
      else response = co_await handle(parser.release(), connection.peer);
      auto message = write_response(std::move(response), version < 10 ? 11 : version, keep_alive, head);
      if (!co_await send(stream, message, head)) co_return;
      wait_anew(connection);
    }
    co_await hang_up(stream);
  }

  // The header tells how much may follow.
  asio::awaitable<beast::error_code> read(beast::tcp_stream& stream, beast::flat_buffer& buffer, Parser& parser) {
    parser.header_limit(static_cast<std::uint32_t>(options_.max_header_bytes));
    parser.body_limit(std::max(options_.max_body_bytes, options_.max_upload_bytes));
    auto [error, count] = co_await http::async_read_header(stream, buffer, parser, quietly);
    if (error) co_return error;
    const std::string_view target(parser.get().target().data(), parser.get().target().size());
    const bool is_upload = !options_.upload_path.empty() && target.starts_with(options_.upload_path);
    const std::size_t most = is_upload ? options_.max_upload_bytes : options_.max_body_bytes;
    if (parser.content_length().value_or(0) > most) co_return http::error::body_limit;
    parser.body_limit(most);
    if (is_upload && uploads_ >= options_.most_uploads) co_return asio::error::try_again;
    const Counted upload(uploads_, is_upload ? 1 : 0);
    auto [body_error, body_count] = co_await http::async_read(stream, buffer, parser, quietly);
    co_return body_error;
  }

  // One more for as long as it lives.
  struct Counted {
    explicit Counted(std::atomic<int>& n, int more = 1) : count(n), by(more) { count += by; }
    ~Counted() { count -= by; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    std::atomic<int>& count;
    int by;
  };

  static bool is_gone(const beast::error_code& error) {
    return error == beast::error::timeout || error == asio::error::operation_aborted ||
           error == asio::error::connection_reset || error == asio::error::broken_pipe;
  }

  asio::awaitable<bool> send(beast::tcp_stream& stream, http::response<http::string_body>& message, bool head) {
    http::serializer<false, http::string_body> serializer(message);
    const auto extra = std::chrono::seconds(message.body().size() / least_bytes_a_second);
    stream.expires_after(options_.slowness + extra);
    if (head) {  // no conditional operand: gcc 12 destroys it twice
      auto [error, written] = co_await http::async_write_header(stream, serializer, quietly);
      co_return !error;
    }
    auto [error, written] = co_await http::async_write(stream, serializer, quietly);
    co_return !error;
  }

  // What is still coming is read for a moment: closing on unread bytes resets the
  // connection, and the client would never see why it was refused.
  asio::awaitable<void> hang_up(beast::tcp_stream& stream) {
    beast::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream.expires_after(std::chrono::seconds(1));
    std::array<char, 4096> rest;
    for (std::size_t most = std::size_t{256} << 10; most >= rest.size(); most -= rest.size()) {
      auto [error, count] = co_await stream.async_read_some(asio::buffer(rest), quietly);
      if (error) co_return;
    }
  }

  // On a worker; this connection sleeps meanwhile.
  asio::awaitable<Response> handle(http::request<http::string_body> message, const std::string& peer) {
    std::optional<Request> request = read_request(std::move(message), peer);
    if (!request)
      co_return plain(
          400,
          "That is no address of a page here: a path that begins with \"/\", in UTF-8; what follows a \"?\", too.\n");
    const auto began = std::chrono::steady_clock::now();
    if (options_.kept) {
      Kept kept = options_.kept(*request);
      if (kept.is_due) make_anew(*request);
      if (kept.answer) {
        if (options_.answered) options_.answered(std::chrono::steady_clock::now() - began);
        co_return std::move(*kept.answer);
      }
    }
    struct Shared {
      Shared(asio::io_context& io, Request r)
          : done(io, asio::steady_timer::time_point::max()), request(std::move(r)) {}
      asio::steady_timer done;
      Request request;
      Response response;
    };
    auto shared = std::make_shared<Shared>(*io_, std::move(*request));
    workers_.submit([this, shared](Handler& handler) {
      try {
        if (!abandoning_) shared->response = handler(shared->request);
      } catch (const std::exception& e) {
        base::log_error("web: {} {}: {}", shared->request.method, without_keys(shared->request.path), e.what());
        shared->response = plain(500, "Something went wrong here; it has been written into the log.\n");
      }
      asio::post(*io_, [shared] { shared->done.cancel(); });
    });
    co_await shared->done.async_wait(quietly);
    if (options_.answered) options_.answered(std::chrono::steady_clock::now() - began);
    co_return std::move(shared->response);
  }

  void make_anew(const Request& request) {
    workers_.submit([this, request](Handler& handler) {
      try {
        if (!abandoning_) handler(request);
      } catch (const std::exception& e) {
        base::log_error("web: {} {}: {}", request.method, without_keys(request.path), e.what());
      }
    });
  }

  Options options_;
  std::atomic<int> answering_{0};
  std::atomic<int> uploads_{0};
  std::atomic<bool> stopping_{false};    // no new requests
  std::atomic<bool> abandoning_{false};  // no answers either
  std::unique_ptr<asio::io_context> io_;
  tcp::acceptor acceptor_;
  tcp::endpoint bound_to_;
  asio::steady_timer room_;   // cancelled when a connection ends
  Connections connections_;   // the one that has waited the longest first
  Workers<Handler> workers_;  // ends before the io_context that its jobs post to
  std::thread thread_;
};

namespace {

base::Result<tcp::acceptor> listen_at(asio::io_context& io, const std::string& listen) {
  const auto endpoint = parse_listen(listen);
  if (!endpoint) return tl::unexpected(endpoint.error());
  beast::error_code error;
  tcp::acceptor acceptor(io);
  acceptor.open(endpoint->protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(*endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return base::fail(fmt::format("cannot listen at {}: {}", listen, error.message()));
  return acceptor;
}

base::Result<tcp::acceptor> take_over(asio::io_context& io, int listening) {
  sockaddr_storage bound{};
  socklen_t length = sizeof bound;
  const bool is_socket = ::getsockname(listening, reinterpret_cast<sockaddr*>(&bound), &length) == 0;
  if (!is_socket || (bound.ss_family != AF_INET && bound.ss_family != AF_INET6))
    return base::fail("the socket that was handed over is none of TCP: write ListenStream=ADDRESS:PORT");
  tcp::acceptor acceptor(io);
  beast::error_code error;
  acceptor.assign(bound.ss_family == AF_INET ? tcp::v4() : tcp::v6(), listening, error);
  if (error) return base::fail(fmt::format("the socket that was handed over: {}", error.message()));
  return acceptor;
}

}  // namespace

base::Result<std::unique_ptr<HttpServer>> HttpServer::start(const Options& options,
                                                            std::function<Handler()> make_handler) {
  auto io = std::make_unique<asio::io_context>(1);
  auto acceptor = options.listening >= 0 ? take_over(*io, options.listening) : listen_at(*io, options.listen);
  if (!acceptor) return tl::unexpected(acceptor.error());
  auto impl = std::make_unique<Impl>(options, std::move(*acceptor), std::move(io), std::move(make_handler));
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;
std::string HttpServer::address() const { return impl_->address(); }
void HttpServer::stop(std::chrono::milliseconds patience) { impl_->stop(patience); }

}  // namespace sotevahti::web
