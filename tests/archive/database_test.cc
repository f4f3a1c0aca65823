#include "archive/database.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/migrations.h"
#include "archive/query.h"
#include "archive/tokenizer.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using testing::HasSubstr;

class DatabaseTest : public testing::Test {
 protected:
  std::string refusal(Access access = Access::write) {
    OpenOptions options;
    options.access = access;
    const auto opened = Database::open(file_, options);
    return opened ? "opened" : opened.error().message;
  }

  test_support::TempFolder folder_;
  std::filesystem::path file_ = folder_ / "in/a/folder/archive.db";
};

TEST_F(DatabaseTest, MakesTheFileForItsOwnerAlone) {
  const auto database = samples::open(file_);
  struct stat status {};
  ASSERT_EQ(stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_EQ(database->schema_version(), newest_schema());
}

TEST_F(DatabaseTest, GuardsItself) {
  const auto database = samples::open(file_);
  const auto pragma = [&](const std::string& name) {
    return database->sqlite().execAndGet("PRAGMA " + name).getString();
  };
  EXPECT_EQ(pragma("journal_mode"), "wal");
  EXPECT_EQ(pragma("foreign_keys"), "1");
  EXPECT_EQ(pragma("trusted_schema"), "0");
  EXPECT_THROW(run(*database, "INSERT INTO bodies(entry, packed) VALUES (1, x'00')"), ArchiveError);
  EXPECT_THROW(run(*database, "DELETE FROM entry_index_data"), ArchiveError) << "shadow tables are not written by hand";
}

// As another process sees it: is the archive in use? Who believes it is not folds the write-ahead
// log into it and removes the log under its writer.
bool another_process_sees_locks(const std::filesystem::path& file) {
  const pid_t child = fork();
  if (child == 0) {
    const int descriptor = ::open(file.c_str(), O_RDWR);
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    _exit(::fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

TEST_F(DatabaseTest, OpeningItAgainDropsNoLocks) {
  const auto database = samples::open(file_);
  run(*database, "INSERT INTO meta(key, value) VALUES ('a', 'b')");
  ASSERT_TRUE(another_process_sees_locks(file_));
  samples::open(file_);
  EXPECT_TRUE(another_process_sees_locks(file_));
}

TEST_F(DatabaseTest, ReaderDoesNotWrite) {
  EXPECT_THAT(refusal(Access::read), HasSubstr("no archive at"));
  samples::open(file_);
  const auto reader = samples::open(file_, Access::read);
  EXPECT_THROW(run(*reader, "INSERT INTO meta(key, value) VALUES ('a', 'b')"), ArchiveError);
}

TEST_F(DatabaseTest, RefusesANewerSchemaAndNamesBoth) {
  samples::open(file_)->sqlite().exec("PRAGMA user_version = 4711");
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("4711"), HasSubstr("schema " + std::to_string(newest_schema()))));
}

TEST_F(DatabaseTest, RefusesAnotherProgramsDatabaseUntouched) {
  const auto other = folder_ / "other.db";
  SQLite::Database(other.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE bookmarks(url)");
  const std::string before = test_support::read_file(other);
  file_ = other;
  EXPECT_THAT(refusal(), HasSubstr("another program"));
  EXPECT_EQ(test_support::read_file(other), before);
}

TEST_F(DatabaseTest, RefusesWhatIsNoDatabase) {
  file_ = folder_.write("letter.txt", std::string(5000, 'x'));
  EXPECT_THAT(refusal(), HasSubstr("not a database"));
}

TEST_F(DatabaseTest, TransactionIsAllOrNothing) {
  const auto database = samples::open(file_);
  const auto rows = [&] { return *first_integer(*database, "SELECT count(*) FROM meta WHERE key LIKE 'test%'"); };
  const auto write = [&](const char* key) { run(*database, "INSERT INTO meta(key, value) VALUES (?, '')", key); };
  EXPECT_THROW(database->transaction([&] {
    write("test 1");
    database->transaction([&] { write("test 2"); });
    throw std::runtime_error("in the middle");
  }),
               std::runtime_error);
  EXPECT_EQ(rows(), 0);
  database->durable_transaction([&] { write("test 1"); });
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(database->sqlite().execAndGet("PRAGMA synchronous").getInt(), 1) << "NORMAL again";
}

class MigrationTest : public DatabaseTest {
 protected:
  static constexpr std::string_view first_schema =
      "CREATE TABLE letters(a TEXT) STRICT; INSERT INTO letters VALUES ('kept')";
  static std::string letters(SQLite::Database& database) {
    return database.execAndGet("SELECT group_concat(a) FROM letters").getString();
  }
};

TEST_F(MigrationTest, BacksUpWhatItChanges) {
  const auto file = folder_ / "old.db";
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  ASSERT_TRUE(migrate(database, file, {{1, first_schema}}, {}));
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".schema-0.backup")) << "nothing to lose yet";

  std::vector<std::string> told;
  const auto progress = [&](const std::string& what, double) { told.push_back(what); };
  ASSERT_TRUE(migrate(database, file, {{1, first_schema}, {2, "ALTER TABLE letters RENAME TO post"}}, progress));
  EXPECT_EQ(schema_of(database), 2);
  EXPECT_THAT(told, testing::ElementsAre(HasSubstr("backing up"), HasSubstr("schema 2")));
  SQLite::Database backup(file.string() + ".schema-1.backup");
  EXPECT_EQ(letters(backup), "kept");
}

TEST_F(MigrationTest, AFailingStepLeavesTheOldSchema) {
  const auto file = folder_ / "old.db";
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  ASSERT_TRUE(migrate(database, file, {{1, first_schema}}, {}));
  EXPECT_THROW(migrate(database, file, {{1, first_schema}, {2, "DELETE FROM letters"}, {3, "CREATE TABLE broken("}}, {})
                   .has_value(),
               SQLite::Exception);
  EXPECT_EQ(schema_of(database), 1);
  EXPECT_EQ(letters(database), "kept");
}

// The real steps, with a chance to die after each of their statements.
std::string with_deaths(std::string_view sql) {
  std::string out;
  while (!sql.empty()) {
    const auto end = std::min(sql.find('\n'), sql.size());
    const std::string_view line = sql.substr(0, end);
    sql.remove_prefix(std::min(end + 1, sql.size()));
    out += std::string(line) + '\n';
    if (sqlite3_complete(std::string(line.substr(0, line.find("--"))).c_str()) != 0) out += "SELECT die();\n";
  }
  return out;
}

// No word is looked at in here.
const LexiconSource no_lexicon = []() -> text::Lexicon& { throw std::logic_error("no lexicon is needed"); };

void die_at_its_turn(sqlite3_context* context, int, sqlite3_value**) {
  auto* left = static_cast<int*>(sqlite3_user_data(context));
  if ((*left)-- == 0) kill(getpid(), SIGKILL);
}

// In a process of its own: killed within the migration, or done.
bool migrates_before_it_dies(const std::filesystem::path& file, int after) {
  const pid_t child = fork();
  if (child == 0) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    register_tokenizer(database.getHandle(), no_lexicon);
    sqlite3_create_function(database.getHandle(), "die", 0, SQLITE_UTF8, &after, die_at_its_turn, nullptr, nullptr);
    std::vector<std::string> texts;
    for (const MigrationStep& step : migration_steps()) texts.push_back(with_deaths(step.sql));
    std::vector<MigrationStep> steps;
    for (const MigrationStep& step : migration_steps()) steps.push_back({step.schema, texts[steps.size()]});
    _exit(migrate(database, file, steps, {}) ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(MigrationTest, AKillAfterAnyStatementLosesNothing) {
  const auto file = folder_ / "old.db";
  {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    register_tokenizer(database.getHandle(), no_lexicon);
    database.exec("PRAGMA journal_mode = WAL");
    ASSERT_TRUE(migrate(database, file, {migration_steps().front()}, {}));
    database.exec("INSERT INTO meta(key, value) VALUES ('letter', 'kept')");
  }
  int deaths = 0;
  while (!migrates_before_it_dies(file, deaths)) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    ASSERT_EQ(schema_of(database), 1) << "after statement " << deaths;
    ASSERT_EQ(database.execAndGet("SELECT value FROM meta WHERE key = 'letter'").getString(), "kept");
    ASSERT_LT(++deaths, 1000);
  }
  EXPECT_GT(deaths, 10);
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  EXPECT_EQ(schema_of(database), newest_schema());
  EXPECT_EQ(database.execAndGet("SELECT value FROM meta WHERE key = 'letter'").getString(), "kept");
}

TEST_F(MigrationTest, StepsAreNumberedWithoutGaps) {
  int expected = 1;
  for (const MigrationStep& step : migration_steps()) EXPECT_EQ(step.schema, expected++);
}

}  // namespace
}  // namespace sotevahti::archive
