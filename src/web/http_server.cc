#include "web/http_server.h"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <atomic>
#include <charconv>
#include <optional>
#include <thread>

#include "base/log.h"
#include "text/words.h"
#include "web/workers.h"

namespace sotevahti::web {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

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

std::optional<Request> read_request(http::request<http::string_body>&& from) {
  auto target = parse_target({from.target().data(), from.target().size()});
  if (!target) return std::nullopt;
  Request request;
  request.method = std::string(from.method_string());
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  for (const auto& field : from) {
    std::string name = text::lower({field.name_string().data(), field.name_string().size()});
    request.headers.emplace(std::move(name), std::string(field.value()));
  }
  request.body = std::move(from.body());
  return request;
}

http::response<http::string_body> write_response(Response&& from, unsigned version, bool keep_alive, bool head) {
  http::response<http::string_body> to(static_cast<http::status>(from.status), version);
  to.set(http::field::server, "sotevahti");
  if (!from.content_type.empty()) to.set(http::field::content_type, from.content_type);
  for (const auto& [name, value] : from.headers) to.insert(name, value);
  to.keep_alive(keep_alive);
  const std::size_t length = from.body.size();
  if (!head) to.body() = std::move(from.body);
  if (from.status != 304 && from.status != 204) to.content_length(length);
  return to;
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const Options& options, tcp::acceptor acceptor, std::unique_ptr<asio::io_context> io,
       std::function<Handler()> make_handler)
      : options_(options),
        io_(std::move(io)),
        acceptor_(std::move(acceptor)),
        acceptor_address_(acceptor_.local_endpoint()),
        room_(*io_),
        workers_(std::max(1U, options.workers), std::move(make_handler)) {
    asio::co_spawn(*io_, accept_all(), asio::detached);
    thread_ = std::thread([this] { io_->run(); });
  }

  ~Impl() { stop(std::chrono::milliseconds(0)); }

  std::string address() const {
    const auto at = acceptor_address_;
    return at.address().is_v6() ? fmt::format("http://[{}]:{}", at.address().to_string(), at.port())
                                : fmt::format("http://{}:{}", at.address().to_string(), at.port());
  }

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
    io_->stop();
    thread_.join();
  }

 private:
  asio::awaitable<void> accept_all() {
    while (!stopping_) {
      if (connections_ >= options_.max_connections) {
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
      ++connections_;
      asio::co_spawn(*io_, serve(beast::tcp_stream(std::move(socket))), [this](std::exception_ptr failure) {
        --connections_;
        room_.cancel();
        try {
          if (failure) std::rethrow_exception(failure);
        } catch (const std::exception& e) {
          base::log_warning("web: a connection ended early: {}", e.what());
        }
      });
    }
  }

  asio::awaitable<void> serve(beast::tcp_stream stream) {
    beast::flat_buffer buffer(options_.max_header_bytes + options_.max_body_bytes);
    for (bool keep_alive = true; keep_alive && !stopping_;) {
      http::request_parser<http::string_body> parser;
      parser.header_limit(static_cast<std::uint32_t>(options_.max_header_bytes));
      parser.body_limit(options_.max_body_bytes);
      // The first byte may take its time on a kept connection; then the request has to come.
      stream.expires_after(options_.idle);
      if (buffer.size() == 0) {
        auto [error, count] = co_await stream.async_read_some(buffer.prepare(4096), quietly);
        if (error) co_return;
        buffer.commit(count);
      }
      stream.expires_after(options_.slowness);
      auto [error, count] = co_await http::async_read(stream, buffer, parser, quietly);
      if (error == http::error::end_of_stream) break;
      Response response;
      const unsigned version = parser.get().version();
      const bool head = parser.get().method() == http::verb::head;
      keep_alive = !error && parser.keep_alive();
      ++answering_;
      struct Answering {
        std::atomic<int>& count;
        ~Answering() { --count; }
      } const answering{answering_};
      if (error == http::error::body_limit) response = plain(413, "The request's body is too large.\n");
      else if (error == http::error::header_limit || error == http::error::buffer_overflow)
        response = plain(431, "The request's header is too large.\n");
      else if (error == beast::error::timeout) co_return;
      else if (error) response = plain(400, "That is no HTTP request.\n");
      else response = co_await handle(parser.release());

      auto message = write_response(std::move(response), version == 0 ? 11 : version, keep_alive, head);
      http::serializer<false, http::string_body> serializer(message);
      stream.expires_after(options_.slowness);
      auto [write_error, written] = co_await (head ? http::async_write_header(stream, serializer, quietly)
                                                   : http::async_write(stream, serializer, quietly));
      if (write_error) co_return;
    }
    beast::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  // On a worker; this connection sleeps meanwhile.
  asio::awaitable<Response> handle(http::request<http::string_body> message) {
    std::optional<Request> request = read_request(std::move(message));
    if (!request) co_return plain(400, "That is no path.\n");
    struct Shared {
      Shared(asio::io_context& io, Request r) : done(io, asio::steady_timer::time_point::max()), request(std::move(r)) {}
      asio::steady_timer done;
      Request request;
      Response response;
    };
    auto shared = std::make_shared<Shared>(*io_, std::move(*request));
    workers_.submit([shared, io = io_.get()](Handler& handler) {
      try {
        shared->response = handler(shared->request);
      } catch (const std::exception& e) {
        base::log_error("web: {} {}: {}", shared->request.method, shared->request.path, e.what());
        shared->response = plain(500, "Something went wrong here; it has been written into the log.\n");
      }
      asio::post(*io, [shared] { shared->done.cancel(); });
    });
    co_await shared->done.async_wait(quietly);
    co_return std::move(shared->response);
  }

  Options options_;
  std::unique_ptr<asio::io_context> io_;
  tcp::acceptor acceptor_;
  tcp::endpoint acceptor_address_;
  asio::steady_timer room_;  // cancelled when a connection ends
  std::size_t connections_ = 0;
  std::atomic<int> answering_{0};
  std::atomic<bool> stopping_{false};
  Workers<Handler> workers_;  // ends before the io_context that its jobs post to
  std::thread thread_;
};

base::Result<std::unique_ptr<HttpServer>> HttpServer::start(const Options& options,
                                                            std::function<Handler()> make_handler) {
  const auto endpoint = parse_listen(options.listen);
  if (!endpoint) return tl::unexpected(endpoint.error());
  auto io = std::make_unique<asio::io_context>(1);
  beast::error_code error;
  tcp::acceptor acceptor(*io);
  acceptor.open(endpoint->protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(*endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return base::fail(fmt::format("cannot listen at {}: {}", options.listen, error.message()));
  auto impl = std::make_unique<Impl>(options, std::move(acceptor), std::move(io), std::move(make_handler));
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;
std::string HttpServer::address() const { return impl_->address(); }
void HttpServer::stop(std::chrono::milliseconds patience) { impl_->stop(patience); }

}  // namespace sotevahti::web
