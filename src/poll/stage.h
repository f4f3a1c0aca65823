// A stage of the mill: a thread of its own, with a line of jobs before it that are done in
// their order. The thread starts with the first job and ends when none has come for a
// while; what it worked with goes with it, and is made anew for the next job.
//
// push() may be called from one thread. What `work` throws ends the program: it must not.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/memory.h"

namespace sotevahti::poll {

template <class Job>
class Stage {
 public:
  using Work = std::function<void(Job)>;

  // `open` is called on the stage's thread.
  Stage(std::function<Work()> open, std::chrono::milliseconds rest_after)
      : open_(std::move(open)), rest_after_(rest_after) {}
  ~Stage() { close(); }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // Throws when the system refuses a thread; `job` is whole then.
  void push(Job&& job) {
    const std::lock_guard lock(mutex_);
    if (!running_) start();
    line_.push_back(std::move(job));
    ready_.notify_one();
  }

  // Does what was pushed, and ends the thread. Nothing may be pushed any more.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    ready_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void start() {
    if (thread_.joinable()) thread_.join();  // it took its leave, and waits for nothing
    thread_ = std::thread([this] { run(); });
    running_ = true;
  }

  void run() {
    do {
      work_off();
      base::give_memory_back();
    } while (has_more());
  }

  // With what is opened for it, until there is nothing to do for a while.
  void work_off() {
    const Work work = open_();
    while (auto job = next()) work(std::move(*job));
  }

  // Nothing when the line is to close, or nothing came for a while.
  std::optional<Job> next() {
    std::unique_lock lock(mutex_);
    ready_.wait_for(lock, rest_after_, [this] { return !line_.empty() || closing_; });
    if (line_.empty()) return std::nullopt;
    Job job = std::move(line_.front());
    line_.pop_front();
    return job;
  }

  // Asked when all that was worked with is gone: did something come meanwhile?
  bool has_more() {
    const std::lock_guard lock(mutex_);
    running_ = !line_.empty();
    return running_;
  }

  const std::function<Work()> open_;
  const std::chrono::milliseconds rest_after_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> line_;
  bool running_ = false;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace sotevahti::poll
