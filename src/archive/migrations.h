// The schema and its steps (db/migrations, embedded): one transaction from the file's
// schema to the newest, after a backup beside the file where it holds anything.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace SQLite {
class Database;
}

namespace sotevahti::archive {

using Progress = std::function<void(const std::string& what, double done)>;

// What stands in the file's header, so that no other program's database is taken for an archive: "sote".
inline constexpr int application_id = 0x736F7465;

// One step of the schema: "0002_bounces.sql" leads to schema 2.
struct MigrationStep {
  int schema = 0;
  std::string_view sql;
};
const std::vector<MigrationStep>& migration_steps();

int schema_of(SQLite::Database& database);
// Is this file ours, and of a schema that this program can read (or, where it may
// write, can bring to its own)?
base::Result<base::Done> check_schema(SQLite::Database& database, const std::filesystem::path& file, bool may_migrate);
base::Result<base::Done> migrate(SQLite::Database& database, const std::filesystem::path& file,
                                 const std::vector<MigrationStep>& steps, const Progress& progress);

}  // namespace sotevahti::archive
