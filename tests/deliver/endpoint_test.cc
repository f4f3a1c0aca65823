// The life of a webhook's endpoint: its secret changes, it is tested, disabled and heard of,
// opened again, and what it missed is sent once more.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "deliver/message.h"
#include "digest/webhook.h"
#include "sending.h"
#include "support/http_server.h"

namespace sotevahti::deliver {
namespace {

using archive::OutboxRow;
using test_support::HttpServer;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* first_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* second_secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

std::string signature(std::string_view secret, const test_support::SeenRequest& request) {
  const std::string key = must(base::from_base64(std::string(secret).substr(6)));
  const std::string content =
      *request.header("webhook-id") + "." + *request.header("webhook-timestamp") + "." + request.body;
  return "v1," + base::to_base64(base::hmac_sha256(key, content));
}

class Endpoint : public testing::Test {
 protected:
  Endpoint() {
    answer_with(204);
    auto wanted = world_.wish(world_.subscriber("aino@example.com"), "daily 07:00");
    wanted.channel = {archive::Channel::Kind::webhook, http_.url("/hook"), first_secret, "standard"};
    id_ = world_.subscribe(wanted);
    options_.admin = {"sote@example.org", "Sotevahti", "admin@example.org"};
  }
  void answer_with(int status) {
    test_support::Answer made;
    made.status = status;
    http_.serve("/hook", made);
  }
  // One more story, and the morning after.
  void decide() {
    ++day_;
    world_.publish(std::to_string(day_), "Uutinen " + std::to_string(day_));
    world_.clock.set(helsinki(2026, 2, day_, 7, 1));
    world_.build();
  }
  SendReport send() { return send_round(world_, make_file_transport(world_.folder / "mails"), options_); }
  std::vector<test_support::SeenRequest> seen() { return http_.seen("/hook"); }
  std::vector<OutboxRow> letters() {
    auto rows = world_.outbox();
    std::erase_if(rows, [](const OutboxRow& row) { return row.recipient != "admin@example.org"; });
    return rows;
  }

  World world_;
  HttpServer http_;
  OutboxOptions options_ = unhurried();
  archive::People people_{*world_.database};
  archive::Ledger ledger_{*world_.database};
  archive::SubscriptionId id_ = 0;
  unsigned day_ = 19;
};

TEST_F(Endpoint, WhileItsSecretChangesBothSignAndThenTheNewOneAlone) {
  decide();  // waits in the outbox with the first one
  ASSERT_TRUE(people_.change_secret(id_, second_secret, world_.clock.now() + 24h));
  EXPECT_EQ(send().sent, 1U);
  EXPECT_EQ(seen().at(0).header("webhook-signature"),
            signature(second_secret, seen()[0]) + " " + signature(first_secret, seen()[0]));
  decide();
  EXPECT_EQ(send().sent, 1U);
  EXPECT_EQ(seen().at(1).header("webhook-signature"), signature(second_secret, seen()[1]));
}

TEST_F(Endpoint, ATestEventIsSignedAsAllOthers) {
  ledger_.enqueue(test_row(*people_.subscription(id_), world_.clock.now()));
  EXPECT_EQ(send().sent, 1U);
  const auto event = nlohmann::json::parse(seen().at(0).body);
  EXPECT_EQ(event["type"], "test");
  EXPECT_EQ(event["timestamp"], "2026-02-19T10:00:00Z");
  EXPECT_EQ(seen()[0].header("webhook-signature"), signature(first_secret, seen()[0]));
}

TEST_F(Endpoint, ATestSpeaksTheChatsLanguage) {
  for (const char* style : {"slack", "teams", "mattermost", "matrix"}) {
    auto subscription = *people_.subscription(id_);
    subscription.channel.style = style;
    EXPECT_THAT(test_row(subscription, world_.clock.now()).payload, HasSubstr("sotevahti: test")) << style;
  }
}

TEST_F(Endpoint, TheAdminIsToldOnceThatItIsGone) {
  answer_with(410);
  decide();
  const SendReport report = send();
  EXPECT_EQ(report.dead, 1U);
  EXPECT_EQ(report.sent, 1U) << "the letter itself";
  const auto told = letters();
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_THAT(told[0].payload,
              AllOf(HasSubstr("a webhook is disabled"), HasSubstr("HTTP 410"), HasSubstr("outbox replay")));
  decide();
  EXPECT_EQ(send().sent, 0U);
  EXPECT_THAT(letters(), SizeIs(1));
}

TEST_F(Endpoint, WithoutAnAdminNobodyIsWrittenTo) {
  options_.admin.to.clear();
  answer_with(410);
  decide();
  EXPECT_EQ(send().dead, 1U);
  EXPECT_THAT(world_.outbox(), SizeIs(1));
}

TEST_F(Endpoint, OpenedAgainItGetsWhatItMissedAndWhatCameSince) {
  answer_with(410);
  decide();
  send();
  decide();  // nothing is built for one that has ended
  EXPECT_EQ(seen().size(), 1U);
  answer_with(204);
  ASSERT_TRUE(people_.reopen_subscription(id_));
  EXPECT_FALSE(people_.reopen_subscription(id_));
  archive::Replay which;
  which.until = world_.clock.now();
  which.subscription = id_;
  EXPECT_EQ(ledger_.replay(which, world_.clock.now()), 1U);
  EXPECT_EQ(send().sent, 1U);
  EXPECT_EQ(seen().at(1).header("webhook-id"), seen()[0].header("webhook-id"));
  EXPECT_EQ(seen()[1].body, seen()[0].body);
  world_.build();
  EXPECT_EQ(send().sent, 1U);
  EXPECT_THAT(seen().at(2).body, HasSubstr("Uutinen 21"));
}

TEST_F(Endpoint, ItsPendingMessagesGoToItsNewAddress) {
  answer_with(500);
  decide();
  EXPECT_EQ(send().deferred, 1U);
  test_support::Answer taken;
  taken.status = 204;
  http_.serve("/elsewhere", taken);
  auto moved = *people_.subscription(id_);
  moved.channel.url = http_.url("/elsewhere");
  must(people_.change_subscription(moved, {}));
  world_.clock.advance(1min);
  EXPECT_EQ(send().sent, 1U);
  EXPECT_THAT(http_.seen("/elsewhere"), SizeIs(1));
}

TEST_F(Endpoint, AReplayTakesOneOrARangeAndSentOnesWhereAsked) {
  decide();
  send();
  decide();
  send();
  const auto rows = world_.outbox();
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(ledger_.replay(rows[1].id, world_.clock.now()), 1U);
  EXPECT_EQ(ledger_.replay(rows[1].id, world_.clock.now()), 0U) << "it is on its way";
  EXPECT_EQ(send().sent, 1U);
  EXPECT_EQ(seen().at(2).header("webhook-id"), seen()[0].header("webhook-id"));

  archive::Replay which;
  which.since = helsinki(2026, 2, 20, 0);
  which.until = helsinki(2026, 2, 22, 0);
  EXPECT_EQ(ledger_.replay(which, world_.clock.now()), 0U) << "nothing was given up";
  which.sent_too = true;
  which.subscription = id_ + 1;
  EXPECT_EQ(ledger_.replay(which, world_.clock.now()), 0U) << "somebody else's";
  which.subscription = 0;
  EXPECT_EQ(ledger_.replay(which, world_.clock.now()), 2U);
  EXPECT_EQ(send().sent, 2U);
  EXPECT_EQ(ledger_.replay(id_ + 1000, world_.clock.now()), 0U);
}

TEST_F(Endpoint, ARetryBeginsFromTheBeginning) {
  answer_with(500);
  decide();
  for (int i = 0; i < 10; ++i) {
    send();
    world_.clock.advance(28h);
  }
  ASSERT_EQ(world_.outbox().back().state, OutboxRow::State::dead);
  ASSERT_TRUE(people_.reopen_subscription(id_));
  const auto id = world_.outbox().back().id;
  ASSERT_TRUE(ledger_.retry(id, world_.clock.now()));
  EXPECT_EQ(send().deferred, 1U) << "nine more tries before it is given up again";
  EXPECT_THAT(people_.subscription(id_)->ended, IsEmpty());
}

}  // namespace
}  // namespace sotevahti::deliver
