#include "support/smtp_server.h"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <mutex>
#include <thread>

#include "base/hash.h"
#include "support/certificate.h"
#include "support/temp_folder.h"

namespace sotevahti::test_support {
namespace asio = boost::asio;
using asio::use_awaitable;
using asio::ip::tcp;

namespace {

using TlsStream = asio::ssl::stream<tcp::socket&>;

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

// What stands between < and >.
std::string path_in(std::string_view line) {
  const auto open = line.find('<');
  const auto close = line.find('>', open);
  return close == line.npos ? std::string() : std::string(line.substr(open + 1, close - open - 1));
}

std::string unstuffed(std::string_view data) {
  std::string out;
  bool is_line_start = true;
  for (const char c : data) {
    if (!(is_line_start && c == '.')) out += c;
    is_line_start = c == '\n';
  }
  return out;
}

}  // namespace

class SmtpServer::Impl {
 public:
  explicit Impl(Options options)
      : options_(std::move(options)), acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    port_ = acceptor_.local_endpoint().port();
    if (!options_.tls_name.empty()) use_tls();
    asio::co_spawn(io_, accept_all(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
  }

  ~Impl() {
    io_.stop();
    thread_.join();
  }

  const Options options_;
  std::optional<TempFolder> folder_;
  std::optional<asio::ssl::context> tls_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  Script script_;
  std::vector<SeenMail> mails_;
  std::vector<std::string> commands_;
  std::atomic<std::size_t> connections_{0};

 private:
  // One connection's conversation. (Named strings in every co_await: gcc 12 loses temporaries there.)
  struct Session {
    SeenMail mail;
    std::string received;
    bool wants_tls = false;
    bool is_over = false;
  };

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
      asio::co_spawn(io_, converse(std::move(socket), ++connections_), asio::detached);
    }
  }

  // The client may end a conversation at any moment: that is no error of the test.
  asio::awaitable<void> converse(tcp::socket socket, std::size_t number) {
    try {
      Session session;
      session.mail.connection = number;
      const std::string greeting = "220 test ESMTP";
      if (!options_.is_tls_from_start) {
        co_await answer(socket, session, "CONNECT", "", greeting);
        co_await speak(socket, session);
        if (!session.wants_tls) co_return;
      }
      TlsStream stream(socket, *tls_);
      co_await stream.async_handshake(asio::ssl::stream_base::server, use_awaitable);
      session.mail.is_encrypted = true;
      if (options_.is_tls_from_start) co_await answer(stream, session, "CONNECT", "", greeting);
      co_await speak(stream, session);
    } catch (const boost::system::system_error&) {}
  }

  template <class Stream>
  asio::awaitable<void> speak(Stream& stream, Session& session) {
    while (!session.is_over) {
      const std::size_t size =
          co_await asio::async_read_until(stream, asio::dynamic_buffer(session.received), "\r\n", use_awaitable);
      const std::string line = session.received.substr(0, size - 2);
      session.received.erase(0, size);
      {
        const std::lock_guard lock(mutex_);
        commands_.push_back(line);
      }
      const std::string verb = upper(line.substr(0, line.find(' ')));
      co_await obey(stream, session, verb, line);
      if (session.wants_tls && !session.mail.is_encrypted) co_return;
    }
  }

  template <class Stream>
  asio::awaitable<void> obey(Stream& stream, Session& session, const std::string& verb, const std::string& line) {
    if (verb == "AUTH") {
      co_await sign_in(stream, session, line);
      co_return;
    }
    const std::string usual = usual_answer(session, verb);
    const bool is_good = co_await answer(stream, session, verb, line, usual);
    if (verb == "QUIT") session.is_over = true;
    if (!is_good) co_return;
    if (verb == "STARTTLS") session.wants_tls = true;
    if (verb == "MAIL") session.mail.from = path_in(line);
    if (verb == "RCPT") session.mail.to.push_back(path_in(line));
    if (verb == "DATA") co_await take_data(stream, session);
  }

  std::string usual_answer(const Session& session, std::string_view verb) const {
    if (verb == "EHLO") return hello(session);
    if (verb == "STARTTLS" && tls_) return "220 go on";
    if (verb == "MAIL") return "250 2.1.0 ok";
    if (verb == "RCPT") return "250 2.1.5 ok";
    if (verb == "DATA") return "354 go on";
    if (verb == "QUIT") return "221 bye";
    return "500 5.5.1 what?";
  }

  std::string hello(const Session& session) const {
    std::string out = "250-test\r\n250-SIZE 50000000\r\n250-ENHANCEDSTATUSCODES\r\n";
    if (tls_ && !session.mail.is_encrypted) out += "250-STARTTLS\r\n";
    if (!options_.user.empty()) out += "250-AUTH PLAIN\r\n";
    return out + "250 8BITMIME";
  }

  template <class Stream>
  asio::awaitable<void> sign_in(Stream& stream, Session& session, std::string line) {
    if (line == "AUTH PLAIN") {  // the secret comes on a line of its own
      co_await asio::async_write(stream, asio::buffer(std::string_view("334 \r\n")), use_awaitable);
      const std::size_t size =
          co_await asio::async_read_until(stream, asio::dynamic_buffer(session.received), "\r\n", use_awaitable);
      line += " " + session.received.substr(0, size - 2);
      session.received.erase(0, size);
    }
    const std::string wanted =
        base::to_base64(std::string("\0", 1) + options_.user + std::string("\0", 1) + options_.password);
    const bool is_right = !options_.user.empty() && line == "AUTH PLAIN " + wanted;
    const std::string usual = is_right ? "235 2.7.0 welcome" : "535 5.7.8 wrong user or password";
    const bool is_taken = co_await answer(stream, session, "AUTH", line, usual);
    if (is_taken && is_right) session.mail.user = options_.user;
  }

  template <class Stream>
  asio::awaitable<void> take_data(Stream& stream, Session& session) {
    const std::size_t size =
        co_await asio::async_read_until(stream, asio::dynamic_buffer(session.received), "\r\n.\r\n", use_awaitable);
    session.mail.data = unstuffed(session.received.substr(0, size - 3));
    session.received.erase(0, size);
    const std::string usual = "250 2.0.0 queued";
    const SmtpAnswer said = decide(".", "", usual);
    if (is_good(said)) {
      const std::lock_guard lock(mutex_);
      mails_.push_back(session.mail);  // before the client knows that it was taken
    }
    co_await say(stream, session, said);
    session.mail.from.clear();
    session.mail.to.clear();
  }

  template <class Stream>
  asio::awaitable<bool> answer(Stream& stream, Session& session, std::string_view verb, std::string_view line,
                               const std::string& usual) {
    const SmtpAnswer said = decide(verb, line, usual);
    co_await say(stream, session, said);
    co_return is_good(said);
  }

  SmtpAnswer decide(std::string_view verb, std::string_view line, const std::string& usual) {
    const std::lock_guard lock(mutex_);
    const auto scripted = script_ ? script_(verb, line) : std::nullopt;
    return scripted.value_or(SmtpAnswer(usual));
  }

  static bool is_good(const SmtpAnswer& answer) { return answer.line.starts_with('2') || answer.line.starts_with('3'); }

  template <class Stream>
  asio::awaitable<void> say(Stream& stream, Session& session, const SmtpAnswer& said) {
    if (said.delay.count() > 0) {
      asio::steady_timer timer(io_, said.delay);
      co_await timer.async_wait(use_awaitable);
    }
    const std::string bytes = said.line.empty() ? "" : said.line + "\r\n";
    co_await asio::async_write(stream, asio::buffer(bytes), use_awaitable);
    if (said.closes) {
      session.is_over = true;
      stream.lowest_layer().close();
    }
  }

  asio::io_context io_;  // goes before what its coroutines use
  tcp::acceptor acceptor_;
  std::thread thread_;
};

SmtpServer::SmtpServer(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
SmtpServer::~SmtpServer() = default;

void SmtpServer::set_script(Script script) {
  const std::lock_guard lock(impl_->mutex_);
  impl_->script_ = std::move(script);
}

std::uint16_t SmtpServer::port() const { return impl_->port_; }

std::string SmtpServer::url() const {
  return (impl_->options_.is_tls_from_start ? "smtps://127.0.0.1:" : "smtp://127.0.0.1:") +
         std::to_string(impl_->port_);
}

std::string SmtpServer::ca_file() const {
  return impl_->folder_ ? (*impl_->folder_ / "ca.pem").string() : std::string();
}

std::vector<SeenMail> SmtpServer::mails() const {
  const std::lock_guard lock(impl_->mutex_);
  return impl_->mails_;
}

std::vector<std::string> SmtpServer::commands() const {
  const std::lock_guard lock(impl_->mutex_);
  return impl_->commands_;
}

std::size_t SmtpServer::connections() const { return impl_->connections_; }

}  // namespace sotevahti::test_support
