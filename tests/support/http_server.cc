#include "support/http_server.h"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "support/certificate.h"
#include "support/temp_folder.h"

namespace sotevahti::test_support {
namespace asio = boost::asio;
using asio::use_awaitable;
using asio::ip::tcp;

namespace {

constexpr std::size_t largest_request = std::size_t{64} << 20;

std::string_view line_of(std::string_view& text) {
  const auto end = text.find("\r\n");
  const auto line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 2);
  return line;
}

SeenRequest parse_head(std::string_view head) {
  SeenRequest out;
  const auto first = line_of(head);
  const auto space = first.find(' ');
  out.method = first.substr(0, space);
  if (space != first.npos) out.target = first.substr(space + 1, first.rfind(' ') - space - 1);
  for (auto line = line_of(head); !line.empty(); line = line_of(head)) {
    const auto colon = line.find(':');
    auto value = colon == line.npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    out.headers.emplace_back(line.substr(0, colon), value);
  }
  return out;
}

tcp::socket& lowest(tcp::socket& socket) { return socket; }
tcp::socket& lowest(asio::ssl::stream<tcp::socket>& stream) { return stream.next_layer(); }

asio::awaitable<void> pause(std::chrono::milliseconds time) {
  if (time.count() <= 0) co_return;
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(use_awaitable);
}

}  // namespace

class HttpServer::Impl {
 public:
  explicit Impl(Options options) : options_(std::move(options)), acceptor_(io_) {
    if (!options_.tls_name.empty()) use_tls();
    const tcp::endpoint endpoint(asio::ip::make_address(options_.address), options_.port);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    if (endpoint.protocol() == tcp::v6()) acceptor_.set_option(asio::ip::v6_only(false));
    acceptor_.bind(endpoint);
    acceptor_.listen(4096);
    port_ = acceptor_.local_endpoint().port();
    asio::co_spawn(io_, accept_all(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }

  ~Impl() {
    io_.stop();
    thread_.join();
  }

  void serve(std::string target, Script script) {
    const std::lock_guard lock(mutex_);
    scripts_[std::move(target)] = std::move(script);
  }

  std::string url(std::string_view path, std::string_view host) const {
    std::string out = tls_ ? "https://" : "http://";
    if (host.empty()) host = tls_ ? std::string_view(options_.tls_name) : std::string_view(options_.address);
    const bool is_v6 = host.find(':') != host.npos;
    out.append(is_v6 ? "[" : "").append(host).append(is_v6 ? "]:" : ":").append(std::to_string(port_));
    return out.append(path);
  }

  std::vector<SeenRequest> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

  void forget() {
    const std::lock_guard lock(mutex_);
    seen_.clear();
    times_asked_.clear();
  }

  bool wait_until_closed(std::chrono::milliseconds at_most) const {
    std::unique_lock lock(mutex_);
    return closed_.wait_for(lock, at_most, [&] { return open_ == 0; });
  }

  std::uint16_t port() const { return port_; }
  std::string ca_file() const { return folder_ ? (*folder_ / "ca.pem").string() : std::string(); }

  std::atomic<std::size_t> connections_{0};
  std::atomic<std::size_t> open_{0};
  std::atomic<std::size_t> under_way_{0};
  std::atomic<std::size_t> most_at_once_{0};
  std::atomic<std::size_t> bytes_sent_{0};

 private:
  void use_tls() {
    const Certificate certificate = make_certificate(options_.tls_name);
    folder_.emplace();
    folder_->write("ca.pem", certificate.certificate_pem);
    tls_.emplace(asio::ssl::context::tls_server);
    tls_->use_certificate_chain(asio::buffer(certificate.certificate_pem));
    tls_->use_private_key(asio::buffer(certificate.key_pem), asio::ssl::context::pem);
  }

  asio::awaitable<void> accept_all() {
    for (;;) {
      tcp::socket socket = co_await acceptor_.async_accept(use_awaitable);
      socket.set_option(tcp::no_delay(true));
      const std::size_t number = ++connections_;
      ++open_;
      asio::co_spawn(io_, converse(std::move(socket), number), asio::detached);
    }
  }

  // The client may end a conversation at any moment: that is no error of the test.
  asio::awaitable<void> converse(tcp::socket socket, std::size_t number) {
    try {
      if (tls_) {
        asio::ssl::stream<tcp::socket> stream(std::move(socket), *tls_);
        co_await stream.async_handshake(asio::ssl::stream_base::server, use_awaitable);
        co_await answer_all(stream, number);
      } else {
        co_await answer_all(socket, number);
      }
    } catch (const boost::system::system_error&) {}
    {
      const std::lock_guard lock(mutex_);
      --open_;
    }
    closed_.notify_all();
  }

  template <class Stream>
  asio::awaitable<void> answer_all(Stream& stream, std::size_t number) {
    std::string received;
    for (;;) {
      SeenRequest request = co_await read_request(stream, received);
      request.connection = number;
      const Answer answer = decide(request);
      if (const std::size_t now = ++under_way_; now > most_at_once_) most_at_once_ = now;
      struct Leave {
        std::atomic<std::size_t>& count;
        ~Leave() { --count; }
      } const leave{under_way_};
      co_await send(stream, answer, request.method != "HEAD");
      if (answer.ending == Answer::Ending::hang) co_await read_request(stream, received);
      if (answer.ending == Answer::Ending::reset) lowest(stream).set_option(asio::socket_base::linger(true, 0));
      if (answer.ending != Answer::Ending::keep_alive || answer.length == Answer::Length::until_close) break;
    }
    lowest(stream).close();
  }

  template <class Stream>
  asio::awaitable<SeenRequest> read_request(Stream& stream, std::string& received) {
    const std::size_t head = co_await asio::async_read_until(stream, asio::dynamic_buffer(received, largest_request),
                                                             "\r\n\r\n", use_awaitable);
    SeenRequest request = parse_head(std::string_view(received).substr(0, head));
    request.at = std::chrono::steady_clock::now();
    const std::size_t body = std::stoul(request.header("Content-Length").value_or("0"));
    if (received.size() < head + body) {
      co_await asio::async_read(stream, asio::dynamic_buffer(received, largest_request),
                                asio::transfer_exactly(head + body - received.size()), use_awaitable);
    }
    request.body = received.substr(head, body);
    received.erase(0, head + body);
    co_return request;
  }

  Answer decide(SeenRequest& request) {
    const std::lock_guard lock(mutex_);
    request.nth = ++times_asked_[request.target];
    seen_.push_back(request);
    for (const auto& target : {request.target, request.target.substr(0, request.target.find('?')), std::string("*")}) {
      if (const auto found = scripts_.find(target); found != scripts_.end()) return found->second(request);
    }
    Answer answer = html_page();
    answer.status = 404;
    return answer;
  }

  template <class Stream>
  asio::awaitable<void> send(Stream& stream, const Answer& answer, bool has_body) {
    co_await pause(answer.delay);
    std::string bytes = to_bytes(answer, has_body);
    if (answer.cut_after && *answer.cut_after < bytes.size()) bytes.resize(*answer.cut_after);
    const std::size_t piece = answer.piece == 0 ? bytes.size() : answer.piece;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      if (at > 0) co_await pause(answer.gap);
      bytes_sent_ += co_await asio::async_write(
          stream, asio::buffer(bytes.data() + at, std::min(piece, bytes.size() - at)), use_awaitable);
    }
    while (!answer.endless.empty()) {
      co_await pause(answer.gap);
      bytes_sent_ += co_await asio::async_write(stream, asio::buffer(answer.endless), use_awaitable);
    }
  }

  const Options options_;
  std::uint16_t port_ = 0;
  std::optional<TempFolder> folder_;
  std::optional<asio::ssl::context> tls_;
  mutable std::mutex mutex_;
  mutable std::condition_variable closed_;
  std::map<std::string, Script> scripts_;
  std::map<std::string, std::size_t> times_asked_;
  std::vector<SeenRequest> seen_;
  asio::io_context io_;  // goes before what its coroutines use
  tcp::acceptor acceptor_;
  std::thread thread_;
};

HttpServer::HttpServer(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
HttpServer::~HttpServer() = default;

void HttpServer::serve(std::string target, Answer answer) {
  impl_->serve(std::move(target), [answer = std::move(answer)](const SeenRequest&) { return answer; });
}
void HttpServer::serve(std::string target, Script script) { impl_->serve(std::move(target), std::move(script)); }

std::uint16_t HttpServer::port() const { return impl_->port(); }
std::string HttpServer::url(std::string_view path, std::string_view host) const { return impl_->url(path, host); }
std::string HttpServer::ca_file() const { return impl_->ca_file(); }

std::vector<SeenRequest> HttpServer::seen() const { return impl_->seen(); }
std::vector<SeenRequest> HttpServer::seen(std::string_view target) const {
  auto all = impl_->seen();
  std::erase_if(all, [&](const SeenRequest& request) { return request.target != target; });
  return all;
}
std::size_t HttpServer::requests() const { return impl_->seen().size(); }
std::size_t HttpServer::connections() const { return impl_->connections_; }
std::size_t HttpServer::open_connections() const { return impl_->open_; }
std::size_t HttpServer::most_at_once() const { return impl_->most_at_once_; }
std::size_t HttpServer::bytes_sent() const { return impl_->bytes_sent_; }
void HttpServer::forget() { impl_->forget(); }
bool HttpServer::wait_until_closed(std::chrono::milliseconds at_most) const {
  return impl_->wait_until_closed(at_most);
}

}  // namespace sotevahti::test_support
