// A bound on how long questions to a connection may take: what runs longer throws
// Interrupted. Lasts as long as the object. Belongs to its database's thread.
#pragma once
#include <chrono>

#include "archive/database.h"

namespace sotevahti::archive {

// Of whoever looks for something: beyond it the archive says what it found by then.
inline constexpr std::chrono::milliseconds longest_question{3000};

class TimeBound {
 public:
  TimeBound(Database& database, std::chrono::milliseconds most);
  ~TimeBound();
  TimeBound(const TimeBound&) = delete;
  TimeBound& operator=(const TimeBound&) = delete;
  bool struck() const { return std::chrono::steady_clock::now() >= end_; }

 private:
  static int look(void* bound);
  Database& database_;
  std::chrono::steady_clock::time_point end_;
};

}  // namespace sotevahti::archive
