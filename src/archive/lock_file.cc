#include "archive/lock_file.h"

#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/private_file.h"

namespace sotevahti::archive {
namespace {

auto failed(const std::filesystem::path& file, std::string_view what) {
  return base::fail(fmt::format("{} cannot be {}: {}", file.string(), what, std::generic_category().message(errno)));
}

}  // namespace

base::Result<LockFile> LockFile::open(const std::filesystem::path& file) {
  const int descriptor = base::open_private_file(file);
  if (descriptor < 0) return failed(file, "written");
  return LockFile(file, descriptor);
}

LockFile::LockFile(LockFile&& other) noexcept
    : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<bool> LockFile::try_lock() {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return true;
  if (errno != EWOULDBLOCK) return failed(file_, "locked");
  return false;
}

base::Result<base::Done> LockFile::lock_shared() {
  if (::flock(descriptor_, LOCK_SH) != 0) return failed(file_, "locked");
  return base::Done{};
}

std::string LockFile::words() const {
  std::array<char, 512> bytes{};
  const ssize_t size = ::pread(descriptor_, bytes.data(), bytes.size(), 0);
  return size > 0 ? std::string(bytes.data(), static_cast<std::size_t>(size)) : std::string();
}

base::Result<base::Done> LockFile::write(const std::string& words) {
  const bool written = ::ftruncate(descriptor_, 0) == 0 &&
                       ::pwrite(descriptor_, words.data(), words.size(), 0) == static_cast<ssize_t>(words.size());
  if (!written) return failed(file_, "written");
  return base::Done{};
}

}  // namespace sotevahti::archive
