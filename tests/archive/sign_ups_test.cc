#include "archive/sign_ups.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/ledger.h"
#include "archive/person_export.h"
#include "samples.h"

namespace sotevahti::archive {
namespace {

using namespace std::chrono_literals;
using samples::start;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SignUpsTest : public testing::Test {
 protected:
  SignUp wish(const std::string& address = "anna@yhdistys.example", const std::string& filter = "area:pirkanmaa") {
    SignUp made;
    made.address = address;
    made.language = "sv";
    made.name = "Birkaland";
    made.filter = filter;
    made.rhythm = Rhythm::parse("weekly mon 08:00").value();
    made.asked = start();
    return made;
  }
  SignUpId ask(const SignUp& wanted) { return sign_ups_.ask(wanted, {}).value().value(); }
  std::string refusal(const SignUp& wanted) {
    const auto asked = sign_ups_.ask(wanted, {{"lappi"}, {}, {}});
    return asked ? "taken" : asked.error().message;
  }
  OutboxId letter() {
    OutboxRow row;
    row.recipient = "anna@yhdistys.example";
    row.message_id = "confirm." + std::to_string(++letters_) + "@example.org";
    row.payload = "to anna@yhdistys.example";
    row.created = row.next_attempt = start();
    return Ledger(*database_).enqueue(row);
  }
  std::int64_t count(const std::string& what) {
    return database_->sqlite().execAndGet("SELECT count(*) FROM " + what).getInt64();
  }

  test_support::TempFolder folder_;
  std::unique_ptr<Database> database_ = samples::open(folder_ / "archive.db");
  SignUps sign_ups_{*database_};
  People people_{*database_};
  int letters_ = 0;
};

TEST_F(SignUpsTest, AskingMakesNobodyASubscriber) {
  const SignUpId id = ask(wish());
  ASSERT_THAT(sign_ups_.waiting(), SizeIs(1));
  EXPECT_EQ(sign_ups_.waiting()[0].rhythm.print(), "weekly mon 08:00");
  sign_ups_.mark_answered(id, std::nullopt);
  EXPECT_THAT(sign_ups_.waiting(), IsEmpty());
  EXPECT_THAT(people_.subscribers(), IsEmpty());
}

TEST_F(SignUpsTest, ConfirmingMakesTheSubscriberAndTheSubscriptionOnce) {
  const std::string token = sign_ups_.make_token(ask(wish()));
  EXPECT_EQ(count("sign_up_tokens WHERE hash = '" + token + "'"), 0) << "only its hash is kept";
  const auto asked = sign_ups_.find(token, start() + 24h);
  ASSERT_TRUE(asked);
  EXPECT_FALSE(asked->is_confirmed);
  const auto person = sign_ups_.confirm(*asked, {}, start() + 24h);
  ASSERT_TRUE(person) << person.error().message;
  EXPECT_EQ(people_.subscriber(*person)->address, "anna@yhdistys.example");
  ASSERT_THAT(people_.subscriptions(), SizeIs(1));
  const Subscription made = people_.subscriptions()[0];
  EXPECT_EQ(made.language, "sv");
  EXPECT_EQ(made.window_start, start() + 24h) << "nothing from before the confirmation";
  EXPECT_TRUE(sign_ups_.find(token, start() + 25h)->is_confirmed);
  EXPECT_EQ(sign_ups_.confirm(*asked, {}, start() + 25h).value(), *person);
  EXPECT_THAT(people_.subscriptions(), SizeIs(1));
  people_.end_subscription(made.id, "enough");
  EXPECT_TRUE(sign_ups_.confirm(*asked, {}, start() + 26h));
  EXPECT_FALSE(people_.subscription(made.id)->ended.empty()) << "a used link begins nothing again";
  EXPECT_THAT(people_.subscriptions(), SizeIs(1));
}

TEST_F(SignUpsTest, OneWhoIsThereGetsASubscriptionMoreButNoneTwice) {
  const auto confirm = [&](const SignUp& wanted) {
    return sign_ups_.confirm(*sign_ups_.find(sign_ups_.make_token(ask(wanted)), start()), {}, start()).value();
  };
  const auto first = confirm(wish());
  EXPECT_EQ(confirm(wish("ANNA@yhdistys.example")), first);
  EXPECT_THAT(people_.subscriptions(), SizeIs(1));
  EXPECT_EQ(confirm(wish("anna@yhdistys.example", "area:lappi")), first);
  EXPECT_THAT(people_.subscriptions(), SizeIs(2));
}

TEST_F(SignUpsTest, AFilterThatNoLongerHoldsIsNotConfirmed) {
  const std::string token = sign_ups_.make_token(ask(wish()));
  const auto asked = *sign_ups_.find(token, start());
  EXPECT_FALSE(sign_ups_.confirm(asked, {{"lappi"}, {}, {}}, start()));
  EXPECT_THAT(people_.subscribers(), IsEmpty());
  EXPECT_TRUE(sign_ups_.confirm(asked, {}, start())) << "and it can be tried again";
}

TEST_F(SignUpsTest, RefusesWhatCannotBeMailedOrRead) {
  EXPECT_THAT(refusal(wish("anna@example.fi\r\nBcc: all@example.fi")), HasSubstr("control character"));
  EXPECT_THAT(refusal(wish(std::string(10'000, 'a') + "@example.fi")), HasSubstr("254 octets"));
  EXPECT_THAT(refusal(wish("anna@example.fi", "area:lapi")), HasSubstr("did you mean area:lappi?"));
  SignUp elsewhere = wish("anna@example.fi", "area:lappi");
  elsewhere.zone = "Europe/Tampere";
  EXPECT_THAT(refusal(elsewhere), HasSubstr("Europe/Tampere"));
  EXPECT_EQ(count("sign_ups"), 0);
}

TEST_F(SignUpsTest, TakesSoManyAnHour) {
  for (std::size_t i = 0; i < SignUps::most_an_hour; ++i) ask(wish("anna" + std::to_string(i) + "@example.fi"));
  EXPECT_EQ(sign_ups_.ask(wish(), {}).value(), std::nullopt);
  SignUp later = wish();
  later.asked = start() + 1h;
  EXPECT_NE(sign_ups_.ask(later, {}).value(), std::nullopt);
}

TEST_F(SignUpsTest, CountsTheLettersThatWent) {
  const SignUpId first = ask(wish());
  sign_ups_.mark_answered(first, letter());
  sign_ups_.mark_answered(ask(wish()), std::nullopt);
  EXPECT_EQ(sign_ups_.letters_to("Anna@yhdistys.example", start() - 24h), 1U);
  EXPECT_EQ(sign_ups_.letters_to("anna@yhdistys.example", start()), 0U) << "of those after that moment";
}

TEST_F(SignUpsTest, AreForgottenAfterAWeekWithTheirLetters) {
  const SignUpId id = ask(wish());
  const std::string token = sign_ups_.make_token(id);
  sign_ups_.mark_answered(id, letter());
  EXPECT_TRUE(sign_ups_.find(token, start() + SignUps::kept - 1s));
  EXPECT_FALSE(sign_ups_.find(token, start() + SignUps::kept)) << "also where nobody has forgotten it yet";
  EXPECT_EQ(sign_ups_.forget_old(start() + SignUps::kept - 1s), 0U);
  EXPECT_EQ(sign_ups_.forget_old(start() + SignUps::kept), 1U);
  EXPECT_EQ(count("sign_up_tokens") + count("sign_ups") + count("outbox"), 0);
  EXPECT_EQ(sign_ups_.make_token(id), "");
}

TEST_F(SignUpsTest, NothingIsLeftOfOneWhoIsErased) {
  const SignUpId id = ask(wish());
  sign_ups_.mark_answered(id, letter());
  ASSERT_TRUE(sign_ups_.confirm(*sign_ups_.find(sign_ups_.make_token(id), start()), {}, start()));
  ASSERT_TRUE(people_.erase_person(wish().address));
  EXPECT_EQ(count("sign_up_tokens") + count("sign_ups") + count("subscribers") + count("outbox"), 0);
}

TEST_F(SignUpsTest, AreExportedAndErasedByTheAddressAsItIsWritten) {
  ask(wish("eva@määrä.fi"));
  const auto text = export_person(*database_, "Eva@määrä.fi");
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, testing::HasSubstr(R"("sign_ups":[{"asked":)"));
  EXPECT_TRUE(people_.erase_person("eva@määrä.fi"));
  EXPECT_EQ(count("sign_ups"), 0);
  EXPECT_FALSE(export_person(*database_, "eva@määrä.fi"));
}

TEST_F(SignUpsTest, OneAddressIsForgottenOnItsOwn) {
  sign_ups_.mark_answered(ask(wish()), letter());
  ask(wish("bertta@yhdistys.example"));
  EXPECT_EQ(sign_ups_.forget("ANNA@yhdistys.example"), 1U);
  EXPECT_EQ(sign_ups_.forget("anna@yhdistys.example"), 0U);
  EXPECT_EQ(count("outbox"), 0);
  EXPECT_EQ(count("sign_ups"), 1);
}

}  // namespace
}  // namespace sotevahti::archive
