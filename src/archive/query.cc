#include "archive/query.h"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include "archive/statements.h"

namespace sotevahti::archive {

Query::Query(Database& database, std::string_view sql) : database_(database), sql_(sql) {
  statement_ = database.statements().take(sql);
}

Query::~Query() { database_.statements().give_back(sql_, statement_); }

void Query::check(int result) const {
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE) return;
  throw_sqlite_error(sqlite3_db_handle(statement_), sql_);
}

Query& Query::bind_integer(std::int64_t value) {
  check(sqlite3_bind_int64(statement_, ++bound_, value));
  return *this;
}

Query& Query::bind_null() {
  check(sqlite3_bind_null(statement_, ++bound_));
  return *this;
}

Query& Query::bind(double value) {
  check(sqlite3_bind_double(statement_, ++bound_, value));
  return *this;
}

Query& Query::bind(std::string_view text) {
  // A null pointer would bind NULL where an empty text is meant.
  const char* bytes = text.data() == nullptr ? "" : text.data();
  check(sqlite3_bind_text64(statement_, ++bound_, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Query& Query::bind(Blob blob) {
  const char* bytes = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  check(sqlite3_bind_blob64(statement_, ++bound_, bytes, blob.bytes.size(), SQLITE_STATIC));
  return *this;
}

bool Query::step() {
  // SQLite would begin a finished statement anew.
  if (ended_) return false;
  const int result = sqlite3_step(statement_);
  check(result);
  ended_ = result == SQLITE_DONE;
  return !ended_;
}

void Query::run() {
  while (step()) {}
  reset();
}

void Query::reset() {
  sqlite3_reset(statement_);
  bound_ = 0;
  ended_ = false;
}

std::string_view Query::view(int column) const {
  // The blob form gives a text's bytes as they are, and a blob's too.
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::int64_t changed_rows(Database& database) { return sqlite3_changes64(database.sqlite().getHandle()); }

}  // namespace sotevahti::archive
