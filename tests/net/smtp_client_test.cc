#include "net/smtp_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <thread>

#include "support/smtp_server.h"

namespace sotevahti::net {
namespace {

using std::chrono::milliseconds;
using test_support::SmtpAnswer;
using test_support::SmtpServer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view content = "Subject: Kooste\r\n\r\nHei!\r\n";

SmtpMessage to(std::string recipient) { return {"kooste@sotevahti.fi", std::move(recipient), content}; }

SmtpRelay::Options options_for(const SmtpServer& server) {
  SmtpRelay::Options options;
  options.url = server.url();
  options.hello_name = "sotevahti.test";
  options.timeout = milliseconds(5000);
  return options;
}

SmtpServer::Script answering(std::string verb, std::string line, bool closes = false) {
  return [=](std::string_view asked, std::string_view) -> std::optional<SmtpAnswer> {
    if (asked != verb) return std::nullopt;
    SmtpAnswer answer(line);
    answer.closes = closes;
    return answer;
  };
}

TEST(SmtpRelay, HandsOverOneMailWithItsEnvelope) {
  SmtpServer server;
  SmtpRelay relay(options_for(server));
  const auto reply = relay.send({"kooste@sotevahti.fi", "anna@työ.fi", content});
  EXPECT_EQ(reply.verdict, SmtpVerdict::accepted) << reply.text;
  EXPECT_EQ(reply.code, 250);
  EXPECT_EQ(reply.enhanced, "2.0.0");
  EXPECT_EQ(reply.text, "2.0.0 queued");
  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].from, "kooste@sotevahti.fi");
  EXPECT_THAT(mails[0].to, ElementsAre("anna@xn--ty-gka.fi"));
  EXPECT_EQ(mails[0].data, content);
  EXPECT_THAT(server.commands(), ElementsAre("EHLO sotevahti.test", HasSubstr("MAIL FROM:<kooste@sotevahti.fi>"),
                                             "RCPT TO:<anna@xn--ty-gka.fi>", "DATA"));
}

TEST(SmtpRelay, KeepsOneConnectionForManyMails) {
  SmtpServer server;
  SmtpRelay relay(options_for(server));
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(relay.send(to("a" + std::to_string(i) + "@b.fi")).verdict, SmtpVerdict::accepted);
  }
  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 50U);
  for (std::size_t i = 0; i < mails.size(); ++i)
    EXPECT_THAT(mails[i].to, ElementsAre("a" + std::to_string(i) + "@b.fi"));
  EXPECT_EQ(server.connections(), 1U);
}

TEST(SmtpRelay, SaysGoodbye) {
  SmtpServer server;
  { ASSERT_EQ(SmtpRelay(options_for(server)).send(to("a@b.fi")).verdict, SmtpVerdict::accepted); }
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (server.commands().back() != "QUIT" && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(milliseconds(1));  // nobody waits for its answer
  EXPECT_EQ(server.commands().back(), "QUIT");
}

TEST(SmtpRelay, DotsAtLineStartsArriveAsTheyWere) {
  SmtpServer server;
  SmtpRelay relay(options_for(server));
  const std::string dots = "Subject: x\r\n\r\n.\r\n..\r\n.a\r\n\r\n.";
  ASSERT_EQ(relay.send({"a@b.fi", "c@d.fi", dots}).verdict, SmtpVerdict::accepted);
  EXPECT_EQ(server.mails().at(0).data, dots + "\r\n");
}

TEST(SmtpRelay, ALongMessageArrivesWhole) {
  SmtpServer server;
  SmtpRelay relay(options_for(server));
  std::string text = "Subject: x\r\n\r\n";
  for (int i = 0; i < 20000; ++i) text += ".rivi " + std::to_string(i) + "\r\n";
  ASSERT_EQ(relay.send({"a@b.fi", "c@d.fi", text}).verdict, SmtpVerdict::accepted);
  EXPECT_EQ(server.mails().at(0).data, text);
}

TEST(SmtpRelay, AddressesAndMessagesCannotSpeakToTheRelay) {
  SmtpServer server;
  SmtpRelay relay(options_for(server));
  EXPECT_EQ(relay.send(to("a@b.fi>\r\nRCPT TO:<evil@c.fi")).verdict, SmtpVerdict::bad_recipient);
  EXPECT_EQ(relay.send({"a@b.fi\r\nDATA", "a@b.fi", content}).verdict, SmtpVerdict::bad_relay);
  for (const char* smuggled :
       {"a\n.\nMAIL FROM:<x@y.fi>\r\n", "a\r.\r\nb\r\n", "a\r\n.\nb\r\n", "a\n.\r\nb\r\n", "a\r", "a\n"}) {
    const auto reply = relay.send({"a@b.fi", "c@d.fi", smuggled});
    EXPECT_EQ(reply.verdict, SmtpVerdict::bad_message);
    EXPECT_EQ(reply.phase, SmtpPhase::prepare);
  }
  EXPECT_EQ(server.connections(), 0U);
}

TEST(SmtpRelay, TellsAnswersToRecipientsApart) {
  SmtpServer server;
  server.set_script([](std::string_view verb, std::string_view line) -> std::optional<SmtpAnswer> {
    if (verb != "RCPT") return std::nullopt;
    if (line.find("gone@") != line.npos) return SmtpAnswer("550 5.1.1 No such user");
    if (line.find("full@") != line.npos) return SmtpAnswer("452 4.2.2 Mailbox full");
    if (line.find("far@") != line.npos) return SmtpAnswer("554-5.7.1 Relay access\r\n554 5.7.1 denied");
    return std::nullopt;
  });
  SmtpRelay relay(options_for(server));
  const auto gone = relay.send(to("gone@b.fi"));
  EXPECT_EQ(gone.verdict, SmtpVerdict::bad_recipient);
  EXPECT_EQ(gone.phase, SmtpPhase::rcpt);
  EXPECT_EQ(gone.code, 550);
  EXPECT_EQ(gone.enhanced, "5.1.1");
  EXPECT_EQ(gone.text, "5.1.1 No such user");
  const auto full = relay.send(to("full@b.fi"));
  EXPECT_EQ(full.verdict, SmtpVerdict::later);
  EXPECT_EQ(full.code, 452);
  const auto far = relay.send(to("far@b.fi"));
  EXPECT_EQ(far.verdict, SmtpVerdict::bad_relay);
  EXPECT_EQ(far.text, "5.7.1 Relay access 5.7.1 denied");
  EXPECT_EQ(relay.send(to("fine@b.fi")).verdict, SmtpVerdict::accepted);
  EXPECT_EQ(server.mails().size(), 1U);
}

TEST(SmtpRelay, NamesThePhaseThatFailed) {
  struct Case {
    const char* verb;
    const char* line;
    SmtpPhase phase;
    SmtpVerdict verdict;
  };
  for (const auto& [verb, line, phase, verdict] : {
           Case{"CONNECT", "554 5.7.1 go away", SmtpPhase::connect, SmtpVerdict::bad_relay},
           Case{"CONNECT", "421 4.3.2 busy", SmtpPhase::connect, SmtpVerdict::later},
           Case{"MAIL", "550 5.7.1 sender refused", SmtpPhase::mail, SmtpVerdict::bad_relay},
           Case{"MAIL", "451 4.3.0 try later", SmtpPhase::mail, SmtpVerdict::later},
           Case{"MAIL", "552 5.3.4 too big", SmtpPhase::mail, SmtpVerdict::bad_message},
           Case{"DATA", "554 5.5.1 no", SmtpPhase::data, SmtpVerdict::bad_message},
           Case{".", "550 5.7.1 spam", SmtpPhase::data, SmtpVerdict::bad_message},
           Case{".", "451 4.7.1 greylisted", SmtpPhase::data, SmtpVerdict::later},
       }) {
    SmtpServer server;
    server.set_script(answering(verb, line));
    SmtpRelay relay(options_for(server));
    const auto reply = relay.send(to("a@b.fi"));
    EXPECT_EQ(reply.phase, phase) << line << " gave " << to_string(reply.phase) << ": " << reply.text;
    EXPECT_EQ(reply.verdict, verdict) << line;
    EXPECT_EQ(reply.code, std::stoi(line));
    EXPECT_EQ(reply.text, std::string(line).substr(4));
    EXPECT_THAT(server.mails(), IsEmpty());
  }
}

TEST(SmtpRelay, ADropAfterTheDataIsWorthAnotherTryLater) {
  SmtpServer server;
  server.set_script(answering(".", "", true));
  SmtpRelay relay(options_for(server));
  const auto reply = relay.send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::later);
  EXPECT_EQ(reply.phase, SmtpPhase::data);
  EXPECT_EQ(reply.code, 0);
  EXPECT_EQ(server.connections(), 1U) << "it may have been taken: no second try of its own";
}

TEST(SmtpRelay, AKeptConnectionThatWasClosedIsOpenedAgain) {
  for (const std::string answer : {"421 4.4.2 idle too long", ""}) {
    SmtpServer server;
    int mails = 0;
    server.set_script([&, answer](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
      if (verb != "MAIL" || ++mails != 2) return std::nullopt;
      SmtpAnswer closing(answer);
      closing.closes = true;
      return closing;
    });
    SmtpRelay relay(options_for(server));
    EXPECT_EQ(relay.send(to("a@b.fi")).verdict, SmtpVerdict::accepted);
    const auto second = relay.send(to("b@b.fi"));
    EXPECT_EQ(second.verdict, SmtpVerdict::accepted) << second.text;
    EXPECT_EQ(relay.send(to("c@b.fi")).verdict, SmtpVerdict::accepted);
    EXPECT_EQ(server.mails().size(), 3U);
    EXPECT_EQ(server.connections(), 2U);
  }
}

TEST(SmtpRelay, ASlowRelayEndsAtTheTimeout) {
  SmtpServer server;
  server.set_script([](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
    if (verb != "RCPT") return std::nullopt;
    SmtpAnswer late("250 ok");
    late.delay = milliseconds(60000);
    return late;
  });
  auto options = options_for(server);
  options.timeout = milliseconds(300);
  SmtpRelay relay(options);
  const auto start = std::chrono::steady_clock::now();
  const auto reply = relay.send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::later);
  EXPECT_EQ(reply.phase, SmtpPhase::rcpt);
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(5000));
}

TEST(SmtpRelay, NobodyListeningIsWorthAnotherTryLater) {
  SmtpRelay::Options options;
  { options.url = SmtpServer().url(); }
  SmtpRelay relay(options);
  const auto reply = relay.send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::later);
  EXPECT_EQ(reply.phase, SmtpPhase::connect);
  EXPECT_FALSE(reply.text.empty());
}

TEST(SmtpRelay, StopEndsWhatIsUnderWay) {
  SmtpServer server;
  server.set_script([](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
    if (verb != "DATA") return std::nullopt;
    return SmtpAnswer("");
  });
  auto options = options_for(server);
  options.timeout = milliseconds(60000);
  SmtpRelay relay(options);
  std::thread stopper([&] {
    while (server.commands().size() < 4) std::this_thread::yield();
    relay.stop();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto reply = relay.send(to("a@b.fi"));
  stopper.join();
  EXPECT_EQ(reply.verdict, SmtpVerdict::later);
  EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(5000));
  EXPECT_EQ(relay.send(to("a@b.fi")).text, "stopped");
  EXPECT_EQ(server.connections(), 1U);
}

// Neither with a mail that is nowhere nor with a goodbye that is not answered.
TEST(SmtpRelay, ItsEndWaitsForNoRelay) {
  for (const std::string_view hangs_at : {".", "QUIT"}) {
    SmtpServer server;
    server.set_script([&](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
      if (verb != hangs_at) return std::nullopt;
      SmtpAnswer silence("");
      silence.delay = milliseconds(60000);
      return silence;
    });
    SmtpRelay::Options options = options_for(server);
    options.timeout = milliseconds(300);
    std::optional<SmtpRelay> relay(std::in_place, options);
    relay->send(to("anna@example.com"));
    const auto began = std::chrono::steady_clock::now();
    relay.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(5000)) << hangs_at;
  }
}

TEST(SmtpRelay, ThePolicyJudgesTheRelaysAddress) {
  SmtpServer server;
  auto options = options_for(server);
  options.policy = AddressPolicy();
  SmtpRelay relay(options);
  const auto reply = relay.send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::bad_relay);
  EXPECT_THAT(reply.text, HasSubstr("127.0.0.1"));
  EXPECT_EQ(server.connections(), 0U);
}

TEST(SmtpRelay, SpeaksSmtpOnly) {
  for (const char* url : {"http://127.0.0.1:25", "file:///etc/passwd", "", "imap://127.0.0.1"}) {
    SmtpRelay::Options options;
    options.url = url;
    EXPECT_EQ(SmtpRelay(options).send(to("a@b.fi")).verdict, SmtpVerdict::bad_relay) << url;
  }
}

SmtpServer::Options with_tls(std::string name) {
  SmtpServer::Options options;
  options.tls_name = std::move(name);
  return options;
}

TEST(SmtpTls, RequiredUsesAVerifiedConnection) {
  SmtpServer server(with_tls("127.0.0.1"));
  auto options = options_for(server);
  options.tls = SmtpTls::required;
  options.ca_file = server.ca_file();
  SmtpRelay relay(options);
  EXPECT_EQ(relay.send(to("a@b.fi")).verdict, SmtpVerdict::accepted);
  EXPECT_EQ(relay.send(to("a@b.fi")).verdict, SmtpVerdict::accepted);
  for (const auto& mail : server.mails()) EXPECT_TRUE(mail.is_encrypted);
  EXPECT_EQ(server.connections(), 1U);
}

TEST(SmtpTls, RequiredSendsNothingWhereItIsNotOffered) {
  SmtpServer server;
  auto options = options_for(server);
  options.tls = SmtpTls::required;
  SmtpRelay relay(options);
  for (int i = 0; i < 2; ++i) {
    const auto reply = relay.send(to("a@b.fi"));
    EXPECT_EQ(reply.verdict, SmtpVerdict::bad_relay);
    EXPECT_EQ(reply.phase, SmtpPhase::tls);
  }
  EXPECT_THAT(server.mails(), IsEmpty());
  for (const auto& command : server.commands()) EXPECT_FALSE(command.starts_with("MAIL")) << command;
}

TEST(SmtpTls, RequiredSendsNothingToAWrongName) {
  SmtpServer server(with_tls("mail.example.fi"));
  auto options = options_for(server);
  options.tls = SmtpTls::required;
  options.ca_file = server.ca_file();
  SmtpRelay relay(options);
  const auto reply = relay.send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::bad_relay);
  EXPECT_EQ(reply.phase, SmtpPhase::tls);
  EXPECT_THAT(server.mails(), IsEmpty());
}

TEST(SmtpTls, WhenOfferedTakesWhatIsThere) {
  SmtpServer plain;
  SmtpServer offering(with_tls("snakeoil.invalid"));
  EXPECT_EQ(SmtpRelay(options_for(plain)).send(to("a@b.fi")).verdict, SmtpVerdict::accepted);
  const auto reply = SmtpRelay(options_for(offering)).send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::accepted) << reply.text;
  EXPECT_FALSE(plain.mails().at(0).is_encrypted);
  EXPECT_TRUE(offering.mails().at(0).is_encrypted);
}

TEST(SmtpTls, NoneStaysPlain) {
  SmtpServer server(with_tls("127.0.0.1"));
  auto options = options_for(server);
  options.tls = SmtpTls::none;
  EXPECT_EQ(SmtpRelay(options).send(to("a@b.fi")).verdict, SmtpVerdict::accepted);
  EXPECT_FALSE(server.mails().at(0).is_encrypted);
}

TEST(SmtpTls, FromTheFirstByteIsVerified) {
  auto from_start = with_tls("127.0.0.1");
  from_start.is_tls_from_start = true;
  SmtpServer server(from_start);
  auto options = options_for(server);
  EXPECT_EQ(SmtpRelay(options).send(to("a@b.fi")).verdict, SmtpVerdict::bad_relay) << "an unknown issuer";
  options.ca_file = server.ca_file();
  const auto reply = SmtpRelay(options).send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::accepted) << reply.text;
  EXPECT_TRUE(server.mails().at(0).is_encrypted);
}

TEST(SmtpAuth, SignsInWithTheRightPassword) {
  auto signing = with_tls("127.0.0.1");
  signing.user = "kooste";
  signing.password = "salasana: ä";
  SmtpServer server(signing);
  auto options = options_for(server);
  options.tls = SmtpTls::required;
  options.ca_file = server.ca_file();
  options.username = signing.user;
  options.password = signing.password;
  const auto reply = SmtpRelay(options).send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::accepted) << reply.text;
  EXPECT_EQ(server.mails().at(0).user, "kooste");

  options.password = "wrong";
  const auto refused = SmtpRelay(options).send(to("a@b.fi"));
  EXPECT_EQ(refused.verdict, SmtpVerdict::bad_relay);
  EXPECT_EQ(refused.phase, SmtpPhase::auth);
  EXPECT_EQ(refused.code, 535);
  EXPECT_EQ(refused.text.find("wrong\""), std::string::npos);
  EXPECT_EQ(server.mails().size(), 1U);
}

TEST(SmtpAuth, APasswordStaysOffNetworksInTheClear) {
  SmtpServer::Options signing;
  signing.user = "kooste";
  signing.password = "salasana";
  SmtpServer server(signing);
  auto options = options_for(server);
  options.username = signing.user;
  options.password = signing.password;
  EXPECT_EQ(SmtpRelay(options).send(to("a@b.fi")).verdict, SmtpVerdict::accepted) << "on this machine it may";

  // Leads to this machine too, but does not say so.
  options.url = "smtp://0.0.0.0:" + std::to_string(server.port());
  const std::size_t before = server.commands().size();
  const auto reply = SmtpRelay(options).send(to("a@b.fi"));
  EXPECT_EQ(reply.verdict, SmtpVerdict::bad_relay);
  EXPECT_EQ(reply.phase, SmtpPhase::tls);
  for (std::size_t i = before; i < server.commands().size(); ++i)
    EXPECT_FALSE(server.commands()[i].starts_with("AUTH"));
}

TEST(SmtpAnswerJudged, ByCodeAndCommand) {
  const auto verdict = [](SmtpPhase phase, int code, std::string_view text) {
    return judge_smtp_answer(phase, code, text).verdict;
  };
  EXPECT_EQ(verdict(SmtpPhase::rcpt, 550, "No such user"), SmtpVerdict::bad_recipient);
  EXPECT_EQ(verdict(SmtpPhase::rcpt, 551, "5.1.6 moved"), SmtpVerdict::bad_recipient);
  EXPECT_EQ(verdict(SmtpPhase::rcpt, 552, "5.2.2 full"), SmtpVerdict::bad_recipient);
  EXPECT_EQ(verdict(SmtpPhase::rcpt, 450, "4.7.1 greylisted"), SmtpVerdict::later);
  EXPECT_EQ(verdict(SmtpPhase::rcpt, 530, "5.7.0 sign in first"), SmtpVerdict::bad_relay);
  EXPECT_EQ(verdict(SmtpPhase::data, 554, "5.6.0 bad content"), SmtpVerdict::bad_message);
  EXPECT_EQ(verdict(SmtpPhase::data, 550, "5.1.1 no such user"), SmtpVerdict::bad_recipient);
  EXPECT_EQ(verdict(SmtpPhase::auth, 454, "4.7.0 later"), SmtpVerdict::later);
  EXPECT_EQ(verdict(SmtpPhase::auth, 535, "5.7.8 wrong"), SmtpVerdict::bad_relay);
  EXPECT_EQ(judge_smtp_answer(SmtpPhase::rcpt, 550, "5.1.1").enhanced, "5.1.1");
  EXPECT_EQ(judge_smtp_answer(SmtpPhase::rcpt, 550, "5 apples").enhanced, "");
  EXPECT_EQ(judge_smtp_answer(SmtpPhase::rcpt, 550, "192.168.1.1 is listed").enhanced, "");
  EXPECT_EQ(judge_smtp_answer(SmtpPhase::rcpt, 550, "a\x1b[31m\r\nb").text.find_first_of("\x1b\r\n"),
            std::string::npos);
}

}  // namespace
}  // namespace sotevahti::net
