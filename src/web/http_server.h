// An HTTP/1.1 server by Beast: one thread for the sockets, some for the handlers, so
// that a slow page holds no other connection up. Bounded in connections, header and
// body bytes and time; a client that is slow or silent is let go. Knows nothing of
// what it serves. A full house lets the client go that has been silent the longest.
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "web/http.h"

namespace sotevahti::web {

class HttpServer {
 public:
  // An answer that is there already. Where it is due, a worker makes it anew for those who ask next.
  struct Kept {
    std::optional<Response> answer;
    bool is_due = false;
  };
  struct Options {
    Options() {}
    std::string listen = "127.0.0.1:0";  // "ADDRESS:PORT", "[::1]:PORT"; port 0: any that is free
    int listening = -1;                  // a TCP socket that listens already and is taken over, instead of `listen`
    std::size_t max_connections = 512;
    std::size_t max_header_bytes = std::size_t{16} << 10;
    std::size_t max_body_bytes = std::size_t{64} << 10;
    // Paths that begin so may be sent more, by a few at a time: the others are told to come back. Empty: none.
    std::string upload_path;
    std::size_t max_upload_bytes = std::size_t{4} << 20;
    int most_uploads = 4;
    std::chrono::seconds idle{30};      // between two requests
    std::chrono::seconds slowness{10};  // for one request to come, or one answer to be taken
    unsigned workers = 2;
    // Asked first, on the sockets' thread: it must be quick. May be empty.
    std::function<Kept(const Request&)> kept;
    // Told what each answer took to make; on the sockets' thread; may be empty.
    std::function<void(std::chrono::duration<double>)> answered;
  };
  using Handler = std::function<Response(const Request&)>;

  // `make_handler` is called once on each worker, whose requests its handler then answers.
  // What a handler throws becomes a 500 and a line in the log.
  static base::Result<std::unique_ptr<HttpServer>> start(const Options& options, std::function<Handler()> make_handler);
  ~HttpServer();  // stop(0)
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string address() const;  // "http://127.0.0.1:8470", as bound
  // Accepts nothing more, lets what is under way end for at most `patience`.
  void stop(std::chrono::milliseconds patience);

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotevahti::web
