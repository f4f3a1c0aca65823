// libcurl's multi interface driven by an io_context: curl's sockets stand in an epoll
// set of our own, on which Asio waits as on one descriptor, so no socket changes owner.
// Holds the io_context's run() only while transfers are under way. Everything on the
// io_context's thread; handlers that outlive the loop do nothing.
#pragma once
#include <curl/curl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sotevahti::net {

class CurlLoop : public std::enable_shared_from_this<CurlLoop> {
 public:
  // Called when a transfer has ended, after its handle was removed and outside of
  // curl's callbacks: it may add handles. It must not destroy the loop.
  using OnDone = std::function<void(CURL*, CURLcode)>;

  // Throws std::system_error or std::bad_alloc when the system has no descriptor or memory.
  CurlLoop(boost::asio::io_context& io, std::size_t kept_connections, OnDone on_done);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  void add(CURL* easy);
  // Drops a transfer that is under way; on_done is not called for it.
  void remove(CURL* easy);

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Ended {
    CURL* easy;
    CURLcode code;
  };

  static int socket_changed(CURL* easy, curl_socket_t fd, int what, void* loop, void* known);
  static int timer_changed(CURLM* multi, long timeout_ms, void* loop);
  void watch();
  void on_ready();
  void arm_timer();
  void on_timer();
  void drive_soon();
  void drive();
  void collect();
  void rest_if_idle();

  boost::asio::io_context& io_;
  boost::asio::posix::stream_descriptor epoll_;
  boost::asio::steady_timer timer_;
  OnDone on_done_;
  CURLM* multi_;
  std::size_t running_ = 0;
  bool is_watching_ = false;
  bool is_drive_posted_ = false;
  std::optional<SteadyTime> due_;          // when curl wants to be driven next
  std::optional<SteadyTime> armed_until_;  // when timer_ goes off
  std::vector<Ended> ended_;
};

}  // namespace sotevahti::net
