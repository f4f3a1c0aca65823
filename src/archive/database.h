// The archive's file: opened, migrated, guarded. WAL; one writer at a time, any
// number of readers beside it. The stores of this room (feed_store, entry_store,
// search, people, ledger, outbox) are thin views over a Database and hold the only
// SQL of the program. A Database belongs to one thread.
//
// What breaks the promise to keep data (disk full, I/O error, a corrupt page) is
// thrown as ArchiveError and rolls its transaction back.
#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "text/words.h"

namespace SQLite {
class Database;
}

namespace sotevahti::archive {

class ArchiveError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A question took longer than its bound.
class Interrupted : public ArchiveError {
 public:
  using ArchiveError::ArchiveError;
};

class Statements;

enum class Access { write, read };

struct OpenOptions {
  Access access = Access::write;
  std::size_t lexicon_cache_bytes = std::size_t{48} << 20;
  // Told while a migration or a rebuild of the index goes on: what, and how far (0..1).
  std::function<void(const std::string& what, double done)> progress;
};

class Database {
 public:
  // Write access creates the file and its folder, and brings an older schema to the
  // newest in one transaction, after a backup beside it. A schema newer than this
  // program's is refused with both versions named; so is a file that is no archive.
  static base::Result<std::unique_ptr<Database>> open(const std::filesystem::path& file,
                                                      const OpenOptions& options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  SQLite::Database& sqlite();
  const std::filesystem::path& file() const;
  int schema_version();

  // Runs `work` in one transaction (BEGIN IMMEDIATE); whatever it throws rolls back.
  // Within a transaction it becomes part of that.
  void transaction(const std::function<void()>& work);
  // The same, and on disk when it returns: for what decides a send.
  void durable_transaction(const std::function<void()>& work);

  // For the stores of this room.
  Statements& statements();
  text::Lexicon& lexicon();
  // Its names have changed: the next one reads them anew.
  void forget_lexicon();
  // Nothing is to be done for a while: gives back what is only kept for speed.
  void rest();

 private:
  class Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The newest schema that this program knows.
int newest_schema();

}  // namespace sotevahti::archive
