// Who polls and sends from an archive: one process at a time, by a lock on FILE.lock for as long as the object lives.
// Any thread.
#pragma once
#include <filesystem>
#include <string>
#include <utility>

#include "archive/lock_file.h"
#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::archive {

class Holder {
 public:
  // Fails with the holder's command, process id and start: "sotevahti run, process 812,
  // since 2026-02-20T10:45:26Z, holds /var/lib/sotevahti/sotevahti.db".
  static base::Result<Holder> take(const std::filesystem::path& archive, const std::string& command, base::Time now);

 private:
  explicit Holder(LockFile lock) : lock_(std::move(lock)) {}
  LockFile lock_;
};

}  // namespace sotevahti::archive
