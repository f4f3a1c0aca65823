#include "base/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace sotevahti::base {
namespace {

// The owner of the folder that it stands in, where that is not root; else nobody.
bool find_new_owner(const std::filesystem::path& path, struct stat& folder) {
  if (::geteuid() != 0) return false;
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : ".";
  return ::stat(parent.c_str(), &folder) == 0 && folder.st_uid != 0;
}

void give_to_owner_of_folder(int descriptor, const std::filesystem::path& file) {
  struct stat folder {
  }, own{};
  if (!find_new_owner(file, folder) || ::fstat(descriptor, &own) != 0) return;
  // Another name of the file may stand where its folder's owner has no business.
  const bool is_fresh = S_ISREG(own.st_mode) && own.st_uid == 0 && own.st_nlink == 1;
  if (is_fresh) [[maybe_unused]]
    const int given = ::fchown(descriptor, folder.st_uid, folder.st_gid);
}

}  // namespace

bool make_private_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno == EEXIST) return false;
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "cannot write " + file.string());
  give_to_owner_of_folder(descriptor, file);
  ::close(descriptor);
  return true;
}

int open_private_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor >= 0) give_to_owner_of_folder(descriptor, file);
  return descriptor;
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (folder.empty() || !std::filesystem::create_directories(folder, error)) return;
  struct stat parent {};
  const std::filesystem::path plain = folder.has_filename() ? folder : folder.parent_path();
  if (find_new_owner(plain, parent)) [[maybe_unused]]
    const int given = ::lchown(plain.c_str(), parent.st_uid, parent.st_gid);
}

}  // namespace sotevahti::base
