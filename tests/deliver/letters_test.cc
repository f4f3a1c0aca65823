#include "deliver/letters.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>

#include "archive/sign_ups.h"
#include "deliver/payload.h"
#include "sending.h"
#include "support/smtp_server.h"

namespace sotevahti::deliver {
namespace {

using archive::SignUp;
using archive::SignUps;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Letters : public testing::Test {
 protected:
  SignUp wish(const std::string& address = "aino@example.com") const {
    SignUp made;
    made.address = address;
    made.language = "sv";
    made.name = "Birkaland";
    made.filter = "area:pirkanmaa";
    made.asked = world_.clock.now();
    return made;
  }
  SignUp asked(const SignUp& wanted) {
    SignUp made = wanted;
    made.id = must(sign_ups_.ask(wanted, {})).value();
    return made;
  }
  LetterReport answer() { return answer_sign_ups(*world_.database, world_.sender, world_.texts, world_.clock.now()); }
  static std::string after(const std::string& text, const std::string& mark) {
    const auto at = text.find(mark);
    return at == std::string::npos ? "" : text.substr(at + mark.size(), 22);
  }

  World world_;
  SignUps sign_ups_{*world_.database};
};

TEST_F(Letters, AskTheAddressToConfirmAndMakeNobodyASubscriber) {
  asked(wish());
  EXPECT_EQ(answer().written, 1U);
  EXPECT_EQ(answer().written, 0U) << "once";
  ASSERT_THAT(world_.outbox(), SizeIs(1));
  const archive::OutboxRow row = world_.outbox()[0];
  EXPECT_EQ(row.recipient, "aino@example.com");
  EXPECT_EQ(row.subscriber, 0);
  EXPECT_THAT(archive::People(*world_.database).subscribers(), IsEmpty());
  const std::string mail = unpack_mail(row.payload, [](const StandIn& stand_in) {
    EXPECT_EQ(stand_in.use, archive::People::TokenUse::confirm);
    return std::string("TOKEN");
  });
  EXPECT_THAT(mail, AllOf(HasSubstr("https://sote.example.org/confirm/TOKEN"), HasSubstr("Content-Language: sv\r\n"),
                          HasSubstr("Birkaland"), HasSubstr("26.2.2026"), HasSubstr("Auto-Submitted: auto-generated"),
                          Not(HasSubstr("List-Unsubscribe"))));
}

TEST_F(Letters, TheTokenThatIsMailedConfirms) {
  asked(wish());
  answer();
  test_support::SmtpServer smtp;
  const config::Settings settings = relay_settings(smtp.url());
  EXPECT_EQ(send_round(world_, must(make_transport(settings))).sent, 1U);
  ASSERT_THAT(smtp.mails(), SizeIs(1));
  const std::string token = after(smtp.mails()[0].data, "/confirm/");
  const auto found = sign_ups_.find(token, world_.clock.now());
  ASSERT_TRUE(found) << smtp.mails()[0].data;
  EXPECT_EQ(found->address, "aino@example.com");
  EXPECT_THAT(world_.outbox()[0].payload, Not(HasSubstr(token))) << "what is kept holds no token";
}

// Killed between the relay's answer and its being written down: the letter goes again, recognisable, and both links
// hold.
TEST_F(Letters, ASecondAttemptLeavesTheFirstLinkGood) {
  asked(wish());
  answer();
  test_support::SmtpServer smtp;
  const config::Settings settings = relay_settings(smtp.url());
  send_round(world_, must(make_transport(settings)));
  world_.database->sqlite().exec("UPDATE outbox SET state = 'pending', next_attempt = 0");
  send_round(world_, must(make_transport(settings)));
  ASSERT_THAT(smtp.mails(), SizeIs(2));
  for (const auto& message : smtp.mails())
    EXPECT_TRUE(sign_ups_.find(after(message.data, "/confirm/"), world_.clock.now()));
  EXPECT_EQ(after(smtp.mails()[0].data, "Message-ID: "), after(smtp.mails()[1].data, "Message-ID: "));
}

TEST_F(Letters, OneWhoHasSubscriptionsIsToldSoInHisLanguage) {
  world_.subscribe(world_.subscriber("aino@example.com", "fi"), "daily 07:00");
  asked(wish("Aino@Example.com"));
  EXPECT_EQ(answer().written, 1U);
  const archive::OutboxRow row = world_.outbox()[0];
  EXPECT_NE(row.subscriber, 0);
  EXPECT_EQ(row.recipient, "aino@example.com");
  EXPECT_THAT(row.payload, AllOf(HasSubstr("/manage/"), HasSubstr("Pirkanmaan uutiset"),
                                 HasSubstr("Content-Language: fi\r\n"), Not(HasSubstr("/confirm/"))));
}

TEST_F(Letters, OneWhoseSubscriptionsEndedIsAskedToConfirm) {
  const auto reader = world_.subscriber("aino@example.com");
  archive::People(*world_.database).end_subscription(world_.subscribe(reader, "daily 07:00"), "enough");
  asked(wish());
  answer();
  EXPECT_THAT(world_.outbox()[0].payload, HasSubstr("/confirm/"));
}

TEST_F(Letters, AnAddressGetsFewADay) {
  for (int i = 0; i < 5; ++i) asked(wish());
  asked(wish("other@example.com"));
  const LetterReport report = answer();
  EXPECT_EQ(report.written, most_letters_a_day + 1);
  EXPECT_EQ(report.held, 2U);
  world_.clock.advance(25h);
  asked(wish());
  EXPECT_EQ(answer().written, 1U);
}

TEST_F(Letters, AStrangersNameAddsNothingToTheMail) {
  SignUp wanted = wish("victim@example.com");
  wanted.name = "<a href=\"https://evil.example\">Voitit!</a>\r\n\r\nBcc: all@example.com https://evil.example";
  asked(wanted);
  answer();
  EXPECT_THAT(world_.outbox()[0].payload, AllOf(Not(HasSubstr("\r\nBcc:")), Not(HasSubstr("evil.example"))));
}

TEST_F(Letters, AnAddressThatCannotBeMailedIsRefusedWhenItIsAsked) {
  EXPECT_FALSE(sign_ups_.ask(wish("äiti@example.com"), {}));
  asked(wish("aiti@järjestö.fi"));
  EXPECT_EQ(answer().written, 1U);
  EXPECT_EQ(world_.outbox()[0].recipient, "aiti@xn--jrjest-bua3m.fi");
}

TEST_F(Letters, WhatNobodyConfirmedIsForgotten) {
  asked(wish());
  answer();
  world_.clock.advance(SignUps::kept);
  answer();
  EXPECT_THAT(world_.outbox(), IsEmpty());
}

}  // namespace
}  // namespace sotevahti::deliver
