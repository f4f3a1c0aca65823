// Brings the archive's tags to the present rules beside the polling: reads and tags on a
// thread of its own, at the lowest priority, and has the mill's writer write. What is not
// done when it ends is gone on with at the next start. Says once, in the log, what changed.
#pragma once
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "archive/tag_store.h"
#include "poll/mill.h"
#include "service/configuration.h"

namespace sotevahti::service {

class Retagging {
 public:
  // Ends at once where no entry waits. The mill must outlive it.
  Retagging(std::shared_ptr<const Configuration> configuration, poll::Mill& mill);
  ~Retagging();  // after the step under way
  Retagging(const Retagging&) = delete;
  Retagging& operator=(const Retagging&) = delete;

 private:
  void run();
  // False where it could not be written.
  bool write(std::vector<archive::RetaggedEntry> entries);

  std::shared_ptr<const Configuration> configuration_;
  poll::Mill& mill_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace sotevahti::service
