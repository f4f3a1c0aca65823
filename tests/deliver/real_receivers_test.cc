// Mail and webhooks to receivers that others wrote: aiosmtpd, Python's reader of mail, and
// a strict reading of Standard Webhooks.
#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "sending.h"
#include "support/tool.h"

namespace sotevahti::deliver {
namespace {

using test_support::Tool;
using testing::HasSubstr;
using testing::Not;

constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

TEST(RealReceivers, EveryReaderGetsOneWholeMailWhateverTheRelayAnswersOnTheWay) {
  constexpr int readers = 120;
  World world;
  const auto taken = world.folder / "taken";
  std::filesystem::create_directories(taken);
  const auto script = world.folder.write("script.json", R"({
    "reader1@example.com": ["450 4.2.1 busy", "450 4.2.1 busy"],
    "reader2@example.com": ["drop"],
    "reader3@example.com": ["data 451 4.3.0 later"],
    "reader4@example.com": ["550 5.1.1 no such user"]})");
  const Tool sink("smtp_sink.py", {taken.string(), script.string()});

  world.database->transaction([&] {
    for (int i = 0; i < readers; ++i)
      world.subscribe(world.subscriber("reader" + std::to_string(i) + "@example.com"), "daily 07:00");
    for (int i = 0; i < 60; ++i)
      world.publish(std::to_string(i),
                    "Uutinen " + std::to_string(i) + " – järjestöavustukset, ”lainaus” & <b>\r\nBcc: x@y");
  });
  world.clock.set(helsinki(2026, 2, 20, 7, 1));
  world.build();
  for (int round = 0; round < 4; ++round) {
    send_round(world, must(make_transport(relay_settings("smtp://127.0.0.1:" + sink.port()))));
    world.clock.advance(10min);
  }

  std::map<std::string, int> mails;
  for (const auto& entry : std::filesystem::directory_iterator(taken))
    if (entry.path().extension() == ".json") {
      const auto envelope = nlohmann::json::parse(test_support::read_file(entry.path()));
      EXPECT_EQ(envelope["from"], "sote@example.org");
      ASSERT_EQ(envelope["to"].size(), 1U);
      ++mails[envelope["to"][0]];
    }
  EXPECT_EQ(mails.size(), static_cast<std::size_t>(readers - 1));
  EXPECT_EQ(mails.count("reader4@example.com"), 0U);
  for (const auto& [reader, count] : mails) EXPECT_EQ(count, 1) << reader;

  const std::string out = (world.folder / "read").string();
  const std::string command = SOTEVAHTI_SOURCE_DIR "/tests/tools/read_mail.py " + taken.string() + "/*.eml > " + out;
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe)
  const std::string read = test_support::read_file(out);
  EXPECT_THAT(read, HasSubstr("parts: text/plain text/html\n"));
  EXPECT_THAT(read, HasSubstr("Uutinen 49 – järjestöavustukset, ”lainaus” & <b> Bcc: x@y"));
}

TEST(RealReceivers, AStrictReceiverTakesTheWebhook) {
  World world;
  const auto taken = world.folder / "taken";
  std::filesystem::create_directories(taken);
  auto hook = world.wish(world.subscriber("aino@example.com"), "daily 07:00");
  const base::Time due = helsinki(2026, 2, 20, 7, 1);
  const Tool receiver("webhook_receiver.py", {taken.string(), secret, std::to_string(base::to_unix(due)), "503"});
  hook.channel = {archive::Channel::Kind::webhook, "http://127.0.0.1:" + receiver.port() + "/hook", secret, "standard"};
  world.subscribe(hook);
  world.publish("1", "Haku aukesi");
  world.clock.set(due);
  world.build();
  const auto no_mail = [&] { return make_file_transport(world.folder / "mails"); };
  EXPECT_EQ(send_round(world, no_mail()).deferred, 1U);
  EXPECT_TRUE(std::filesystem::is_empty(taken));
  world.clock.advance(10s);
  EXPECT_EQ(send_round(world, no_mail()).sent, 1U);
  const auto row = world.outbox().at(0);
  const auto event = nlohmann::json::parse(test_support::read_file(taken / (row.message_id + ".json")));
  EXPECT_EQ(event["type"], "digest");
  EXPECT_EQ(event["data"]["sections"][0]["blocks"][0]["stories"][0]["title"], "Haku aukesi");
}

TEST(RealReceivers, AWrongSecretIsRefusedByIt) {
  World world;
  const auto taken = world.folder / "taken";
  std::filesystem::create_directories(taken);
  const base::Time due = helsinki(2026, 2, 20, 7, 1);
  const Tool receiver("webhook_receiver.py", {taken.string(), secret, std::to_string(base::to_unix(due))});
  auto hook = world.wish(world.subscriber("aino@example.com"), "daily 07:00");
  hook.channel = {archive::Channel::Kind::webhook, "http://127.0.0.1:" + receiver.port() + "/hook",
                  "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "standard"};
  world.subscribe(hook);
  world.publish("1", "Haku aukesi");
  world.clock.set(due);
  world.build();
  EXPECT_EQ(send_round(world, make_file_transport(world.folder / "mails")).deferred, 1U);
  EXPECT_THAT(world.outbox().at(0).last_error, HasSubstr("HTTP 401 \"no signature that fits\""));
}

}  // namespace
}  // namespace sotevahti::deliver
