// A scripted HTTP server on loopback, for tests: answers each path as told and keeps
// what it saw. Runs in a thread of its own from construction to destruction, which ends
// all connections at once. Every function may be called from any thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/http_script.h"

namespace sotevahti::test_support {

class HttpServer {
 public:
  struct Options {
    Options() {}
    std::string address = "127.0.0.1";  // "0.0.0.0" answers on all of 127.0.0.0/8, "::" on IPv6 too
    std::uint16_t port = 0;             // 0: a free one
    // A name or address: HTTPS with a certificate for it. Empty: plain HTTP.
    std::string tls_name;
  };
  explicit HttpServer(Options options = {});
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // For "/path" (any query), "/path?query" (that one), or "*" (whatever has no script; without it: 404).
  void serve(std::string target, Answer answer);
  void serve(std::string target, Script script);

  std::uint16_t port() const;
  // "http://127.0.0.1:PORT/path"; host in place of the server's own address.
  std::string url(std::string_view path, std::string_view host = {}) const;
  // The certificate, as a file of trusted ones.
  std::string ca_file() const;

  std::vector<SeenRequest> seen() const;
  std::vector<SeenRequest> seen(std::string_view target) const;
  std::size_t requests() const;
  std::size_t connections() const;       // ever accepted
  std::size_t open_connections() const;  // now
  std::size_t most_at_once() const;      // requests under way
  std::size_t bytes_sent() const;
  void forget();  // what was seen, not the scripts

  // False when a connection is still open after so long.
  bool wait_until_closed(std::chrono::milliseconds at_most) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotevahti::test_support
