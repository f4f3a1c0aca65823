#include "archive/holder.h"

#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/log.h"
#include "base/private_file.h"
#include "base/zone.h"

namespace sotevahti::archive {
namespace {

std::string read_all(int descriptor) {
  std::array<char, 512> bytes{};
  const ssize_t size = ::pread(descriptor, bytes.data(), bytes.size(), 0);
  return size > 0 ? std::string(bytes.data(), static_cast<std::size_t>(size)) : std::string();
}

bool write_all(int descriptor, const std::string& text) {
  return ::ftruncate(descriptor, 0) == 0 &&
         ::pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

}  // namespace

base::Result<Holder> Holder::take(const std::filesystem::path& archive, const std::string& command, base::Time now) {
  const std::string file = archive.string() + ".lock";
  base::make_folder(archive.parent_path());
  const int descriptor = base::open_private_file(file);
  if (descriptor < 0)
    return base::fail(fmt::format("{} cannot be written: {}", file, std::generic_category().message(errno)));
  Holder holder(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      return base::fail(fmt::format("{} cannot be locked: {}", file, std::generic_category().message(errno)));
    const std::string who = base::one_line(read_all(descriptor));
    return base::fail(fmt::format("{}, holds {}", who.empty() ? "another process" : who, archive.string()));
  }
  const std::string who = fmt::format("{}, process {}, since {}", command, ::getpid(), base::to_rfc3339(now));
  if (!write_all(descriptor, who))
    return base::fail(fmt::format("{} cannot be written: {}", file, std::generic_category().message(errno)));
  return holder;
}

Holder::Holder(Holder&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Holder& Holder::operator=(Holder&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

// The file stays: to unlink it would let two processes hold locks on two files of that name.
Holder::~Holder() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace sotevahti::archive
