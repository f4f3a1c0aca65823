// A scripted SMTP server on loopback, for tests: takes mail as told and keeps what it
// saw. Runs in a thread of its own from construction to destruction. Every function may
// be called from any thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sotevahti::test_support {

struct SeenMail {
  std::string from;  // the path's inside
  std::vector<std::string> to;
  std::string data;  // as it came, dots unstuffed, without the ending dot
  std::string user;  // who had signed in
  bool is_encrypted = false;
  std::size_t connection = 0;  // 1, 2, ...
};

struct SmtpAnswer {
  explicit SmtpAnswer(std::string l) : line(std::move(l)) {}
  std::string line;     // "550 5.1.1 No such user"; lines parted by \r\n; "": says nothing
  bool closes = false;  // the connection, after the line
  std::chrono::milliseconds delay{0};
};

class SmtpServer {
 public:
  struct Options {
    Options() {}
    std::string tls_name;  // offers STARTTLS with a certificate for it
    bool is_tls_from_start = false;
    std::string user;  // offers AUTH PLAIN and takes this alone
    std::string password;
  };
  explicit SmtpServer(Options options = {});
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  // Asked before each command ("CONNECT", "EHLO", "MAIL", ..., and "." for the end of the data) with
  // its whole line; none: the usual answer.
  using Script = std::function<std::optional<SmtpAnswer>(std::string_view verb, std::string_view line)>;
  void set_script(Script script);

  std::uint16_t port() const;
  std::string url() const;  // "smtp://127.0.0.1:PORT"
  std::string ca_file() const;

  std::vector<SeenMail> mails() const;
  std::vector<std::string> commands() const;  // each line as it came, data left out
  std::size_t connections() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotevahti::test_support
