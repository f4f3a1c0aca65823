// Who sends from an archive: the service, and commands beside it. What a process that died
// had taken on is due again as soon as nobody else sends, and not only when its lease
// ends. By a shared lock on FILE.sending for as long as the object lives. Belongs to its database's thread.
#pragma once
#include <filesystem>
#include <utility>

#include "archive/database.h"
#include "archive/lock_file.h"
#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::archive {

class Sending {
 public:
  static base::Result<Sending> join(const std::filesystem::path& archive, Database& database, base::Time now);

 private:
  explicit Sending(LockFile lock) : lock_(std::move(lock)) {}
  LockFile lock_;
};

}  // namespace sotevahti::archive
