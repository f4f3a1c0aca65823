#include "archive/migrations.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "archive/database.h"
#include "archive/embedded_migrations.h"

namespace sotevahti::archive {
namespace {

int pragma(SQLite::Database& database, const char* sql) { return database.execAndGet(sql).getInt(); }

bool holds_anything(SQLite::Database& database) { return pragma(database, "SELECT count(*) FROM sqlite_schema") > 0; }

// Written under another name first: a backup that carries its name is whole.
void back_up(SQLite::Database& database, const std::filesystem::path& file, int schema) {
  const std::filesystem::path target = fmt::format("{}.schema-{}.backup", file.string(), schema);
  const std::filesystem::path unfinished = target.string() + ".part";
  std::filesystem::remove(unfinished);
  SQLite::Statement vacuum(database, "VACUUM INTO ?");
  vacuum.bind(1, unfinished.string());
  vacuum.exec();
  std::filesystem::rename(unfinished, target);
}

}  // namespace

const std::vector<MigrationStep>& migration_steps() {
  static const std::vector<MigrationStep> all = [] {
    std::vector<MigrationStep> found;
    for (const base::EmbeddedFile& file : migrations()) {
      int schema = 0;
      std::from_chars(file.name.data(), file.name.data() + file.name.find('_'), schema);
      found.push_back({schema, file.content});
    }
    std::sort(found.begin(), found.end(),
              [](const MigrationStep& a, const MigrationStep& b) { return a.schema < b.schema; });
    return found;
  }();
  return all;
}

int newest_schema() { return migration_steps().back().schema; }

int schema_of(SQLite::Database& database) { return pragma(database, "PRAGMA user_version"); }

base::Result<base::Done> check_schema(SQLite::Database& database, const std::filesystem::path& file, bool may_migrate) {
  const int schema = schema_of(database);
  const bool ours = pragma(database, "PRAGMA application_id") == application_id;
  if (!ours && (schema != 0 || holds_anything(database))) {
    return base::fail(fmt::format("{} is a database of another program, not an archive", file.string()));
  }
  if (schema > newest_schema()) {
    return base::fail(fmt::format("{} has schema {}, written by a newer sotevahti; this one knows schema {}",
                                  file.string(), schema, newest_schema()));
  }
  if (schema < newest_schema() && !may_migrate) {
    return base::fail(fmt::format("{} has schema {}; it is brought to schema {} when sotevahti next writes to it",
                                  file.string(), schema, newest_schema()));
  }
  return base::Done{};
}

base::Result<base::Done> migrate(SQLite::Database& database, const std::filesystem::path& file,
                                 const std::vector<MigrationStep>& steps, const Progress& progress) {
  const int newest = steps.back().schema;
  const int before = schema_of(database);
  if (before >= newest) return base::Done{};
  if (before > 0) {
    if (progress) progress("backing up the archive before its schema changes", 0);
    back_up(database, file, before);
  }
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int now = schema_of(database);  // another process may have been quicker
  for (const MigrationStep& step : steps) {
    if (step.schema <= now) continue;
    if (progress && before > 0) {
      progress(fmt::format("bringing the archive to schema {}", step.schema),
               static_cast<double>(step.schema - now) / static_cast<double>(newest - now + 1));
    }
    database.exec(std::string(step.sql));
  }
  database.exec(fmt::format("PRAGMA application_id = {}", application_id));
  database.exec(fmt::format("PRAGMA user_version = {}", std::max(now, newest)));
  transaction.commit();
  return base::Done{};
}

}  // namespace sotevahti::archive
