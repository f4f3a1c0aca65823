// The thread from which mail goes out: one message at a time, at a bounded rate. When
// the relay lets nothing through, what waits behind is handed back untried. Answers
// arrive on the io_context's thread.
#pragma once
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "deliver/mail_transport.h"

namespace sotevahti::deliver {

struct MailJob {
  std::string from, to, message_id, content;
};

class MailWorker {
 public:
  MailWorker(boost::asio::io_context& io, std::unique_ptr<MailTransport> transport, int per_second);
  ~MailWorker();  // waits for the message that is under way

  // `done` is posted to the io_context.
  void send(MailJob job, std::function<void(MailAnswer)> done);
  // After the relay failed: until then every job is handed back.
  void resume() { is_resting_ = false; }
  void stop();

 private:
  MailAnswer attempt(const MailJob& job);
  void keep_pace();

  boost::asio::io_context& io_;
  std::unique_ptr<MailTransport> transport_;
  const std::chrono::nanoseconds gap_;
  std::chrono::steady_clock::time_point next_{};  // of the worker's thread
  std::atomic<bool> is_resting_ = false;
  std::atomic<bool> is_stopping_ = false;
  boost::asio::thread_pool thread_{1};
};

}  // namespace sotevahti::deliver
