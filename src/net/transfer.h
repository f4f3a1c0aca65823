// One HTTP request on one easy handle, from its first hop to the reply: curl's settings,
// the limits counted in its callbacks, redirects followed hop by hop. Knows no loop and
// no coroutine. Kept for further requests, so what never changes is set once. Used by
// HttpClient alone, on its thread.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/curl_handle.h"
#include "net/http_client.h"

namespace sotevahti::net {

class Transfer {
 public:
  // What it refers to outlives it; policy may change between requests.
  Transfer(const HttpClient::Options& options, const AddressPolicy& policy);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* easy() const { return easy_.get(); }
  std::uint64_t id = 0;  // whose request it carries

  // Makes the handle ready for the first hop.
  NetResult<base::Done> begin(HttpRequest request);
  // After a hop: true when the answer is a redirect and the handle is ready for the next one.
  NetResult<bool> follow(CURLcode code);
  // After the last hop.
  NetResult<HttpReply> take_reply(CURLcode code);
  // Gives back what the request and a reply that failed half-way still hold.
  void clear();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  static curl_socket_t open_socket(void* transfer, curlsocktype purpose, curl_sockaddr* address);
  static int before_request(void* transfer, char* peer, char* local, int peer_port, int local_port);
  static std::size_t take_header(char* data, std::size_t size, std::size_t count, void* transfer);
  static std::size_t take_body(char* data, std::size_t size, std::size_t count, void* transfer);

  void set_constants();
  void set_method();
  NetResult<base::Done> set_headers();
  void link_headers(bool with_credentials);
  NetResult<base::Done> set_hop(std::string url);
  bool accept_header(std::string_view line);
  bool accept_body(std::string_view bytes);
  bool may_hold(std::size_t bytes);
  std::size_t likely_size() const;
  bool permits_by_proxy(const std::string& host) const;
  bool is_redirect() const;
  bool is_body_unreadable(CURLcode code) const;
  bool came_packed() const;
  void set_packings(bool unpacked);
  NetFailure failure(CURLcode code) const;

  const HttpClient::Options& options_;
  const AddressPolicy& policy_;
  EasyHandle easy_;
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  std::string user_agent_;  // as the handle has it

  HttpRequest request_;
  HttpReply reply_;
  SteadyTime started_;
  std::vector<std::string> header_lines_;  // of the request; their storage is used again
  std::size_t header_count_ = 0;
  std::vector<curl_slist> header_list_;
  bool is_unpacked_ = false;  // as the handle has it

  // Of the hop under way.
  std::string url_;
  std::size_t header_bytes_ = 0;
  std::size_t headers_seen_ = 0;
  std::size_t redirect_bytes_ = 0;
  std::string blocked_;    // the address that was refused
  std::string too_large_;  // the limit that was passed
};

}  // namespace sotevahti::net
