// A reload or an end in the midst of sending: what is broken off by ourselves is due at once when we
// are back, and stands on nobody's account.
#include <gmock/gmock.h>

#include <boost/asio/post.hpp>

#include "sending.h"
#include "support/http_server.h"
#include "support/smtp_server.h"

namespace sotevahti::deliver {
namespace {

using archive::OutboxRow;
using test_support::HttpServer;
using test_support::SmtpAnswer;
using test_support::SmtpServer;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int reloads = 30;  // more than the attempts that a webhook has
constexpr auto never = 60s;

// A round of sending that is told to stop when `stop` is called, from whatever thread.
class StoppedRound {
 public:
  StoppedRound(World& world, const config::Settings& settings)
      : client_(io_, allowing_this_machine()),
        outbox_({io_, *world.database, client_, must(make_transport(settings)), world.clock}, unhurried()) {}

  void stop() {
    boost::asio::post(io_, [this] { outbox_.stop(); });
  }
  SendReport run() {
    SendReport report;
    boost::asio::co_spawn(io_, outbox_.send_due(), [&](std::exception_ptr failure, SendReport done) {
      if (failure) std::rethrow_exception(failure);
      report = std::move(done);
    });
    io_.run();
    return report;
  }

 private:
  boost::asio::io_context io_;
  net::HttpClient client_;
  Outbox outbox_;
};

class Stopping : public testing::Test {
 protected:
  void decide() {
    world_.publish("1", "Järjestöavustusten haku aukesi");
    world_.clock.set(helsinki(2026, 2, 20, 7, 1));
    world_.build();
  }
  void expect_due_as_if_never_tried() {
    for (const OutboxRow& row : world_.outbox()) {
      EXPECT_LE(row.next_attempt, world_.clock.now());
      EXPECT_EQ(row.attempts, 0);
      EXPECT_EQ(row.state, OutboxRow::State::failed);
    }
  }

  World world_;
  HttpServer http_;
  SmtpServer smtp_;
  config::Settings settings_ = relay_settings(smtp_.url());
};

TEST_F(Stopping, CostsAWebhookNoAttemptAndNoTime) {
  auto wanted = world_.wish(world_.subscriber("hook@example.com"), "daily 07:00");
  wanted.channel = {archive::Channel::Kind::webhook, http_.url("/hook"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    "standard"};
  const auto id = world_.subscribe(wanted);
  decide();
  for (int i = 0; i < reloads; ++i) {
    StoppedRound round(world_, settings_);
    http_.serve("/hook", [&round](const test_support::SeenRequest&) {
      round.stop();
      return test_support::late(test_support::Answer(), never);
    });
    EXPECT_EQ(round.run().dead, 0U);
    expect_due_as_if_never_tried();
  }
  EXPECT_THAT(archive::People(*world_.database).subscription(id)->ended, IsEmpty());
  http_.serve("/hook", test_support::Answer());
  EXPECT_EQ(send_round(world_, must(make_transport(settings_))).sent, 1U);
}

// At each step of the conversation; those behind it in the line wait no longer either.
TEST_F(Stopping, CostsMailNoAttemptAndNoTime) {
  for (int i = 0; i < 5; ++i)
    world_.subscribe(world_.subscriber("reader" + std::to_string(i) + "@example.com"), "daily 07:00");
  decide();
  for (const std::string_view step : {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."}) {
    StoppedRound round(world_, settings_);
    smtp_.set_script([&](std::string_view verb, std::string_view) -> std::optional<SmtpAnswer> {
      if (verb != step) return std::nullopt;
      round.stop();
      SmtpAnswer silence("");
      silence.delay = never;
      return silence;
    });
    const SendReport report = round.run();
    EXPECT_EQ(report.sent, 0U) << step;
    EXPECT_THAT(report.problems, IsEmpty()) << step;
    expect_due_as_if_never_tried();
  }
  smtp_.set_script(nullptr);
  EXPECT_EQ(send_round(world_, must(make_transport(settings_))).sent, 5U);
}

}  // namespace
}  // namespace sotevahti::deliver
