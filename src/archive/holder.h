// Who polls and sends from an archive: one process at a time. A lock on FILE.lock
// that the kernel lets go when its holder dies, however it dies.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace sotevahti::archive {

class Holder {
 public:
  // Fails with the holder's command, process id and start: "sotevahti run, process 812,
  // since 2026-02-20T10:45:26Z, holds /var/lib/sotevahti/sotevahti.db".
  static base::Result<Holder> take(const std::filesystem::path& archive, const std::string& command, base::Time now);
  Holder(Holder&&) noexcept;
  Holder& operator=(Holder&&) noexcept;
  ~Holder();

 private:
  explicit Holder(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace sotevahti::archive
