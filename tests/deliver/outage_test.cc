// A relay and a receiver of webhooks that are away for a day: nothing is lost, nobody is blamed, nobody else
// waits, and what was kept comes at a bounded rate.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <map>
#include <mutex>
#include <set>

#include "sending.h"
#include "support/http_server.h"

namespace sotevahti::deliver {
namespace {

using test_support::HttpServer;
using testing::SizeIs;

constexpr int people = 10;
constexpr int hours_away = 24;
constexpr auto step = 5min;
constexpr int mails_per_second = 400;

// A relay that can be away. Belongs to the test; each service gets a way to it.
struct Relay {
  bool is_away = false;
  std::size_t tries_while_away = 0;
  std::map<std::string, std::set<std::string>> ids_of;  // by recipient
  std::size_t mails = 0;
};

class WayToRelay : public MailTransport {
 public:
  explicit WayToRelay(Relay& relay) : relay_(relay) {}
  MailAnswer send(const std::string&, const std::string& to, const std::string& id, std::string_view) override {
    if (relay_.is_away) {
      ++relay_.tries_while_away;
      return {MailAnswer::Kind::relay, "connection refused"};
    }
    ++relay_.mails;
    relay_.ids_of[to].insert(id);
    return {MailAnswer::Kind::accepted, "250 kept"};
  }

 private:
  Relay& relay_;
};

// The delivery of a service that runs all the time.
class Outage : public testing::Test {
 protected:
  Outage() {
    net::HttpClient::Options http;
    http.policy = must(net::AddressPolicy::parse({"127.0.0.0/8"}));
    client_ = std::make_unique<net::HttpClient>(io_, http);
    OutboxOptions options = unhurried();
    options.mails_per_second = mails_per_second;
    outbox_ = std::make_unique<Outbox>(
        Outbox::Parts{io_, *world_.database, *client_, std::make_unique<WayToRelay>(relay_), world_.clock}, options);
    for (const char* path : {"/away", "/well"}) {
      hooks_.serve(path, [this, path](const test_support::SeenRequest& request) {
        test_support::Answer answer;
        answer.status = path == std::string("/away") && is_hook_away_ ? 503 : 204;
        const std::lock_guard lock(mutex_);
        if (answer.status == 204) taken_[path].emplace_back(request.header("webhook-id").value_or(""));
        return answer;
      });
      auto wanted = world_.wish(world_.subscriber(std::string(path).substr(1) + "@example.com"), "immediate");
      wanted.channel = {archive::Channel::Kind::webhook, hooks_.url(path), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "standard"};
      world_.subscribe(wanted);
    }
    for (int i = 0; i < people; ++i)
      world_.subscribe(world_.subscriber("reader" + std::to_string(i) + "@example.com"), "immediate");
  }
  ~Outage() override {
    outbox_.reset();
    client_.reset();
  }

  // A story an hour, and a round of the service every five minutes.
  void live(int hours) {
    for (base::Time end = world_.clock.now() + std::chrono::hours(hours); world_.clock.now() < end;) {
      if (world_.clock.now().time_since_epoch() % 1h == 0s) publish();
      world_.clock.advance(step);
      round();
    }
  }

  std::vector<std::string> taken(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return taken_[path];
  }

  void publish() {
    auto entry = world_.entry(std::to_string(stories_), "Uutinen " + std::to_string(stories_));
    entry.signature.title_lemmas = {static_cast<std::uint32_t>(stories_++)};
    world_.store({entry}, world_.clock.now());
  }

  void round() {
    EXPECT_THAT(world_.build().problems, SizeIs(0));
    io_.restart();
    boost::asio::co_spawn(io_, outbox_->send_due(), [](std::exception_ptr failure, const SendReport&) {
      if (failure) std::rethrow_exception(failure);
    });
    io_.run();
    if (taken("/well").size() != stories_) ++late_for_the_healthy_;
  }

  World world_;
  Relay relay_;
  HttpServer hooks_;
  std::atomic<bool> is_hook_away_{false};
  std::mutex mutex_;                                       // the server has a thread of its own
  std::map<std::string, std::vector<std::string>> taken_;  // webhook ids by path
  std::size_t stories_ = 0, late_for_the_healthy_ = 0;
  boost::asio::io_context io_;
  std::unique_ptr<net::HttpClient> client_;
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(Outage, OfADayCostsNobodyAnything) {
  live(1);
  relay_.is_away = is_hook_away_ = true;
  live(hours_away);
  EXPECT_LE(relay_.tries_while_away, 2U + hours_away * 4) << "a relay that is away is knocked at four times an hour";
  EXPECT_EQ(relay_.mails, people * 1U);

  relay_.is_away = is_hook_away_ = false;
  const auto began = std::chrono::steady_clock::now();
  live(1);
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_EQ(relay_.mails, people * stories_) << "all mail within the hour";
  EXPECT_GE(took, std::chrono::milliseconds(1000) * (people * hours_away - mails_per_second / 10) / mails_per_second);
  live(20);  // a webhook's next try may be half a day away

  EXPECT_EQ(late_for_the_healthy_, 0U);
  EXPECT_EQ(relay_.mails, people * stories_);
  for (const auto& [reader, ids] : relay_.ids_of) EXPECT_EQ(ids.size(), stories_) << reader;
  for (const char* path : {"/away", "/well"}) {
    const std::vector<std::string> ids = taken(path);
    EXPECT_EQ(ids.size(), stories_) << path;
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), stories_) << path;
  }
  int most_attempts = 0;
  for (const auto& row : world_.outbox()) {
    EXPECT_EQ(row.state, archive::OutboxRow::State::sent) << row.last_error;
    most_attempts = std::max(most_attempts, row.attempts);
  }
  std::cout << "  " << relay_.mails << " mails and " << taken("/away").size()
            << " events kept for a day; the relay was tried " << relay_.tries_while_away
            << " times meanwhile, a message at most " << most_attempts << " times\n";
}

}  // namespace
}  // namespace sotevahti::deliver
