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

struct Step {
  int schema;
  std::string_view name;
  std::string_view sql;
};

// "0002_bounces.sql" leads to schema 2.
const std::vector<Step>& steps() {
  static const std::vector<Step> all = [] {
    std::vector<Step> found;
    for (const base::EmbeddedFile& file : migrations()) {
      int schema = 0;
      std::from_chars(file.name.data(), file.name.data() + 4, schema);
      found.push_back({schema, file.name, file.content});
    }
    std::sort(found.begin(), found.end(), [](const Step& a, const Step& b) { return a.schema < b.schema; });
    return found;
  }();
  return all;
}

int pragma(SQLite::Database& database, const char* sql) { return database.execAndGet(sql).getInt(); }

bool holds_anything(SQLite::Database& database) {
  return pragma(database, "SELECT count(*) FROM sqlite_schema") > 0;
}

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

int newest_schema() { return steps().empty() ? 0 : steps().back().schema; }

int schema_of(SQLite::Database& database) { return pragma(database, "PRAGMA user_version"); }

base::Result<base::Done> check_schema(SQLite::Database& database, const std::filesystem::path& file,
                                      bool may_migrate) {
  const int schema = schema_of(database);
  const bool ours = pragma(database, "PRAGMA application_id") == kApplicationId;
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
                                 const Progress& progress) {
  const int before = schema_of(database);
  if (before == newest_schema()) return base::Done{};
  if (before > 0) {
    if (progress) progress("backing up the archive before its schema changes", 0);
    back_up(database, file, before);
  }
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int now = schema_of(database);  // another process may have been quicker
  for (const Step& step : steps()) {
    if (step.schema <= now) continue;
    if (progress && before > 0) {
      progress(fmt::format("bringing the archive to schema {}", step.schema),
               static_cast<double>(step.schema - now) / static_cast<double>(newest_schema() - now + 1));
    }
    database.exec(std::string(step.sql));
  }
  database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
  database.exec(fmt::format("PRAGMA user_version = {}", newest_schema()));
  transaction.commit();
  return base::Done{};
}

}  // namespace sotevahti::archive
