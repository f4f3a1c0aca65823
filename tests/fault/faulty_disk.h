// A disk that remembers and fails, under SQLite: a VFS before the usual one. It fails the
// n-th operation, or all from the n-th on, or kills its process there, and from the record of
// writes and syncs it makes the files as they may be found after the power went: of what was
// not synced, any part. One at a time, in one thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace sotevahti::test_support {

class FaultyDisk {
 public:
  enum class Kind { write, truncate, sync, remove, open };

  FaultyDisk();  // SQLite's default from here on
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // What is opened from here on is on the usual disk; the record stays.
  void unplug();

  // So many operations were done or refused so far.
  std::size_t operations() const;
  // Before which of them something was synced, and the end.
  std::vector<std::size_t> sync_points() const;

  // The n-th operation from now on fails with that SQLite code; with `for_good` all after it as well.
  void fail(std::size_t nth, int code, bool for_good);
  void heal();
  bool has_failed() const;

  // This process ends as by kill -9, before the n-th operation of all.
  void kill_before(std::size_t nth);

  // Which writes without a sync reached the disk when the power went.
  enum class Lost { all, none, some };
  // The files as they stand when the power goes before operation `at`, in `folder`.
  void files_after_power_cut(std::size_t at, Lost lost, std::uint64_t seed, const std::filesystem::path& folder) const;

  struct State;  // what the VFS's C functions work on

 private:
  std::unique_ptr<State> state_;
};

}  // namespace sotevahti::test_support
