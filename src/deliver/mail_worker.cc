#include "deliver/mail_worker.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <exception>
#include <thread>
#include <utility>

namespace sotevahti::deliver {

MailWorker::MailWorker(boost::asio::io_context& io, std::unique_ptr<MailTransport> transport, int per_second)
    : io_(io),
      transport_(std::move(transport)),
      gap_(per_second > 0 ? std::chrono::nanoseconds(std::chrono::seconds(1)) / per_second
                          : std::chrono::nanoseconds(0)) {}

MailWorker::~MailWorker() {
  stop();
  thread_.join();
}

void MailWorker::stop() {
  is_stopping_ = true;
  transport_->stop();
}

void MailWorker::send(MailJob job, std::function<void(MailAnswer)> done) {
  boost::asio::post(thread_, [this, job = std::move(job), done = std::move(done)]() mutable {
    MailAnswer answer = attempt(job);
    boost::asio::post(io_, [done = std::move(done), answer = std::move(answer)]() mutable { done(std::move(answer)); });
  });
}

MailAnswer MailWorker::attempt(const MailJob& job) {
  if (is_stopping_) return {MailAnswer::Kind::untried, "stopped before it was sent"};
  if (is_resting_) return {MailAnswer::Kind::untried, "the relay lets nothing through"};
  keep_pace();
  MailAnswer answer;
  try {
    answer = transport_->send(job.from, job.to, job.message_id, job.content);
  } catch (const std::exception& failure) {
    answer = {MailAnswer::Kind::relay, failure.what()};
  }
  // No word of the relay's, or one that is heard again at the next start.
  const bool is_put_off = answer.kind == MailAnswer::Kind::relay || answer.kind == MailAnswer::Kind::later;
  if (is_stopping_ && is_put_off) return {MailAnswer::Kind::untried, "stopped while it was sent"};
  if (answer.kind == MailAnswer::Kind::relay) is_resting_ = true;
  return answer;
}

void MailWorker::keep_pace() {
  if (gap_.count() == 0) return;
  const auto now = std::chrono::steady_clock::now();
  if (next_ > now) std::this_thread::sleep_until(next_);
  next_ = std::max(next_, now) + gap_;
}

}  // namespace sotevahti::deliver
