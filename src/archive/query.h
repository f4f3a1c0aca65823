// One prepared statement of a Database, bound, stepped and read. Statements are kept
// prepared by their text; a Query takes one out and gives it back when it ends. Bound texts
// are not copied: they must live until the Query's last step. Errors throw ArchiveError.
//
// It stands on sqlite3 itself: SQLiteCpp's columns count references at every read,
// which a list of 10,000 rows feels.
#pragma once
#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "archive/database.h"
#include "base/clock.h"

namespace sotevahti::archive {

// A value that stands in the database as a blob.
struct Blob {
  std::string_view bytes;
};

class Query {
 public:
  Query(Database& database, std::string_view sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Binds all parameters, from the first on.
  template <class... Values>
  Query& with(const Values&... values) {
    bound_ = 0;
    ended_ = false;
    (bind(values), ...);
    return *this;
  }
  template <std::integral T>
  Query& bind(T value) {
    return bind_integer(static_cast<std::int64_t>(value));
  }
  Query& bind(double value);
  Query& bind(std::string_view text);
  Query& bind(const std::string& text) { return bind(std::string_view(text)); }
  Query& bind(const char* text) { return bind(std::string_view(text)); }
  Query& bind(Blob blob);
  Query& bind(base::Time time) { return bind_integer(base::to_unix(time)); }
  template <class T>
  Query& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }

  bool step();  // to the next row; false at the end, and from then on until bound anew or reset
  void run();   // to the end, and ready to be bound again
  void reset();

  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  bool flag(int column) const { return integer(column) != 0; }
  double real(int column) const { return sqlite3_column_double(statement_, column); }
  // Holds until the next step.
  std::string_view view(int column) const;
  std::string text(int column) const { return std::string(view(column)); }
  base::Time time(int column) const { return base::from_unix(integer(column)); }
  std::optional<base::Time> maybe_time(int column) const {
    return is_null(column) ? std::nullopt : std::optional(time(column));
  }

 private:
  Query& bind_integer(std::int64_t value);
  Query& bind_null();
  void check(int result) const;

  Database& database_;
  std::string_view sql_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
  bool ended_ = false;
};

// The first column of the first row, where there is one.
template <class... Values>
std::optional<std::int64_t> first_integer(Database& database, std::string_view sql, const Values&... values) {
  Query query(database, sql);
  query.with(values...);
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return query.integer(0);
}

template <class... Values>
void run(Database& database, std::string_view sql, const Values&... values) {
  Query(database, sql).with(values...).run();
}

// Rows that the last statement changed.
std::int64_t changed_rows(Database& database);

}  // namespace sotevahti::archive
