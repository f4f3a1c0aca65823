#include "deliver/outbox.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "base/hash.h"
#include "sending.h"
#include "support/http_server.h"
#include "support/smtp_server.h"

namespace sotevahti::deliver {
namespace {

using archive::OutboxRow;
using test_support::HttpServer;
using test_support::SmtpAnswer;
using test_support::SmtpServer;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

test_support::Answer answer(int status, test_support::Headers headers = {}, std::string body = {}) {
  test_support::Answer made;
  made.status = status;
  made.headers = std::move(headers);
  made.body = std::move(body);
  return made;
}

// A world with people who are due a digest, and the servers that it goes to.
class OutboxTest : public testing::Test {
 protected:
  // So many people with a digest in the outbox.
  void decide(int people) {
    world_.database->transaction([&] {
      for (int i = 0; i < people; ++i)
        world_.subscribe(world_.subscriber("reader" + std::to_string(i) + "@example.com"), "daily 07:00");
    });
    world_.publish("1", "Järjestöavustusten haku aukesi");
    world_.clock.set(helsinki(2026, 2, 20, 7, 1));
    world_.build();
  }

  archive::SubscriptionId hook(const std::string& url, const std::string& style = "standard") {
    auto wanted = world_.wish(world_.subscriber("hook" + std::to_string(++hooks_) + "@example.com"), "daily 07:00");
    wanted.channel = {archive::Channel::Kind::webhook, url, secret, style};
    return world_.subscribe(wanted);
  }
  void decide_hooks() { decide(0); }

  SendReport send() {
    return send_round(world_, transport_ ? std::move(transport_) : must(make_transport(settings_)), options_);
  }

  std::map<OutboxRow::State, int> states() {
    std::map<OutboxRow::State, int> count;
    for (const OutboxRow& row : world_.outbox()) ++count[row.state];
    return count;
  }

  World world_;
  SmtpServer smtp_;
  HttpServer http_;
  config::Settings settings_ = relay_settings(smtp_.url());
  OutboxOptions options_ = unhurried();
  std::unique_ptr<MailTransport> transport_;
  int hooks_ = 0;
};

TEST_F(OutboxTest, SendsEachMailOnceOverOneConnection) {
  decide(20);
  const SendReport report = send();
  EXPECT_EQ(report.sent, 20U);
  EXPECT_THAT(report.problems, IsEmpty());
  const auto mails = smtp_.mails();
  ASSERT_THAT(mails, SizeIs(20));
  EXPECT_EQ(smtp_.connections(), 1U);
  for (const auto& mail : mails) {
    EXPECT_EQ(mail.from, "sote@example.org");
    ASSERT_THAT(mail.to, SizeIs(1));
    EXPECT_THAT(mail.data, HasSubstr("To: \"Aino\"\r\n <" + mail.to[0] + ">\r\n"));
  }
  EXPECT_EQ(send().sent, 0U);
  EXPECT_THAT(smtp_.mails(), SizeIs(20));
}

TEST_F(OutboxTest, TheTokenInTheMailWorksAndIsNotInTheArchive) {
  decide(1);
  send();
  const std::string data = smtp_.mails().at(0).data;
  const std::string before = "List-Unsubscribe: <https://sote.example.org/unsubscribe/";
  const auto at = data.find(before);
  ASSERT_NE(at, std::string::npos);
  const std::string token = data.substr(at + before.size(), 22);
  archive::People people(*world_.database);
  const auto owner = people.find_token(token, archive::People::TokenUse::unsubscribe);
  ASSERT_TRUE(owner);
  EXPECT_EQ(owner->subscription, people.subscriptions().at(0).id);
  for (const auto& entry : std::filesystem::directory_iterator(world_.folder.path()))
    EXPECT_THAT(test_support::read_file(entry.path()), Not(HasSubstr(token))) << entry.path();
}

TEST_F(OutboxTest, AMailThatIsPutOffIsSentLaterWithTheSameId) {
  decide(2);
  bool first = true;
  smtp_.set_script([&](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
    if (verb != "RCPT" || !std::exchange(first, false)) return std::nullopt;
    return SmtpAnswer("450 4.2.1 Mailbox busy");
  });
  const SendReport report = send();
  EXPECT_EQ(report.sent, 1U);
  EXPECT_EQ(report.deferred, 1U);
  EXPECT_EQ(send().sent, 0U);  // not before its time
  world_.clock.advance(2min);
  EXPECT_EQ(send().sent, 1U);
  EXPECT_THAT(smtp_.mails(), SizeIs(2));
  EXPECT_EQ(states()[OutboxRow::State::sent], 2);
}

TEST_F(OutboxTest, ADropAfterTheDataIsSentAgainWithTheSameMessageId) {
  decide(1);
  bool first = true;
  smtp_.set_script([&](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
    if (verb != "." || !std::exchange(first, false)) return std::nullopt;
    SmtpAnswer silence("");
    silence.closes = true;
    return silence;
  });
  send();
  world_.clock.advance(5min);
  send();
  const auto mails = smtp_.mails();
  ASSERT_FALSE(mails.empty());
  const auto id = [](const std::string& data) { return data.substr(data.find("Message-ID: "), 70); };
  for (const auto& mail : mails) EXPECT_EQ(id(mail.data), id(mails[0].data));
  EXPECT_EQ(states()[OutboxRow::State::sent], 1);
}

TEST_F(OutboxTest, ThreeRefusalsOfAnAddressSuspendItsSubscriber) {
  smtp_.set_script([](std::string_view verb, std::string_view line) -> std::optional<SmtpAnswer> {
    if (verb == "RCPT" && line.find("gone@") != std::string_view::npos) return SmtpAnswer("550 5.1.1 No such user");
    return std::nullopt;
  });
  const auto gone = world_.subscriber("gone@example.com");
  world_.subscribe(gone, "daily 07:00");
  const auto well = world_.subscriber("well@example.com");
  world_.subscribe(well, "daily 07:00");
  SendReport last;
  for (unsigned day = 20; day <= 23; ++day) {
    world_.publish(std::to_string(day), "Uutinen " + std::to_string(day));
    world_.clock.set(helsinki(2026, 2, day, 7, 1));
    world_.build();
    const SendReport report = send();
    if (!report.problems.empty()) last = report;
  }
  EXPECT_THAT(last.problems, ElementsAre(AllOf(HasSubstr("gone@example.com is suspended"), HasSubstr("No such user"))));
  archive::People people(*world_.database);
  EXPECT_THAT(people.subscriber(gone)->suspended, HasSubstr("550"));
  EXPECT_THAT(people.subscriber(well)->suspended, IsEmpty());
  EXPECT_THAT(smtp_.mails(), SizeIs(4));           // all to the one who is well
  EXPECT_EQ(states()[OutboxRow::State::dead], 3);  // and no fourth was made
}

TEST_F(OutboxTest, ARelayThatRefusesTheServiceStopsMailAndBlamesNobody) {
  decide(30);
  bool refuses = true;
  smtp_.set_script([&](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
    if (verb == "MAIL" && refuses) return SmtpAnswer("554 5.7.1 Sender not allowed");
    return std::nullopt;
  });
  const SendReport report = send();
  EXPECT_EQ(report.sent, 0U);
  EXPECT_EQ(report.dead, 0U);
  EXPECT_THAT(report.problems, ElementsAre(HasSubstr("Sender not allowed")));
  std::size_t tries = 0;
  for (const std::string& command : smtp_.commands()) tries += command.starts_with("MAIL") ? 1U : 0U;
  EXPECT_LE(tries, 2U);  // it is not hammered
  for (const auto& reader : archive::People(*world_.database).subscribers()) EXPECT_EQ(reader.hard_bounces, 0);

  refuses = false;
  world_.clock.advance(20min);
  EXPECT_EQ(send().sent, 30U);
}

// Lets nothing through the first time.
class FailingOnce : public MailTransport {
 public:
  MailAnswer send(const std::string&, const std::string&, const std::string&, std::string_view) override {
    if (std::exchange(fails_, false)) return {MailAnswer::Kind::relay, "not reached"};
    return {MailAnswer::Kind::accepted, "250"};
  }

 private:
  bool fails_ = true;
};

// The mails were leased and handed back without end, for the worker rested until the round was over.
TEST_F(OutboxTest, ARelayThatHasRestedIsTriedInTheRoundThatStillLasts) {
  hook(http_.url("/slow"));
  http_.serve("/slow", [&](const test_support::SeenRequest&) {
    archive::OpenOptions reading;
    reading.access = archive::Access::read;
    const auto database = must(archive::Database::open(world_.folder / "sotevahti.db", reading));
    archive::Ledger ledger(*database);
    const auto is_put_off = [&] { return ledger.outbox(OutboxRow::State::failed, 10).size() == 3; };
    for (int i = 0; i < 2000 && !is_put_off(); ++i) std::this_thread::sleep_for(10ms);
    world_.clock.advance(20min);
    return answer(200);
  });
  decide(3);
  transport_ = std::make_unique<FailingOnce>();
  const SendReport report = send();
  EXPECT_EQ(report.sent, 4U);
  EXPECT_EQ(report.dead, 0U);
}

TEST_F(OutboxTest, ARelayThatIsAwayForADayLosesNothing) {
  decide(5);
  settings_.mail.url = "smtp://127.0.0.1:1";
  for (int hour = 0; hour < 24; ++hour) {
    EXPECT_EQ(send().dead, 0U);
    world_.clock.advance(1h);
  }
  settings_.mail.url = smtp_.url();
  EXPECT_EQ(send().sent, 5U);
}

TEST_F(OutboxTest, OneRefusedMessageIsGivenUpAndReported) {
  decide(2);
  bool first = true;
  smtp_.set_script([&](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
    if (verb != "." || !std::exchange(first, false)) return std::nullopt;
    return SmtpAnswer("554 5.6.0 Message refused");
  });
  const SendReport report = send();
  EXPECT_EQ(report.sent, 1U);
  EXPECT_EQ(report.dead, 1U);
  EXPECT_THAT(report.problems, ElementsAre(HasSubstr("Message refused")));
}

TEST_F(OutboxTest, WhoLeftBeforeItWasSentGetsNothing) {
  decide(2);
  archive::People people(*world_.database);
  people.end_subscription(people.subscriptions().at(0).id, "unsubscribed");
  const SendReport report = send();
  EXPECT_EQ(report.sent, 1U);
  EXPECT_EQ(report.cancelled, 1U);
  EXPECT_THAT(smtp_.mails(), SizeIs(1));
}

TEST_F(OutboxTest, OnlyAllowedDomainsAreWrittenTo) {
  decide(1);
  options_.allowed_domains = {"yhdistys.example"};
  EXPECT_EQ(send().cancelled, 1U);
  EXPECT_THAT(smtp_.mails(), IsEmpty());
  EXPECT_THAT(world_.outbox()[0].last_error, HasSubstr("allowed_domains"));
}

TEST_F(OutboxTest, AFolderTakesMailWholeUnderItsMessageId) {
  decide(3);
  const auto folder = world_.folder / "mails";
  transport_ = make_file_transport(folder);
  EXPECT_EQ(send().sent, 3U);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    ++files;
    EXPECT_EQ(entry.path().extension(), ".eml");
    const std::string mail = test_support::read_file(entry.path());
    EXPECT_THAT(mail, HasSubstr("Message-ID: <" + entry.path().stem().string() + ">\r\n"));
  }
  EXPECT_EQ(files, 3U);
}

TEST_F(OutboxTest, AFolderThatCannotBeWrittenRestsMail) {
  decide(2);
  world_.folder.write("file", "");
  transport_ = make_file_transport(world_.folder / "file" / "mails");
  const SendReport report = send();
  EXPECT_EQ(report.deferred, 2U);
  EXPECT_THAT(report.problems, SizeIs(1));
}

TEST(FileTransport, AMessageIdLeadsOutOfNoFolder) {
  const test_support::TempFolder folder;
  const auto transport = make_file_transport(folder / "in");
  const MailAnswer answer = transport->send("a@b", "c@d", "../../evil/\n@x", "content");
  EXPECT_EQ(answer.kind, MailAnswer::Kind::accepted);
  EXPECT_EQ(std::filesystem::path(answer.answer).parent_path(), folder / "in");
}

// Verifies as a strict receiver does (Standard Webhooks 1.0.0).
bool is_genuine(const test_support::SeenRequest& request, base::Time now) {
  const std::string id = request.header("webhook-id").value_or("");
  const std::string timestamp = request.header("webhook-timestamp").value_or("");
  const std::string key = must(base::from_base64(std::string(secret).substr(6)));
  const std::string expected =
      "v1," + base::to_base64(base::hmac_sha256(key, id + "." + timestamp + "." + request.body));
  return !id.empty() && id.find('.') == std::string::npos && timestamp == std::to_string(base::to_unix(now)) &&
         request.header("webhook-signature") == expected;
}

TEST_F(OutboxTest, AWebhookIsSignedAndPostedOnce) {
  http_.serve("/hook", answer(204));
  hook(http_.url("/hook"));
  decide_hooks();
  EXPECT_EQ(send().sent, 1U);
  EXPECT_EQ(send().sent, 0U);
  const auto seen = http_.seen("/hook");
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_EQ(seen[0].method, "POST");
  EXPECT_EQ(seen[0].header("content-type"), "application/json");
  EXPECT_TRUE(is_genuine(seen[0], world_.clock.now()));
}

TEST_F(OutboxTest, AChatHookGetsItsOwnBodyWithoutASignature) {
  http_.serve("/slack", answer(200, {}, "ok"));
  hook(http_.url("/slack"), "slack");
  decide_hooks();
  EXPECT_EQ(send().sent, 1U);
  const auto seen = http_.seen("/slack");
  EXPECT_THAT(seen.at(0).body, HasSubstr("\"blocks\""));
  EXPECT_EQ(seen.at(0).header("webhook-signature"), std::nullopt);
}

TEST_F(OutboxTest, AFailingHookIsTriedTenTimesThenDisabledWithItsReason) {
  http_.serve("/hook", answer(500, {}, "broken\r\nthing"));
  const auto id = hook(http_.url("/hook"));
  decide_hooks();
  SendReport last;
  std::set<std::string> ids;
  for (int i = 0; i < 15; ++i) {
    last = send();
    if (!last.problems.empty()) break;
    world_.clock.advance(28h);
  }
  const auto seen = http_.seen("/hook");
  EXPECT_THAT(seen, SizeIs(10));
  for (const auto& request : seen) ids.insert(*request.header("webhook-id"));
  EXPECT_THAT(ids, SizeIs(1));
  EXPECT_THAT(last.problems, ElementsAre(AllOf(HasSubstr("is disabled"), HasSubstr("HTTP 500"))));
  EXPECT_THAT(archive::People(*world_.database).subscription(id)->ended, HasSubstr("failed 10 times"));
  EXPECT_EQ(states()[OutboxRow::State::dead], 1);
}

TEST_F(OutboxTest, GoneDisablesAtOnce) {
  http_.serve("/hook", answer(410));
  const auto id = hook(http_.url("/hook"));
  decide_hooks();
  EXPECT_EQ(send().dead, 1U);
  EXPECT_THAT(archive::People(*world_.database).subscription(id)->ended, HasSubstr("wants no more"));
}

TEST_F(OutboxTest, ARedirectIsAFailureAndNotFollowed) {
  http_.serve("/hook", answer(302, {{"Location", http_.url("/other")}}, ""));
  http_.serve("/other", answer(200));
  hook(http_.url("/hook"));
  decide_hooks();
  EXPECT_EQ(send().deferred, 1U);
  EXPECT_THAT(http_.seen("/other"), IsEmpty());
}

TEST_F(OutboxTest, RetryAfterIsHonoured) {
  http_.serve("/hook", answer(429, {{"Retry-After", "3600"}}, ""));
  hook(http_.url("/hook"));
  decide_hooks();
  send();
  EXPECT_EQ(world_.outbox()[0].next_attempt, world_.clock.now() + 1h);
}

TEST_F(OutboxTest, SaysWhenSomethingIsToBeTriedNext) {
  archive::Ledger ledger(*world_.database);
  EXPECT_EQ(ledger.next_attempt(), std::nullopt);
  http_.serve("/hook", answer(500));
  hook(http_.url("/hook"));
  decide_hooks();
  EXPECT_EQ(ledger.next_attempt(), world_.clock.now());
  send();
  EXPECT_GE(*ledger.next_attempt() - world_.clock.now(), 5s);
  EXPECT_LE(*ledger.next_attempt() - world_.clock.now(), 6s);
}

TEST_F(OutboxTest, ASlowReceiverDelaysNobodyElse) {
  test_support::Answer slow = answer(200);
  slow.delay = 2s;
  http_.serve("/slow", slow);
  http_.serve("/quick", answer(200));
  hook(http_.url("/slow"));
  for (int i = 0; i < 5; ++i) hook(http_.url("/quick"));
  decide(5);
  EXPECT_EQ(send().sent, 11U);
  const auto slow_seen = http_.seen("/slow").at(0).at;
  for (const auto& request : http_.seen("/quick")) EXPECT_LT(request.at - slow_seen, 1s);
}

TEST_F(OutboxTest, AddressesThatMustNotBeReachedAreGivenUpWithTheReason) {
  hook("https://10.0.0.1/hook");          // private, and not allowed
  hook("http://hooks.example.org/hook");  // not https
  decide_hooks();
  const SendReport report = send();
  EXPECT_EQ(report.dead, 2U);
  EXPECT_THAT(report.problems, testing::UnorderedElementsAre(HasSubstr("10.0.0.1"), HasSubstr("https://")));
  for (const auto& each : archive::People(*world_.database).subscriptions())
    EXPECT_THAT(each.ended, HasSubstr("can never work"));
}

TEST_F(OutboxTest, ALeaseThatRanOutIsSentAgain) {
  decide(1);
  archive::Ledger ledger(*world_.database);
  ledger.lease(world_.clock.now(), world_.clock.now() + 30min, 10);  // and then the process died
  EXPECT_EQ(send().sent, 0U);
  world_.clock.advance(31min);
  EXPECT_EQ(send().sent, 1U);
}

TEST_F(OutboxTest, AThousandReadersAreEachSentOneMail) {
  decide(1000);
  EXPECT_EQ(send().sent, 1000U);
  std::set<std::string> readers;
  for (const auto& mail : smtp_.mails()) readers.insert(mail.to.at(0));
  EXPECT_THAT(smtp_.mails(), SizeIs(1000));
  EXPECT_THAT(readers, SizeIs(1000));
}

}  // namespace
}  // namespace sotevahti::deliver
