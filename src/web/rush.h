// Do so many ask that an answer of a moment ago is better than a late one? All requests
// are counted by the second. Any thread.
#pragma once
#include <algorithm>
#include <mutex>

#include "base/clock.h"

namespace sotevahti::web {

class Rush {
 public:
  static constexpr int many = 50;  // a second: no house of readers asks that much, links that went round do

  // Counts a request; true where this second or the one before had many.
  bool count(base::Time now) {
    const std::lock_guard lock(mutex_);
    if (now != second_) {
      before_ = now - second_ == base::Seconds(1) ? count_ : 0;
      count_ = 0;
      second_ = now;
    }
    ++count_;
    return std::max(count_, before_) > many;
  }

 private:
  std::mutex mutex_;
  base::Time second_{};
  int count_ = 0, before_ = 0;
};

}  // namespace sotevahti::web
