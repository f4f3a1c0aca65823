#include "archive/maintenance.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "archive/entry_index.h"
#include "archive/query.h"
#include "base/private_file.h"

namespace sotevahti::archive {
namespace {

constexpr int pages_a_step = 1024;
constexpr std::size_t most_problems = 20;

void check_pages(Database& database, std::vector<std::string>& problems) {
  Query rows(database, "PRAGMA integrity_check(20)");
  while (rows.step()) {
    if (rows.view(0) != "ok") problems.push_back(rows.text(0));
  }
}

void check_references(Database& database, std::vector<std::string>& problems) {
  Query rows(database, "PRAGMA foreign_key_check");
  while (rows.step() && problems.size() < most_problems) {
    problems.push_back(fmt::format("a row of {} names one of {} that is not there", rows.view(0), rows.view(2)));
  }
}

// rank = 1 compares the index with the texts; without it only the index's own order is checked.
void check_index(Database& database, std::vector<std::string>& problems) {
  try {
    run(database, "INSERT INTO entry_index(entry_index, rank) VALUES ('integrity-check', 1)");
  } catch (const ArchiveError& problem) {
    problems.push_back(fmt::format("the full-text index does not say what the texts say: {}", problem.what()));
  }
}

void copy(SQLite::Database& from, const std::filesystem::path& to, const Progress& progress) {
  SQLite::Database target(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  SQLite::Backup backup(target, from);
  while (backup.executeStep(pages_a_step) != SQLITE_DONE) {
    const int pages = backup.getTotalPageCount();
    if (progress && pages > 0) {
      progress("copying the archive", 1.0 - static_cast<double>(backup.getRemainingPageCount()) / pages);
    }
  }
}

void sync(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// Opens what was copied as an archive and checks it whole.
base::Result<base::Done> check_file(const std::filesystem::path& file) {
  auto database = Database::open(file);
  if (!database) return tl::unexpected(database.error());
  const std::vector<std::string> problems = check_archive(**database);
  if (problems.empty()) return base::Done{};
  return base::fail(fmt::format("{} is not whole: {}", file.string(), problems.front()));
}

void remove_database(const std::filesystem::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(file.string() + suffix, ignored);
}

// Copied beside the target, checked, then given its name in one step.
base::Result<base::Done> copy_checked(SQLite::Database& from, const std::filesystem::path& target,
                                      const Progress& progress) {
  const std::filesystem::path unfinished = target.string() + ".part";
  remove_database(unfinished);
  base::make_private_file(unfinished);
  copy(from, unfinished, progress);
  if (progress) progress("checking the copy", 1);
  if (auto whole = check_file(unfinished); !whole) {
    remove_database(unfinished);
    return whole;
  }
  sync(unfinished);
  std::filesystem::rename(unfinished, target);
  remove_database(unfinished);
  sync(target.has_parent_path() ? target.parent_path() : ".");
  return base::Done{};
}

}  // namespace

std::vector<std::string> check_archive(Database& database) {
  std::vector<std::string> problems;
  try {
    check_pages(database, problems);
    check_references(database, problems);
    check_index(database, problems);
  } catch (const ArchiveError& problem) {
    problems.emplace_back(problem.what());
  }
  return problems;
}

void rebuild_full_text(Database& database, const Progress& progress) { rebuild_index(database, progress); }

base::Result<base::Done> back_up(Database& database, const std::filesystem::path& target, const Progress& progress) {
  if (std::filesystem::exists(target)) return base::fail(fmt::format("{} is there already", target.string()));
  try {
    return copy_checked(database.sqlite(), target, progress);
  } catch (const std::exception& problem) {
    remove_database(target.string() + ".part");
    return base::fail(fmt::format("no backup could be made at {}: {}", target.string(), problem.what()));
  }
}

base::Result<base::Done> restore(const std::filesystem::path& backup, const std::filesystem::path& archive,
                                 const Progress& progress) {
  if (std::filesystem::exists(archive)) {
    return base::fail(fmt::format("{} is there already: move it away first", archive.string()));
  }
  if (!std::filesystem::exists(backup)) return base::fail(fmt::format("there is no {}", backup.string()));
  try {
    SQLite::Database from(backup.string(), SQLite::OPEN_READONLY);
    // SQLite takes a file of no bytes, as a full disk leaves it, for a database; opened, it would be a new archive.
    if (from.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0)
      return base::fail(fmt::format("{} is empty: it is no archive", backup.string()));
    base::make_folder(archive.parent_path());
    return copy_checked(from, archive, progress);
  } catch (const std::exception& problem) {
    remove_database(archive.string() + ".part");
    return base::fail(fmt::format("{} could not be restored: {}", backup.string(), problem.what()));
  }
}

}  // namespace sotevahti::archive
