#include "archive/sending.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "archive/ledger.h"

namespace sotevahti::archive {

base::Result<Sending> Sending::join(const std::filesystem::path& archive, Database& database, base::Time now) {
  const std::string file = archive.string() + ".sending";
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return base::fail(fmt::format("{} cannot be written: {}", file, std::generic_category().message(errno)));
  Sending sending(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) Ledger(database).release_leases(now);
  if (::flock(descriptor, LOCK_SH) != 0)
    return base::fail(fmt::format("{} cannot be locked: {}", file, std::generic_category().message(errno)));
  return sending;
}

Sending::Sending(Sending&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Sending& Sending::operator=(Sending&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Sending::~Sending() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace sotevahti::archive
