#include "faulty_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <map>
#include <new>
#include <random>
#include <stdexcept>
#include <string>

namespace sotevahti::test_support {

struct FaultyDisk::State {
  struct Operation {
    Kind kind = Kind::write;
    std::string path;
    std::int64_t at = 0;  // of a write; the length, of a truncation
    std::string bytes;
  };

  // SQLITE_OK, or the code with which the operation is to fail. Records what is not to fail.
  int account(Operation operation) {
    const std::size_t number = done++;
    if (number == kill_at) raise(SIGKILL);
    if (number >= fail_at && (fails_for_good || number == fail_at)) {
      failed = true;
      return fail_code;
    }
    record.push_back({std::move(operation), number});
    return SQLITE_OK;
  }

  struct Recorded {
    Operation operation;
    std::size_t number = 0;
  };
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs vfs{};
  std::size_t done = 0;
  std::vector<Recorded> record;
  std::size_t fail_at = SIZE_MAX, kill_at = SIZE_MAX;
  int fail_code = SQLITE_IOERR;
  bool fails_for_good = false, failed = false;
};

namespace {

using State = FaultyDisk::State;
using Kind = FaultyDisk::Kind;

// SQLite allots the room: ours, and the real file's behind it.
struct File {
  sqlite3_file base;
  State* state;
  std::string* path;  // null for temporary files: nothing of them outlives the power
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

int account(File& file, Kind kind, std::int64_t at = 0, std::string bytes = {}) {
  if (file.path == nullptr) return SQLITE_OK;
  return file.state->account({kind, *file.path, at, std::move(bytes)});
}

int close(sqlite3_file* file) {
  File& own = of(file);
  const int code = own.real()->pMethods == nullptr ? SQLITE_OK : own.real()->pMethods->xClose(own.real());
  delete own.path;
  return code;
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return of(file).real()->pMethods->xRead(of(file).real(), to, size, at);
}
int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  File& own = of(file);
  const auto* text = static_cast<const char*>(bytes);
  if (const int code = account(own, Kind::write, at, std::string(text, static_cast<std::size_t>(size)))) return code;
  return own.real()->pMethods->xWrite(own.real(), bytes, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int code = account(of(file), Kind::truncate, size)) return code;
  return of(file).real()->pMethods->xTruncate(of(file).real(), size);
}
int sync(sqlite3_file* file, int flags) {
  if (const int code = account(of(file), Kind::sync)) return code;
  return of(file).real()->pMethods->xSync(of(file).real(), flags);
}
int size_of(sqlite3_file* file, sqlite3_int64* size) {
  return of(file).real()->pMethods->xFileSize(of(file).real(), size);
}
int lock(sqlite3_file* file, int kind) { return of(file).real()->pMethods->xLock(of(file).real(), kind); }
int unlock(sqlite3_file* file, int kind) { return of(file).real()->pMethods->xUnlock(of(file).real(), kind); }
int check_lock(sqlite3_file* file, int* is_locked) {
  return of(file).real()->pMethods->xCheckReservedLock(of(file).real(), is_locked);
}
int control(sqlite3_file* file, int what, void* with) {
  return of(file).real()->pMethods->xFileControl(of(file).real(), what, with);
}
int sector_size(sqlite3_file*) { return 4096; }
// Nothing is promised of writes that were not synced.
int characteristics(sqlite3_file*) { return 0; }
int map_memory(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return of(file).real()->pMethods->xShmMap(of(file).real(), page, size, extend, memory);
}
int lock_memory(sqlite3_file* file, int offset, int count, int flags) {
  return of(file).real()->pMethods->xShmLock(of(file).real(), offset, count, flags);
}
void order_memory(sqlite3_file* file) { of(file).real()->pMethods->xShmBarrier(of(file).real()); }
int unmap_memory(sqlite3_file* file, int remove) {
  return of(file).real()->pMethods->xShmUnmap(of(file).real(), remove);
}

const sqlite3_io_methods methods = {
    2,          close,   read,        write,           truncate,   sync,        size_of,      lock,         unlock,
    check_lock, control, sector_size, characteristics, map_memory, lock_memory, order_memory, unmap_memory, nullptr,
    nullptr};

State& state_of(sqlite3_vfs* vfs) { return *static_cast<State*>(vfs->pAppData); }

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  State& state = state_of(vfs);
  File& own = of(file);
  own.base.pMethods = nullptr;
  own.state = &state;
  own.path = nullptr;
  own.real()->pMethods = nullptr;
  if (path != nullptr) {
    if (const int code = state.account({Kind::open, path, 0, {}})) return code;
  }
  const int code = state.real->xOpen(state.real, path, own.real(), flags, out_flags);
  if (code != SQLITE_OK) return code;
  if (path != nullptr) own.path = new std::string(path);
  own.base.pMethods = &methods;
  return SQLITE_OK;
}
int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  State& state = state_of(vfs);
  if (const int code = state.account({Kind::remove, path, 0, {}})) return code;
  return state.real->xDelete(state.real, path, sync_folder);
}

// A file's bytes as the disk has them, and what was written since the last sync.
struct OnDisk {
  std::string synced;
  std::vector<const State::Operation*> since;

  static void apply(std::string& to, const State::Operation& operation, std::size_t from = 0,
                    std::size_t size = SIZE_MAX) {
    const auto at = static_cast<std::size_t>(operation.at);
    if (operation.kind == Kind::truncate) return to.resize(at);
    const std::string_view bytes = std::string_view(operation.bytes).substr(from, size);
    if (to.size() < at + from + bytes.size()) to.resize(at + from + bytes.size());
    to.replace(at + from, bytes.size(), bytes);
  }
  void sync() {
    for (const auto* operation : since) apply(synced, *operation);
    since.clear();
  }
};

}  // namespace

FaultyDisk::FaultyDisk() : state_(std::make_unique<State>()) {
  state_->real = sqlite3_vfs_find(nullptr);
  state_->vfs = *state_->real;
  state_->vfs.szOsFile = static_cast<int>(sizeof(File)) + state_->real->szOsFile;
  state_->vfs.zName = "faulty";
  state_->vfs.pAppData = state_.get();
  state_->vfs.xOpen = open;
  state_->vfs.xDelete = remove;
  sqlite3_vfs_register(&state_->vfs, 1);
}

FaultyDisk::~FaultyDisk() { unplug(); }

void FaultyDisk::unplug() {
  sqlite3_vfs_unregister(&state_->vfs);
  sqlite3_vfs_register(state_->real, 1);
}

std::size_t FaultyDisk::operations() const { return state_->done; }

std::vector<std::size_t> FaultyDisk::sync_points() const {
  std::vector<std::size_t> points;
  for (const auto& [operation, number] : state_->record)
    if (operation.kind == Kind::sync) points.push_back(number);
  points.push_back(state_->done);
  return points;
}

void FaultyDisk::fail(std::size_t nth, int code, bool for_good) {
  state_->fail_at = state_->done + nth;
  state_->fail_code = code;
  state_->fails_for_good = for_good;
  state_->failed = false;
}
void FaultyDisk::heal() { state_->fail_at = SIZE_MAX; }
bool FaultyDisk::has_failed() const { return state_->failed; }
void FaultyDisk::kill_before(std::size_t nth) { state_->kill_at = nth; }

void FaultyDisk::files_after_power_cut(std::size_t at, Lost lost, std::uint64_t seed,
                                       const std::filesystem::path& folder) const {
  std::map<std::string, OnDisk> files;
  for (const auto& [operation, number] : state_->record) {
    if (number >= at) break;
    switch (operation.kind) {
      case Kind::open: files[operation.path]; break;
      case Kind::remove: files.erase(operation.path); break;
      case Kind::sync: files[operation.path].sync(); break;
      case Kind::write:
      case Kind::truncate: files[operation.path].since.push_back(&operation); break;
    }
  }
  std::mt19937_64 chance(seed);
  constexpr std::size_t sector = 512;
  for (auto& [path, file] : files) {
    for (const auto* operation : file.since) {
      if (lost == Lost::none) OnDisk::apply(file.synced, *operation);
      if (lost != Lost::some) continue;
      // A write comes apart at the disk's sectors; a truncation is one thing.
      const std::size_t size = operation->kind == Kind::truncate ? 1 : operation->bytes.size();
      for (std::size_t from = 0; from < size; from += sector)
        if (chance() % 2 == 0) OnDisk::apply(file.synced, *operation, from, sector);
    }
    const auto name = std::filesystem::path(path).filename();
    if (name.string().ends_with("-shm")) continue;  // memory
    std::ofstream(folder / name, std::ios::binary)
        .write(file.synced.data(), static_cast<std::streamsize>(file.synced.size()));
  }
}

}  // namespace sotevahti::test_support
