// Delivery's thread: that it looks when it is told to, and outlives a round that fails.
#include "service/delivery.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "archive/ledger.h"
#include "archive/sign_ups.h"
#include "deliver/admin_letter.h"
#include "support/temp_folder.h"

namespace sotevahti::service {
namespace {

using namespace std::chrono_literals;

// Much less than the minute after which delivery looks by itself.
constexpr auto patience = 20s;

class DeliveryTest : public testing::Test {
 protected:
  DeliveryTest() {
    auto configuration = std::make_shared<Configuration>();
    auto& settings = configuration->loaded.settings;
    settings.archive.path = folder_ / "archive.db";
    settings.mail.dir = folder_ / "mails";
    settings.mail.from = "sote@yhdistys.example";
    configuration_ = std::move(configuration);
    database_ = archive::Database::open(settings.archive.path).value();
  }

  const config::Settings& settings() const { return configuration_->settings(); }

  void sign_up(const std::string& address) {
    archive::SignUp wish;
    wish.address = address;
    wish.language = "fi";
    wish.name = "Kainuu";
    wish.filter = "area:kainuu";
    wish.asked = clock_.now();
    ASSERT_TRUE(archive::SignUps(*database_).ask(wish, {}).value());
  }

  static bool has_trouble(const base::Measures& measures, bool wanted) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (measures.trouble().empty() == wanted && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(10ms);
    return measures.trouble().empty() != wanted;
  }

  // After its first looks, the next of which comes by itself after a minute. Leaves one letter more.
  void settle(Delivery& delivery) {
    const std::ptrdiff_t letters = count_letters();
    clock_.advance(1s);
    sign_up("first@yhdistys.example");
    delivery.look();
    ASSERT_TRUE(has_letters(letters + 1));
  }

  bool has_letters(std::ptrdiff_t wanted) const {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until) {
      if (count_letters() == wanted) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }

  std::ptrdiff_t count_letters() const {
    std::error_code none_yet;
    const std::filesystem::directory_iterator letters(settings().mail.dir, none_yet);
    const auto is_letter = [](const auto& file) { return file.path().extension() == ".eml"; };
    return std::count_if(begin(letters), end(letters), is_letter);
  }

  test_support::TempFolder folder_;
  base::ManualClock clock_{base::from_unix(1771584000)};
  std::shared_ptr<const Configuration> configuration_;
  std::unique_ptr<archive::Database> database_;
};

TEST_F(DeliveryTest, AnswersWhoHasSignedUpWhenItIsTold) {
  sign_up("anna@yhdistys.example");
  const auto delivery = Delivery::start(configuration_, clock_, std::make_shared<base::Measures>()).value();
  ASSERT_TRUE(has_letters(1)) << "whoever signed up before the start";
  settle(*delivery);
  sign_up("bertta@yhdistys.example");
  delivery->look();
  EXPECT_TRUE(has_letters(3)) << "though no look is due";
}

TEST_F(DeliveryTest, LooksSoonAfterNews) {
  const auto delivery = Delivery::start(configuration_, clock_, std::make_shared<base::Measures>()).value();
  settle(*delivery);
  sign_up("bertta@yhdistys.example");
  delivery->note_news();
  delivery->note_news();
  EXPECT_TRUE(has_letters(2)) << "though no look is due";
}

// A window ends before the second in which it is looked at: what came in that second needs a look after it.
TEST_F(DeliveryTest, NewsInTheSecondOfALookAreLookedForAgain) {
  const auto delivery = Delivery::start(configuration_, clock_, std::make_shared<base::Measures>()).value();
  settle(*delivery);
  sign_up("bertta@yhdistys.example");
  delivery->note_news();
  delivery->look();
  ASSERT_TRUE(has_letters(2));
  sign_up("cecilia@yhdistys.example");
  clock_.advance(1s);
  EXPECT_TRUE(has_letters(3)) << "the look at once was not enough";
}

TEST_F(DeliveryTest, TriesAgainWhenThatIsDue) {
  const auto delivery = Delivery::start(configuration_, clock_, std::make_shared<base::Measures>()).value();
  settle(*delivery);
  const base::Time again = clock_.now() + 2s;
  archive::Ledger(*database_)
      .enqueue(deliver::letter_to_admin({settings().mail.from, "", "admin@yhdistys.example"},
                                        {"test", "1", "a test", "A test.\n"}, again)
                   .value());
  sign_up("anna@yhdistys.example");
  delivery->look();
  ASSERT_TRUE(has_letters(2)) << "the other one's time has not come";
  clock_.set(again);
  EXPECT_TRUE(has_letters(3)) << "a minute is not over";
}

// A round that fails ends neither the thread nor the service: it is named, and the next one does all of it.
TEST_F(DeliveryTest, ARoundThatFailsIsNamedAndTheNextOneDoesItsWork) {
  const auto measures = std::make_shared<base::Measures>();
  const auto delivery = Delivery::start(configuration_, clock_, measures).value();
  sign_up("anna@yhdistys.example");
  delivery->look();
  ASSERT_TRUE(has_letters(1));

  SQLite::Database other(settings().archive.path.string(), SQLite::OPEN_READWRITE, 5000);
  other.exec("ALTER TABLE outbox RENAME TO taken_away");
  sign_up("bertta@yhdistys.example");
  delivery->look();
  EXPECT_TRUE(has_trouble(*measures, true)) << "nobody is told";
  other.exec("ALTER TABLE taken_away RENAME TO outbox");
  delivery->look();
  EXPECT_TRUE(has_letters(2));
  EXPECT_TRUE(has_trouble(*measures, false)) << "it still calls itself troubled";
}

}  // namespace
}  // namespace sotevahti::service
