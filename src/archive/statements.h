// The prepared statements of one connection, kept by their text. One thread.
#pragma once
#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"

namespace sotevahti::archive {

// Throws ArchiveError with SQLite's message; Interrupted where a time bound struck.
[[noreturn]] void throw_sqlite_error(sqlite3* connection, std::string_view doing);

class Statements {
 public:
  explicit Statements(sqlite3* connection) : connection_(connection) {}
  Statements(const Statements&) = delete;
  Statements& operator=(const Statements&) = delete;

  // A statement that nobody else uses until it is given back.
  sqlite3_stmt* take(std::string_view sql);
  void give_back(std::string_view sql, sqlite3_stmt* statement) noexcept;
  // Before the connection closes or the schema changes, and at rest.
  void clear() { idle_.clear(); }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  static constexpr std::size_t most_idle = 256;  // filters make statements without end

  sqlite3* connection_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, base::TextHash, std::equal_to<>> idle_;
};

}  // namespace sotevahti::archive
