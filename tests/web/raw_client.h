// A client that sends whatever bytes a test likes, right or wrong, and reads what comes back.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "text/words.h"

namespace sotevahti::web::test {

struct RawResponse {
  int status = 0;                                   // 0: nothing came
  std::multimap<std::string, std::string> headers;  // names in lower case
  std::string body;

  std::string header(const std::string& name) const {
    const auto at = headers.find(name);
    return at == headers.end() ? "" : at->second;
  }
};

inline std::uint16_t port_of(std::string_view address) {
  return static_cast<std::uint16_t>(std::atoi(std::string(address.substr(address.rfind(':') + 1)).c_str()));
}

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
      throw std::runtime_error("cannot connect");
  }
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }
  RawClient(RawClient&& from) noexcept : socket_(std::exchange(from.socket_, -1)), rest_(std::move(from.rest_)) {}
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  // Is the connection closed by the server, within so long?
  bool closes_within(std::chrono::milliseconds most) {
    const auto until = std::chrono::steady_clock::now() + most;
    while (std::chrono::steady_clock::now() < until)
      if (!take_more(until)) return closed_;
    return false;
  }

  // One response; its body by its Content-Length, none for HEAD.
  RawResponse receive(bool head = false, std::chrono::milliseconds most = std::chrono::seconds(10)) {
    const auto until = std::chrono::steady_clock::now() + most;
    std::size_t end = rest_.find("\r\n\r\n");
    while (end == rest_.npos && take_more(until)) end = rest_.find("\r\n\r\n");
    if (end == rest_.npos) return {};
    RawResponse response = parse_head(rest_.substr(0, end));
    rest_.erase(0, end + 4);
    const std::size_t length = head ? 0 : std::strtoul(response.header("content-length").c_str(), nullptr, 10);
    while (rest_.size() < length && take_more(until)) {}
    response.body = rest_.substr(0, length);
    rest_.erase(0, length);
    return response;
  }

 private:
  static RawResponse parse_head(const std::string& head) {
    RawResponse response;
    if (head.starts_with("HTTP/1.")) response.status = std::atoi(head.c_str() + 9);
    for (std::size_t at = head.find("\r\n"); at != head.npos;) {
      const std::size_t next = head.find("\r\n", at + 2);
      const std::string line = head.substr(at + 2, next == head.npos ? next : next - at - 2);
      const auto colon = line.find(": ");
      if (colon != line.npos) response.headers.emplace(text::lower(line.substr(0, colon)), line.substr(colon + 2));
      at = next;
    }
    return response;
  }

  bool take_more(std::chrono::steady_clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd waiting{socket_, POLLIN, 0};
    if (closed_ || left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) return false;
    char bytes[16384];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) closed_ = true;
    else rest_.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }

  int socket_;
  std::string rest_;
  bool closed_ = false;
};

// One request on a connection of its own.
inline RawResponse ask(std::uint16_t port, std::string_view request, bool head = false) {
  RawClient client(port);
  client.send(request);
  return client.receive(head);
}

inline RawResponse get(std::uint16_t port, std::string_view target, std::string_view more_headers = {}) {
  std::string request("GET ");
  request.append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(more_headers).append("\r\n");
  return ask(port, request);
}

}  // namespace sotevahti::web::test
