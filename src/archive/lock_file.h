// A file beside the archive that processes lock to know of each other. The kernel lets the lock go when the process
// dies, however it dies. The file stays: to unlink it would let two processes hold locks on two files of that name.
// Belongs to the service even where root made it. One thread at a time.
#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"

namespace sotevahti::archive {

class LockFile {
 public:
  // Opened, made where it is not there; locked by nobody here. Fails with the file and the system's words, as the
  // others do.
  static base::Result<LockFile> open(const std::filesystem::path& file);
  LockFile(LockFile&&) noexcept;
  LockFile& operator=(LockFile&&) noexcept;
  ~LockFile();

  // Alone; false where somebody else has it, shared or alone.
  base::Result<bool> try_lock();
  // With others; waits for one who has it alone.
  base::Result<base::Done> lock_shared();

  // What stands in the file: some words of who locked it last.
  std::string words() const;
  base::Result<base::Done> write(const std::string& words);

 private:
  LockFile(std::filesystem::path file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}

  std::filesystem::path file_;
  int descriptor_ = -1;
};

}  // namespace sotevahti::archive
