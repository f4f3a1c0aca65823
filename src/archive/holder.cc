#include "archive/holder.h"

#include <fmt/format.h>
#include <unistd.h>

#include "base/log.h"
#include "base/private_file.h"
#include "base/zone.h"

namespace sotevahti::archive {

base::Result<Holder> Holder::take(const std::filesystem::path& archive, const std::string& command, base::Time now) {
  base::make_folder(archive.parent_path());
  auto lock = LockFile::open(archive.string() + ".lock");
  if (!lock) return tl::unexpected(lock.error());
  const auto is_ours = lock->try_lock();
  if (!is_ours) return tl::unexpected(is_ours.error());
  if (!*is_ours) {
    const std::string who = base::one_line(lock->words());
    return base::fail(fmt::format("{}, holds {}", who.empty() ? "another process" : who, archive.string()));
  }
  const auto written = lock->write(fmt::format("{}, process {}, since {}", command, ::getpid(), base::to_rfc3339(now)));
  if (!written) return tl::unexpected(written.error());
  return Holder(std::move(*lock));
}

}  // namespace sotevahti::archive
