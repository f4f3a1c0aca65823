#include "archive/maintenance.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "archive/query.h"
#include "samples.h"
#include "support/temp_folder.h"

namespace sotevahti::archive {
namespace {

using samples::start;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class MaintenanceTest : public testing::Test {
 protected:
  MaintenanceTest() {
    samples::store(*database_, "pirha", start(), {samples::entry("1", "Avustushaku avautui", "Teksti.", start())});
  }
  std::int64_t entries(const std::filesystem::path& file) {
    return first_integer(*samples::open(file), "SELECT count(*) FROM entries").value_or(0);
  }

  test_support::TempFolder folder_;
  std::filesystem::path file_ = folder_ / "archive.db";
  std::filesystem::path copy_ = folder_ / "copy.db";
  std::unique_ptr<Database> database_ = samples::open(file_);
};

TEST_F(MaintenanceTest, ABackupIsWholeAndOnlyItsOwnersToRead) {
  double told = 0;
  ASSERT_TRUE(back_up(*database_, copy_, [&](const std::string&, double part) { told = part; }));
  EXPECT_GT(told, 0);
  EXPECT_EQ(entries(copy_), 1);
  EXPECT_THAT(check_archive(*samples::open(copy_)), IsEmpty());
  EXPECT_EQ(std::filesystem::status(copy_).permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_FALSE(back_up(*database_, copy_, {})) << "it overwrites nothing";
  EXPECT_FALSE(std::filesystem::exists(folder_ / "copy.db.part"));
}

TEST_F(MaintenanceTest, RestoreTakesWhatIsWholeAndNoArchivesPlace) {
  ASSERT_TRUE(back_up(*database_, copy_, {}));
  EXPECT_FALSE(restore(copy_, file_, {})) << "an archive is there";
  ASSERT_TRUE(restore(copy_, folder_ / "again.db", {}));
  EXPECT_EQ(entries(folder_ / "again.db"), 1);

  run(*samples::open(copy_), "DELETE FROM entry_index");
  const auto refused = restore(copy_, folder_ / "third.db", {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("is not whole"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "third.db"));

  std::ofstream(folder_ / "empty.db").close();
  const auto empty = restore(folder_ / "empty.db", folder_ / "fourth.db", {});
  ASSERT_FALSE(empty) << "as a full disk leaves a backup";
  EXPECT_THAT(empty.error().message, HasSubstr("is empty"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "fourth.db"));
}

TEST_F(MaintenanceTest, AnIndexThatSaysOtherThanTheTextsIsSeenAndMadeAnew) {
  EXPECT_THAT(check_archive(*database_), IsEmpty());
  run(*database_, "DELETE FROM entry_index");
  EXPECT_THAT(check_archive(*database_), Contains(HasSubstr("full-text index")));
  rebuild_full_text(*database_, {});
  EXPECT_THAT(check_archive(*database_), IsEmpty());
}

TEST_F(MaintenanceTest, ARowThatNamesWhatIsNotThereIsSeen) {
  run(*database_, "PRAGMA foreign_keys = OFF");
  run(*database_, "DELETE FROM feeds");
  EXPECT_THAT(check_archive(*database_), Contains(HasSubstr("a row of entries names one of feeds")));
}

}  // namespace
}  // namespace sotevahti::archive
