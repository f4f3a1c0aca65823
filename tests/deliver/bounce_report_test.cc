#include "deliver/bounce_report.h"

#include <gmock/gmock.h>

#include "archive/sign_ups.h"
#include "deliver/letters.h"
#include "world.h"

namespace sotevahti::deliver {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string report(const std::string& message_id, const std::string& address, const std::string& status,
                   const std::string& action = "failed") {
  return "From: MAILER-DAEMON@relay.example\r\n"
         "To: sote@example.org\r\n"
         "Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"=_b\"\r\n"
         "MIME-Version: 1.0\r\n\r\n"
         "--=_b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n"
         "--=_b\r\nContent-Type: message/delivery-status\r\n\r\n"
         "Reporting-MTA: dns; relay.example\r\nArrival-Date: Fri, 20 Feb 2026 07:00:00 +0200\r\n\r\n"
         "Final-Recipient: rfc822; " +
         address + "\r\nAction: " + action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; 550 5.1.1 <" +
         address +
         ">:\r\n Recipient address rejected\r\n\r\n"
         "--=_b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
         "From: sote@example.org\r\nMessage-ID: <" +
         message_id + ">\r\nSubject: x\r\n\r\n--=_b--\r\n";
}

TEST(BounceReport, IsReadAsRfc3464HasIt) {
  const auto read = read_bounce_report(report("digest.1@example.org", "aino@example.com", "5.1.1"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->message_id, "digest.1@example.org");
  ASSERT_THAT(read->recipients, SizeIs(1));
  EXPECT_EQ(read->recipients[0].address, "aino@example.com");
  EXPECT_EQ(read->recipients[0].diagnostic, "550 5.1.1 <aino@example.com>: Recipient address rejected");
  EXPECT_TRUE(read->recipients[0].is_hard());
}

TEST(BounceReport, FullBoxesAndDelaysAreSoft) {
  EXPECT_FALSE(read_bounce_report(report("m", "a@b.example", "5.2.2"))->recipients[0].is_hard());
  EXPECT_FALSE(read_bounce_report(report("m", "a@b.example", "4.1.1", "delayed"))->recipients[0].is_hard());
  EXPECT_FALSE(read_bounce_report(report("m", "a@b.example", "5.7.1"))->recipients[0].is_hard());
}

TEST(BounceReport, AFieldIsOneLine) {
  const auto report = read_bounce_report(
      "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
      "x: y\r\n\r\nFinal-Recipient: rfc822; a@x.example\rBcc: b@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
      "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <1\r2@x>\r\n\r\n--b--\r\n");
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->message_id, "1 2@x");
  ASSERT_EQ(report->recipients.size(), 1U);
  EXPECT_EQ(report->recipients[0].address.find('\r'), std::string::npos);
}

TEST(BounceReport, AnOrdinaryMailIsNone) {
  EXPECT_FALSE(read_bounce_report("From: a@b\r\nContent-Type: text/plain\r\n\r\nout of office\r\n"));
  EXPECT_FALSE(read_bounce_report(""));
  EXPECT_FALSE(read_bounce_report("Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n--x--\r\n"));
}

TEST(BounceReport, CutAnywhereItIsReadOrRefused) {
  const std::string whole = report("m", "a@b.example", "5.1.1");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto read = read_bounce_report(std::string_view(whole).substr(0, length));
    EXPECT_TRUE(!read || !read->recipients.empty()) << length;
  }
}

class Bounces : public testing::Test {
 protected:
  // The Message-ID of a mail that went to this reader.
  std::string mail_to(const std::string& address) {
    reader_ = world_.subscriber(address);
    world_.subscribe(reader_, "daily 07:00");
    world_.publish("1", "Haku");
    world_.clock.set(helsinki(2026, 2, 20, 7, 1));
    world_.build();
    return world_.outbox().at(0).message_id;
  }
  BounceCount take(const std::string& mail) {
    BounceCount count;
    take_bounce(*world_.database, mail, world_.clock.now(), count);
    return count;
  }
  int hard_bounces() { return archive::People(*world_.database).subscriber(reader_)->hard_bounces; }

  World world_;
  archive::SubscriberId reader_ = 0;
};

TEST_F(Bounces, TheThirdHardOneSuspends) {
  const std::string id = mail_to("aino@example.com");
  EXPECT_EQ(take(report(id, "Aino@Example.com", "5.1.1")).hard, 1U);
  EXPECT_EQ(take(report(id, "aino@example.com", "4.4.1", "delayed")).soft, 1U);
  take(report(id, "aino@example.com", "5.1.1"));
  EXPECT_THAT(take(report(id, "aino@example.com", "5.1.1")).suspended, ElementsAre("aino@example.com"));
}

TEST_F(Bounces, ALetterToNobodysAddressIsCountedAndNoMore) {
  archive::SignUp wish;
  wish.address = "typo@example.com";
  wish.asked = world_.clock.now();
  ASSERT_TRUE(archive::SignUps(*world_.database).ask(wish, {}));
  answer_sign_ups(*world_.database, world_.sender, world_.texts, world_.clock.now());
  const BounceCount count = take(report(world_.outbox().at(0).message_id, "typo@example.com", "5.1.1"));
  EXPECT_EQ(count.hard, 1U);
  EXPECT_THAT(count.unknown, SizeIs(0));
}

TEST_F(Bounces, AForgedReportSuspendsNobody) {
  const std::string id = mail_to("aino@example.com");
  const auto victim = world_.subscriber("eino@example.com");
  EXPECT_THAT(take(report("digest.guess@example.org", "aino@example.com", "5.1.1")).unknown, SizeIs(1));
  EXPECT_THAT(take(report(id, "eino@example.com", "5.1.1")).unknown, SizeIs(1));
  EXPECT_EQ(hard_bounces(), 0);
  EXPECT_EQ(archive::People(*world_.database).subscriber(victim)->hard_bounces, 0);
}

}  // namespace
}  // namespace sotevahti::deliver
