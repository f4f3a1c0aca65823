#include "archive/database.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sys/statvfs.h>

#include "archive/entry_index.h"
#include "archive/migrations.h"
#include "archive/rank.h"
#include "archive/statements.h"
#include "archive/tokenizer.h"
#include "base/private_file.h"

namespace sotevahti::archive {
namespace {

constexpr int busy_milliseconds = 5000;

// The file holds addresses and secrets of subscribers: it is made for its owner's eyes alone.
// One that is there is never opened beside SQLite: to close it would drop this process's locks
// on it, and others would take the archive for their own.
void make_file(const std::filesystem::path& file) {
  base::make_folder(file.parent_path());
  base::make_private_file(file);
}

bool is_on_read_only_disk(const std::filesystem::path& file) {
  struct statvfs disk {};
  return statvfs(file.c_str(), &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0;
}

// What SQLite is to open. On a disk that can only be read there is no room for the files by which an
// archive is shared: where they are not, nobody has it open for writing, and it is taken as it is.
std::string name_for(const std::filesystem::path& file, Access access) {
  const bool is_shared = std::filesystem::exists(file.string() + "-wal");
  if (access == Access::write || is_shared || !is_on_read_only_disk(file)) return file.string();
  std::string name = "file:";
  for (const char c : std::filesystem::absolute(file).string())
    name += c == '%' || c == '?' || c == '#' ? fmt::format("%{:02X}", static_cast<unsigned>(c)) : std::string(1, c);
  return name + "?immutable=1";
}

void set_up(SQLite::Database& sqlite, Access access) {
  sqlite3_db_config(sqlite.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite.exec("PRAGMA trusted_schema = OFF");
  sqlite.exec("PRAGMA foreign_keys = ON");
  sqlite.exec("PRAGMA cell_size_check = ON");
  sqlite.exec("PRAGMA temp_store = MEMORY");
  if (access == Access::read) {
    sqlite.exec("PRAGMA cache_size = -8000");
    sqlite.exec("PRAGMA query_only = ON");
  } else {
    sqlite.exec("PRAGMA cache_size = -12000");
    sqlite.exec("PRAGMA secure_delete = FAST");
  }
}

// SQLite counts its bytes under one lock for all threads unless it is told not to, before its first use.
void stop_counting_memory() { [[maybe_unused]] static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

// Only once the file is known to be ours.
void set_up_writing(SQLite::Database& sqlite) {
  sqlite.exec("PRAGMA journal_mode = WAL");
  sqlite.exec("PRAGMA synchronous = NORMAL");
  sqlite.exec("PRAGMA wal_autocheckpoint = 4000");
  sqlite.exec("PRAGMA journal_size_limit = 67108864");
}

}  // namespace

class Database::Impl {
 public:
  Impl(std::filesystem::path path, const OpenOptions& options, int flags)
      : file(std::move(path)),
        lexicon_cache_bytes(options.lexicon_cache_bytes),
        sqlite(name_for(file, options.access), flags, busy_milliseconds),
        statements(sqlite.getHandle()) {
    register_tokenizer(sqlite.getHandle(), lexicon_source);
    register_word_weights(sqlite.getHandle());
    set_up(sqlite, options.access);
  }

  text::Lexicon& lexicon() {
    if (!lexicon_) {
      auto opened = text::Lexicon::open(lexicon_cache_bytes);
      if (!opened) throw ArchiveError(opened.error().message);
      SQLite::Statement names(sqlite, "SELECT nominative, genitive FROM names");
      while (names.executeStep()) (*opened)->add_name(names.getColumn(0).getString(), names.getColumn(1).getString());
      lexicon_ = std::move(*opened);
    }
    return *lexicon_;
  }

  std::filesystem::path file;
  std::size_t lexicon_cache_bytes;
  std::unique_ptr<text::Lexicon> lexicon_;
  LexiconSource lexicon_source = [this]() -> text::Lexicon& { return lexicon(); };
  SQLite::Database sqlite;
  Statements statements;  // gone before the connection is
};

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

base::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, const OpenOptions& options) {
  stop_counting_memory();
  const bool writes = options.access == Access::write;
  try {
    if (writes) make_file(file);
    if (!writes && !std::filesystem::exists(file)) {
      return base::fail(fmt::format("there is no archive at {} yet", file.string()));
    }
    auto impl = std::make_unique<Impl>(file, options, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX | SQLite::OPEN_URI);
    if (auto known = check_schema(impl->sqlite, file, writes); !known) return tl::unexpected(known.error());
    std::unique_ptr<Database> database(new Database(std::move(impl)));
    if (writes) {
      set_up_writing(database->sqlite());
      if (auto migrated = migrate(database->sqlite(), file, migration_steps(), options.progress); !migrated) {
        return tl::unexpected(migrated.error());
      }
      bring_index_up_to_date(*database, options.progress);
    }
    return database;
  } catch (const std::exception& problem) {
    return base::fail(fmt::format("the archive {} cannot be opened: {}", file.string(), problem.what()));
  }
}

SQLite::Database& Database::sqlite() { return impl_->sqlite; }
const std::filesystem::path& Database::file() const { return impl_->file; }
int Database::schema_version() { return schema_of(impl_->sqlite); }
Statements& Database::statements() { return impl_->statements; }
text::Lexicon& Database::lexicon() { return impl_->lexicon(); }
void Database::forget_lexicon() { impl_->lexicon_.reset(); }
void Database::rest() {
  forget_lexicon();
  statements().clear();
  sqlite3_db_release_memory(impl_->sqlite.getHandle());
}

void Database::transaction(const std::function<void()>& work) {
  sqlite3* connection = impl_->sqlite.getHandle();
  if (sqlite3_get_autocommit(connection) == 0) return work();
  const auto execute = [&](const char* sql) {
    if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw_sqlite_error(connection, sql);
  };
  execute("BEGIN IMMEDIATE");
  try {
    work();
    execute("COMMIT");
  } catch (...) {
    // After a full disk or an I/O error SQLite may have rolled back by itself.
    if (sqlite3_get_autocommit(connection) == 0) sqlite3_exec(connection, "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

void Database::durable_transaction(const std::function<void()>& work) {
  sqlite3* connection = impl_->sqlite.getHandle();
  const auto set = [&](const char* sql) { sqlite3_exec(connection, sql, nullptr, nullptr, nullptr); };
  set("PRAGMA synchronous = FULL");
  try {
    transaction(work);
  } catch (...) {
    set("PRAGMA synchronous = NORMAL");
    throw;
  }
  set("PRAGMA synchronous = NORMAL");
}

}  // namespace sotevahti::archive
