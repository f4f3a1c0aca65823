#include "digest/mail.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "digest/mime.h"
#include "digest/webhook.h"
#include "sample.h"
#include "support/temp_folder.h"

namespace sotevahti::digest {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

MailDraft draft() {
  MailDraft made;
  made.from = "sote@example.org";
  made.from_name = "Järjestöjen sotevahti";
  made.reply_to = "toimisto@example.org";
  made.to = "aino@example.com";
  made.to_name = "Aino Ääkkönen";
  made.subject = "Pirkanmaan avustukset 20.2.2026: 12 uutta asiaa, 3 määräaikaa lähestyy";
  made.date = sample::now;
  made.message_id = message_id("digest", "1|2|3", made.from);
  made.text = "Hyvää huomenta\n.\nFrom here\nväli lopussa \n";
  made.html = "<!doctype html><html lang=\"fi\"><p>Hyvää huomenta = 1</p></html>\n";
  made.list_name = "Pirkanmaan avustukset";
  made.list_id = "digest.example.org";
  made.unsubscribe_url = "https://sote.example.org/unsubscribe/AAAAAAAAAAAAAAAAAAAAAA";
  made.help_url = "https://sote.example.org/subscribe";
  made.archive_url = "https://sote.example.org/digests/xyz";
  return made;
}

std::string built(const MailDraft& from) {
  auto mail = build_mail(from);
  if (!mail) ADD_FAILURE() << mail.error().message;
  return mail.value_or("");
}

void expect_clean_lines(const std::string& mail) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    ASSERT_LT(static_cast<unsigned char>(mail[i]), 0x80) << "at " << i;
    if (mail[i] == '\r') {
      ASSERT_EQ(mail[i + 1], '\n') << "bare CR at " << i;
    }
    if (mail[i] == '\n') {
      ASSERT_EQ(mail[i - 1], '\r') << "bare LF at " << i;
      length = 0;
    } else {
      ASSERT_LE(++length, 998U);
    }
  }
}

TEST(Mail, CarriesWhatReceiversOfListsRequire) {
  const std::string mail = built(draft());
  for (const char* line :
       {"\r\nList-Unsubscribe: <https://sote.example.org/unsubscribe/AAAAAAAAAAAAAAAAAAAAAA>\r\n",
        "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", "\r\nAuto-Submitted: auto-generated\r\n",
        "\r\nContent-Language: fi\r\n", "\r\nList-Archive: <https://sote.example.org/digests/xyz>\r\n",
        "\r\nList-Help: <https://sote.example.org/subscribe>\r\n", "\r\nDate: Fri, 20 Feb 2026 05:00:00 +0000\r\n",
        "\r\nList-Id: \"Pirkanmaan avustukset\"\r\n <digest.example.org>\r\n",
        "\r\nReply-To: <toimisto@example.org>\r\n"})
    EXPECT_THAT(mail, HasSubstr(line));
  EXPECT_THAT(mail, StartsWith("From: =?utf-8?Q?"));
}

TEST(Mail, HasAsciiLinesThatEndInCrLf) {
  MailDraft long_lines = draft();
  long_lines.html += std::string(5000, 'x') + std::string(5000, '\xc3') + "\r" + "\n\r\n\n";
  long_lines.subject = std::string(4000, 'a');
  long_lines.to_name = std::string(900, 'b');
  expect_clean_lines(built(draft()));
  expect_clean_lines(built(long_lines));
}

TEST(Mail, TheSameDraftGivesTheSameBytes) { EXPECT_EQ(built(draft()), built(draft())); }

TEST(Mail, MessageIdIsThatOfTheDelivery) {
  EXPECT_EQ(message_id("digest", "a", "x@example.org"), message_id("digest", "a", "y@example.org"));
  EXPECT_NE(message_id("digest", "a", "x@example.org"), message_id("digest", "b", "x@example.org"));
  EXPECT_THAT(message_id("digest", "a", "x@example.org"), testing::EndsWith("@example.org"));
}

TEST(Mail, AHeaderCannotBeBrokenOutOf) {
  MailDraft hostile = draft();
  hostile.subject = "Hei\r\nBcc: victim@example.org\r\n\r\nbody";
  hostile.to_name = "A\nCc: victim@example.org";
  hostile.list_name = "x\" <evil@example.org>, \"\r\nX-Evil: 1";
  hostile.language = "fi\r\nX-Evil: 2";
  const std::string mail = built(hostile);
  expect_clean_lines(mail);
  EXPECT_THAT(mail, Not(HasSubstr("\r\nBcc:")));
  EXPECT_THAT(mail, Not(HasSubstr("\r\nCc:")));
  EXPECT_THAT(mail, Not(HasSubstr("\r\nX-Evil")));
}

TEST(Mail, RefusesAddressesThatAreNone) {
  const std::string long_local(10'000, 'a');
  for (const std::string& address :
       {std::string(""), std::string("a@b\r\nRCPT TO:<x@example.org>"), std::string("\"a b\"@example.org"),
        std::string("a b@example.org"), std::string("<a@example.org>"), std::string("ä@example.org"),
        std::string("a@exämple.org"), std::string("a@@example.org"), std::string("a,b@example.org"), std::string("a@"),
        std::string("@example.org"), std::string("a.@example.org"), long_local + "@example.org"}) {
    MailDraft bad = draft();
    bad.to = address;
    EXPECT_FALSE(build_mail(bad)) << address.substr(0, 60);
    bad = draft();
    bad.from = address;
    EXPECT_FALSE(build_mail(bad)) << address.substr(0, 60);
  }
  MailDraft bad = draft();
  bad.unsubscribe_url = "https://example.org/>\r\nX: 1";
  EXPECT_FALSE(build_mail(bad));
  bad = draft();
  bad.message_id = "a b@c>\r\n";
  EXPECT_FALSE(build_mail(bad));
}

TEST(Mail, TheErrorShowsNoControlBytes) {
  MailDraft bad = draft();
  bad.to = "a\x1b[31m\r\n@example.org";
  const auto refused = build_mail(bad);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "\"a\\x1b[31m\\x0d\\x0a@example.org\" is no address of mail");
}

TEST(QuotedPrintable, KeepsTokensWhole) {
  const std::string token = "Zm9v-YmFy_1234567890ab";
  const std::string text = "x https://sote.example.org/a/very/long/way/to/the/page/unsubscribe/" + token + "/?q=ä";
  EXPECT_THAT(quoted_printable(text), HasSubstr(token));
}

TEST(QuotedPrintable, EncodesWhatGetsLostOnTheWay) {
  EXPECT_EQ(quoted_printable("a \n"), "a=20\r\n");
  EXPECT_EQ(quoted_printable(".\nä=\t."), "=2E\r\n=C3=A4=3D=09.");
}

// Python's own reader of mail is the judge: no defects, and all comes back as it was.
TEST(Mail, PythonReadsItWithoutDefects) {
  const test_support::TempFolder folder;
  MailDraft with_calendar = draft();
  with_calendar.calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";
  with_calendar.subject = "=?utf-8?Q?not_encoded?= \"quotes\", commas; 🎉 " + std::string(40, 'x') + " Ääkkösiä ja öitä";
  folder.write("plain.eml", built(draft()));
  folder.write("calendar.eml", built(with_calendar));
  const std::string command = "python3 " SOTEVAHTI_SOURCE_DIR "/tests/tools/read_mail.py " + folder.path().string() +
                              "/*.eml > " + (folder / "out").string();
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe)
  const std::string out = test_support::read_file(folder / "out");
  EXPECT_THAT(out, HasSubstr("defects: 0\nsubject: " + draft().subject + "\n"));
  EXPECT_THAT(out, HasSubstr("subject: " + with_calendar.subject + "\n"));
  EXPECT_THAT(out, HasSubstr("to: Aino Ääkkönen <aino@example.com>\n"));
  EXPECT_THAT(out, HasSubstr("parts: text/plain text/html\n"));
  EXPECT_THAT(out, HasSubstr("parts: text/plain text/html text/calendar\n"));
  EXPECT_THAT(out, HasSubstr("text: Hyvää huomenta|.|From here|väli lopussa |"));
  EXPECT_THAT(out, Not(HasSubstr("defects: 1")));
}

TEST(Webhook, SignsAsTheSpecificationsExample) {
  // The example of Standard Webhooks' own documentation.
  const auto headers = webhook_headers("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                       base::from_unix(1614265330), R"({"test": 2432232314})");
  ASSERT_TRUE(headers);
  EXPECT_THAT(*headers,
              testing::Contains(testing::Pair("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")));
  EXPECT_THAT(*headers, testing::Contains(testing::Pair("webhook-timestamp", "1614265330")));
}

TEST(Webhook, BothSecretsSignWhileOneIsReplaced) {
  const std::string old_secret = webhook_secret(std::string(24, 'a'));
  const std::string new_secret = webhook_secret(std::string(32, 'b'));
  const auto signature = [](const std::string& secrets) {
    return webhook_headers(secrets, "msg_1", sample::now, "{}")->at(3).second;
  };
  EXPECT_EQ(signature(new_secret + " " + old_secret), signature(new_secret) + " " + signature(old_secret));
}

TEST(Webhook, RefusesWeakSecrets) {
  EXPECT_FALSE(check_webhook_secret(""));
  EXPECT_FALSE(check_webhook_secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  EXPECT_FALSE(check_webhook_secret("whsec_*"));
  EXPECT_FALSE(check_webhook_secret(webhook_secret(std::string(23, 'a'))));
  EXPECT_FALSE(check_webhook_secret(webhook_secret(std::string(65, 'a'))));
  EXPECT_TRUE(check_webhook_secret(webhook_secret(std::string(64, 'a'))));
}

TEST(Webhook, BodyHasTypeTimestampAndData) {
  EXPECT_EQ(webhook_body("digest", sample::now, R"({"a": "ä"})"),
            R"({"type":"digest","timestamp":"2026-02-20T05:00:00Z","data":{"a":"ä"}})");
  EXPECT_EQ(webhook_id("x").find('.'), std::string::npos);
}

}  // namespace
}  // namespace sotevahti::digest
