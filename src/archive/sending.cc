#include "archive/sending.h"

#include "archive/ledger.h"

namespace sotevahti::archive {

base::Result<Sending> Sending::join(const std::filesystem::path& archive, Database& database, base::Time now) {
  auto lock = LockFile::open(archive.string() + ".sending");
  if (!lock) return tl::unexpected(lock.error());
  if (lock->try_lock().value_or(false)) Ledger(database).release_leases(now);
  if (const auto shared = lock->lock_shared(); !shared) return tl::unexpected(shared.error());
  return Sending(std::move(*lock));
}

}  // namespace sotevahti::archive
