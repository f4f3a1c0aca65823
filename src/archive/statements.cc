#include "archive/statements.h"

#include <fmt/format.h>

#include "archive/database.h"

namespace sotevahti::archive {

void throw_sqlite_error(sqlite3* connection, std::string_view doing) {
  const int code = sqlite3_errcode(connection);
  if (code == SQLITE_INTERRUPT) throw Interrupted("the time bound of a question struck");
  throw ArchiveError(fmt::format("{} ({}), at: {}", sqlite3_errmsg(connection), sqlite3_extended_errcode(connection),
                                 doing.substr(0, 120)));
}

sqlite3_stmt* Statements::take(std::string_view sql) {
  if (const auto found = idle_.find(sql); found != idle_.end() && found->second) return found->second.release();
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) throw_sqlite_error(connection_, sql);
  return statement;
}

void Statements::give_back(std::string_view sql, sqlite3_stmt* statement) noexcept {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  auto found = idle_.find(sql);
  if (found == idle_.end()) {
    if (idle_.size() >= most_idle) idle_.clear();
    found = idle_.emplace(std::string(sql), nullptr).first;
  }
  if (found->second) {
    sqlite3_finalize(statement);
  } else {
    found->second.reset(statement);
  }
}

}  // namespace sotevahti::archive
