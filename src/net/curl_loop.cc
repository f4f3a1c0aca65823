#include "net/curl_loop.h"

#include <sys/epoll.h>

#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <new>
#include <system_error>

namespace sotevahti::net {
namespace {

constexpr int events_at_a_time = 256;

int make_epoll() {
  const int fd = epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return fd;
}

std::uint32_t to_epoll(int what) {
  return ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0U) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0U);
}

int to_curl(std::uint32_t events) {
  return ((events & (EPOLLIN | EPOLLHUP)) != 0 ? CURL_CSELECT_IN : 0) |
         ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) | ((events & EPOLLERR) != 0 ? CURL_CSELECT_ERR : 0);
}

}  // namespace

CurlLoop::CurlLoop(boost::asio::io_context& io, std::size_t kept_connections, OnDone on_done)
    : io_(io), epoll_(io, make_epoll()), timer_(io), on_done_(std::move(on_done)), multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::socket_changed);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::timer_changed);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  // Below the peak of concurrency curl would close and open connections all the time.
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(kept_connections));
}

CurlLoop::~CurlLoop() {
  curl_multi_cleanup(multi_);  // still calls socket_changed: epoll_ lives on until after
}

void CurlLoop::add(CURL* easy) {
  if (curl_multi_add_handle(multi_, easy) != CURLM_OK) throw std::bad_alloc();
  ++running_;
  watch();
}

void CurlLoop::remove(CURL* easy) {
  curl_multi_remove_handle(multi_, easy);
  --running_;
  rest_if_idle();
}

int CurlLoop::socket_changed(CURL*, curl_socket_t fd, int what, void* loop, void* known) {
  auto& self = *static_cast<CurlLoop*>(loop);
  const int epoll = self.epoll_.native_handle();
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, fd, nullptr);  // fails where curl has closed it already
    return 0;
  }
  epoll_event event{};
  event.events = to_epoll(what);
  event.data.fd = fd;
  if (known == nullptr) curl_multi_assign(self.multi_, fd, &self);
  if (epoll_ctl(epoll, known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event) == 0) return 0;
  // The number was closed and given out again unseen by one side.
  return epoll_ctl(epoll, errno == EEXIST ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : -1;
}

// Only notes the time: driving curl from within its own callback is forbidden.
int CurlLoop::timer_changed(CURLM*, long timeout_ms, void* loop) {
  auto& self = *static_cast<CurlLoop*>(loop);
  if (timeout_ms < 0) {
    self.due_.reset();
  } else if (timeout_ms == 0) {
    self.due_.reset();
    self.drive_soon();
  } else {
    self.due_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
    self.arm_timer();
  }
  return 0;
}

void CurlLoop::watch() {
  if (is_watching_) return;
  is_watching_ = true;
  epoll_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                    [weak = weak_from_this()](const boost::system::error_code&) {
                      if (const auto self = weak.lock()) self->on_ready();
                    });
}

void CurlLoop::on_ready() {
  is_watching_ = false;
  std::array<epoll_event, events_at_a_time> events;
  const int count = epoll_wait(epoll_.native_handle(), events.data(), events_at_a_time, 0);
  int ignored = 0;
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    curl_multi_socket_action(multi_, event.data.fd, to_curl(event.events), &ignored);
  }
  collect();
  if (running_ > 0) watch();
}

// A timer that goes off too early is cheaper than one that is moved at each request.
void CurlLoop::arm_timer() {
  if (!due_ || (armed_until_ && *armed_until_ <= *due_)) return;
  armed_until_ = due_;
  timer_.expires_at(*due_);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    if (error) return;
    if (const auto self = weak.lock()) self->on_timer();
  });
}

void CurlLoop::on_timer() {
  armed_until_.reset();
  if (due_ && *due_ <= std::chrono::steady_clock::now()) {
    due_.reset();
    drive();
  } else {
    arm_timer();
  }
}

void CurlLoop::drive_soon() {
  if (is_drive_posted_) return;
  is_drive_posted_ = true;
  boost::asio::post(io_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) {
      self->is_drive_posted_ = false;
      self->drive();
    }
  });
}

void CurlLoop::drive() {
  int ignored = 0;
  curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &ignored);
  collect();
}

void CurlLoop::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    // The message dies with its handle's removal.
    if (message->msg == CURLMSG_DONE) ended_.push_back({message->easy_handle, message->data.result});
  }
  for (const auto& [easy, code] : ended_) {
    curl_multi_remove_handle(multi_, easy);
    --running_;
    on_done_(easy, code);
  }
  ended_.clear();
  rest_if_idle();
}

void CurlLoop::rest_if_idle() {
  if (running_ > 0) return;
  if (is_watching_) epoll_.cancel();
  if (armed_until_) timer_.cancel();
  armed_until_.reset();
  due_.reset();
}

}  // namespace sotevahti::net
