// Who sends from an archive: the service, and commands beside it. What a process that died
// had taken on is due again as soon as nobody else sends, and not only when its lease
// ends. By a lock on FILE.sending that the kernel lets go when its holder dies.
#pragma once
#include <filesystem>

#include "archive/database.h"
#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::archive {

class Sending {
 public:
  static base::Result<Sending> join(const std::filesystem::path& archive, Database& database, base::Time now);
  Sending(Sending&&) noexcept;
  Sending& operator=(Sending&&) noexcept;
  ~Sending();

 private:
  explicit Sending(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace sotevahti::archive
