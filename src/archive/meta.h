// Small facts about the archive itself (table meta), by name. Within the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "archive/query.h"

namespace sotevahti::archive {

inline std::optional<std::string> read_meta(Database& database, std::string_view key) {
  Query query(database, "SELECT value FROM meta WHERE key = ?");
  query.with(key);
  if (!query.step()) return std::nullopt;
  return query.text(0);
}

inline void write_meta(Database& database, std::string_view key, std::string_view value) {
  run(database, "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", key,
      value);
}

inline void forget_meta(Database& database, std::string_view key) {
  run(database, "DELETE FROM meta WHERE key = ?", key);
}

}  // namespace sotevahti::archive
