// Subscriptions at hubs: the rules, and the whole way with a hub on loopback.
#include "poll/websub.h"

#include <gmock/gmock.h>

#include <boost/asio/detached.hpp>

#include "archive/query.h"
#include "base/hash.h"
#include "poll/hub_desk.h"
#include "poll/polling_world.h"
#include "text/url.h"

namespace sotevahti::poll {
namespace {

using State = archive::HubSubscription::State;
using testing::HasSubstr;
using testing::SizeIs;

const base::Time now = base::from_unix(1771584000);

archive::HubSubscription subscription() {
  archive::HubSubscription one;
  one.feed_id = "f";
  one.hub = "https://hub.example/";
  one.topic = "https://a.example/feed?x=1&y=2";
  one.token = "TOKEN";
  one.secret = "SECRET";
  return one;
}

HubCall verification(std::string mode, std::string topic, std::string lease = "864000") {
  HubCall call;
  call.token = "TOKEN";
  call.query = {{"hub.mode", std::move(mode)},
                {"hub.topic", std::move(topic)},
                {"hub.challenge", "a challenge"},
                {"hub.lease_seconds", std::move(lease)}};
  return call;
}

HubCall content(std::string body, std::string signature) {
  HubCall call;
  call.token = "TOKEN";
  call.is_post = true;
  call.content_type = "application/rss+xml";
  call.body = std::move(body);
  call.signature = std::move(signature);
  return call;
}

TEST(HubLinks, AreReadFromLinkHeaders) {
  net::HttpReply reply;
  reply.effective_url = "https://a.example/uutiset/feed";
  reply.headers = {{"link", "<https://hub.example/>; rel=\"hub\", <./feed>; rel=self; type=\"application/rss+xml\""},
                   {"link", "<https://other.example/>; rel=hub"}};
  EXPECT_EQ(hub_links(reply).hub, "https://hub.example/");
  EXPECT_EQ(hub_links(reply).topic, "https://a.example/uutiset/feed");
  reply.headers = {{"link", "<javascript:x>; rel=hub, <https://a.example/next>; rel=next, <broken"}};
  EXPECT_EQ(hub_links(reply).hub, "");
}

TEST(Subscription, AsksWithCallbackTopicLeaseAndSecret) {
  const std::string form = subscription_form(subscription(), "https://s.example/websub/TOKEN");
  EXPECT_EQ(form,
            "hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2Ffeed%3Fx%3D1%26y%3D2&hub.callback=https%3A%2F%2Fs."
            "example%2Fwebsub%2FTOKEN&hub.lease_seconds=864000&hub.secret=SECRET");
}

TEST(Subscription, IsVerifiedForItsOwnTopicOnly) {
  auto one = subscription();
  EXPECT_EQ(verify_subscription(one, verification("subscribe", "https://a.example/other"), now).status, 404);
  EXPECT_EQ(verify_subscription(one, verification("unsubscribe", one.topic), now).status, 404);
  EXPECT_EQ(one.state, State::asked);
  const HubAnswer answer = verify_subscription(one, verification("subscribe", one.topic), now);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "a challenge");
  EXPECT_EQ(one.state, State::active);
  EXPECT_EQ(one.expires, now + 240h);
  EXPECT_EQ(one.next_request, now + 180h);
}

TEST(Subscription, LeasesAreClamped) {
  for (const auto& [given, taken] : {std::pair{"5", base::Seconds(1h)},
                                     {"-1", base::Seconds(1h)},
                                     {"99999999999", base::Seconds(24h * 30)},
                                     {"", base::Seconds(24h * 10)}}) {
    auto one = subscription();
    verify_subscription(one, verification("subscribe", one.topic, given), now);
    EXPECT_EQ(one.expires, now + taken) << given;
  }
}

TEST(Subscription, ADenialEndsIt) {
  auto one = subscription();
  verify_subscription(one, verification("subscribe", one.topic), now);
  EXPECT_EQ(verify_subscription(one, verification("denied", one.topic), now).status, 200);
  EXPECT_EQ(one.state, State::denied);
  EXPECT_FALSE(one.expires);
  EXPECT_GE(one.next_request, now + 24h);
}

TEST(Signature, OfEachDigestAndOfNoOther) {
  const auto one = subscription();
  for (const char* digest : {"sha1", "sha256", "sha384", "sha512"}) {
    const std::string code = base::to_hex(std::string_view(base::hmac(digest, "SECRET", "body")));
    EXPECT_TRUE(is_signed(one, content("body", std::string(digest) + "=" + code))) << digest;
    EXPECT_FALSE(is_signed(one, content("bodY", std::string(digest) + "=" + code))) << digest;
  }
  for (const char* wrong : {"", "sha256=", "sha256", "md5=900150983cd24fb0d6963f7d28e17f72", "=", "none="})
    EXPECT_FALSE(is_signed(one, content("body", wrong))) << wrong;
}

class HubDeskTest : public PollingWorld {
 protected:
  HubDeskTest() {
    server_.serve(
        "/f", test_support::page(rss(1, "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"hub\" href=\"" +
                                            server_.url("/hub") +
                                            "\"/><atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" "
                                            "rel=\"self\" href=\"" +
                                            server_.url("/f") + "\"/>")));
    test_support::Answer taken;
    taken.status = 202;
    server_.serve("/hub", taken);
    round({feed("f", server_.url("/f"))});
  }

  std::shared_ptr<HubDesk> desk_of(Machine& machine) {
    const auto database = std::move(*archive::Database::open(settings_.archive.path));
    return std::make_shared<HubDesk>(
        HubDesk::Parts{machine.io, *machine.mill, catalogue_, clock_, "https://s.example/websub/"},
        archive::HubStore(*database).subscriptions());
  }

  // Runs the desk until `is_so`; ten seconds are more than any of it takes.
  void run(Machine& machine, HubDesk& desk, const std::function<bool()>& is_so) {
    boost::asio::co_spawn(machine.io, desk.run(machine.poller), boost::asio::detached);
    wait(machine, is_so);
  }
  static void wait(Machine& machine, const std::function<bool()>& is_so) {
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (!is_so() && std::chrono::steady_clock::now() < until) {
      machine.io.restart();  // what the mill posts comes after all else has ended
      machine.io.run_for(10ms);
    }
    EXPECT_TRUE(is_so());
  }
  // So long that a desk which wanted to ask would have asked.
  void run_for_a_moment(Machine& machine, HubDesk& desk) {
    boost::asio::co_spawn(machine.io, desk.run(machine.poller), boost::asio::detached);
    machine.io.run_for(200ms);
  }
  static void stop(Machine& machine, HubDesk& desk) {
    desk.stop();
    machine.io.restart();
    machine.io.run_for(10ms);
    machine.mill->drain();
  }
  bool was_asked() const { return !server_.seen("/hub").empty(); }

  // The subscription is asked for and confirmed; what the hub then sends when there is news.
  HubCall subscribed(Machine& machine, HubDesk& desk) {
    run(machine, desk, [&] { return was_asked(); });
    machine.mill->drain();
    HubCall call = verification("subscribe", server_.url("/f"));
    call.token = stored().token;
    EXPECT_EQ(desk.answer(call).status, 200);
    const std::string body = rss(2, "", 10);
    HubCall push =
        content(body, "sha256=" + base::to_hex(std::string_view(base::hmac("sha256", stored().secret, body))));
    push.token = call.token;
    return push;
  }

  archive::HubSubscription stored() {
    const auto database = std::move(*archive::Database::open(settings_.archive.path));
    const auto all = archive::HubStore(*database).subscriptions();
    EXPECT_THAT(all, SizeIs(1));
    return all.empty() ? archive::HubSubscription() : all[0];
  }
};

TEST_F(HubDeskTest, SubscribesIsVerifiedAndTakesWhatIsPushed) {
  Machine machine(*this);
  const auto desk = desk_of(machine);
  run(machine, *desk, [&] { return was_asked(); });
  const auto seen = server_.seen("/hub");
  ASSERT_THAT(seen, SizeIs(1));
  EXPECT_EQ(seen[0].method, "POST");
  EXPECT_EQ(seen[0].header("content-type"), "application/x-www-form-urlencoded");
  EXPECT_FALSE(desk->is_active(catalogue_.feeds()[0]));
  machine.mill->drain();
  const auto asked = stored();
  EXPECT_THAT(seen[0].body, HasSubstr(text::percent_encode("https://s.example/websub/" + asked.token)));

  HubCall call = verification("subscribe", server_.url("/f"));
  call.token = asked.token;
  EXPECT_EQ(desk->answer(call).body, "a challenge");
  EXPECT_TRUE(machine.has_hub = desk->is_active(catalogue_.feeds()[0]));

  const base::Time turn = state("f").next_poll;
  const std::string body = rss(2, "", 10);
  HubCall push = content(body, "sha256=" + base::to_hex(std::string_view(base::hmac("sha256", asked.secret, body))));
  push.token = asked.token;
  HubCall forged = content(rss(5, "", 50), "sha256=00");
  forged.token = asked.token;
  HubCall unknown = push;
  unknown.token = "another";
  EXPECT_EQ(desk->answer(unknown).status, 404);
  EXPECT_EQ(desk->answer(forged).status, 202);  // nothing is learnt by guessing
  EXPECT_EQ(desk->answer(push).status, 202);
  wait(machine, [&] { return !machine.results.empty(); });
  stop(machine, *desk);
  EXPECT_EQ(state("f").entries, 3U);
  EXPECT_GE(state("f").next_poll, turn);
  EXPECT_GE(state("f").next_poll, clock_.now() + 24h);
  EXPECT_EQ(stored().pushes, 1U);
  EXPECT_EQ(stored().state, State::active);
}

TEST_F(HubDeskTest, ARestartAsksNoHubAgainAndALeaseIsRenewed) {
  archive::HubSubscription one = subscription();
  one.hub = server_.url("/hub");
  one.topic = server_.url("/f");
  one.state = State::active;
  one.expires = clock_.now() + 240h;
  one.next_request = clock_.now() + 180h;
  {
    const auto database = std::move(*archive::Database::open(settings_.archive.path));
    archive::HubStore(*database).save(one);
  }
  {
    Machine machine(*this);
    const auto desk = desk_of(machine);
    run_for_a_moment(machine, *desk);
    EXPECT_TRUE(desk->is_active(catalogue_.feeds()[0]));
    stop(machine, *desk);
  }
  EXPECT_FALSE(was_asked());
  clock_.advance(181h);
  {
    Machine machine(*this);
    const auto desk = desk_of(machine);
    run(machine, *desk, [&] { return was_asked(); });
    EXPECT_TRUE(desk->is_active(catalogue_.feeds()[0]));
    stop(machine, *desk);
  }
  EXPECT_THAT(server_.seen("/hub"), SizeIs(1));
  clock_.advance(60h);
  Machine machine(*this);
  const auto desk = desk_of(machine);
  EXPECT_FALSE(desk->is_active(catalogue_.feeds()[0]));  // the lease ran out
}

TEST_F(HubDeskTest, AHubThatRefusesIsAskedEverMoreRarely) {
  server_.serve("/hub", with_status(500));
  Machine machine(*this);
  const auto desk = desk_of(machine);
  run(machine, *desk, [&] {
    machine.mill->drain();
    const auto database = std::move(*archive::Database::open(settings_.archive.path));
    const auto all = archive::HubStore(*database).subscriptions();
    return !all.empty() && all[0].failures == 1;
  });
  stop(machine, *desk);
  EXPECT_EQ(stored().next_request, clock_.now() + 1h);
  EXPECT_EQ(next_hub_request(now, 4), now + 8h);
  EXPECT_EQ(next_hub_request(now, 400), now + 24h * 7);
}

TEST_F(HubDeskTest, WhatTheHubMissedIsCounted) {
  Machine machine(*this);
  const auto desk = desk_of(machine);
  run(machine, *desk, [&] { return was_asked(); });
  machine.mill->drain();
  HubCall call = verification("subscribe", server_.url("/f"));
  call.token = stored().token;
  desk->answer(call);
  desk->heed_poll("f", 5);  // may all be older than the subscription
  desk->heed_poll("f", 2);
  desk->heed_poll("f", 0);
  desk->heed_poll("another", 7);
  stop(machine, *desk);
  EXPECT_EQ(stored().missed, 2U);
}

TEST_F(HubDeskTest, WhatIsNoFeedOnlyHastensThePoll) {
  Machine machine(*this);
  machine.has_hub = true;
  const auto& one = catalogue_.feeds()[0];
  boost::asio::co_spawn(machine.io, machine.poller.poll_once({&one}), boost::asio::detached);
  wait(machine, [&] { return machine.results.size() == 1; });
  EXPECT_GE(machine.poller.state(one).next_poll, clock_.now() + 24h);
  machine.poller.take_push(one, {"text/plain", "there is news"});
  wait(machine, [&] { return machine.results.size() == 2; });
  EXPECT_LE(machine.poller.state(one).next_poll, clock_.now() + 1h);
  EXPECT_EQ(machine.poller.state(one).failures, 0);
  EXPECT_EQ(machine.poller.state(one).polls, 2U);  // the first one and the round's: a push is no poll
  EXPECT_TRUE(machine.results.back().pushed);
}

TEST_F(HubDeskTest, PushesWaitForThePollUnderWay) {
  server_.serve("/f", test_support::late(test_support::page(rss(1)), 100ms));
  Machine machine(*this);
  const auto& one = catalogue_.feeds()[0];
  boost::asio::co_spawn(machine.io, machine.poller.poll_once({&one}), boost::asio::detached);
  machine.io.poll();
  ASSERT_EQ(machine.poller.under_way(), 1U);
  machine.poller.take_push(one, {"application/rss+xml", rss(2, "", 10)});
  machine.poller.take_push(one, {"application/rss+xml", rss(1, "", 20)});
  wait(machine, [&] { return machine.results.size() == 3; });
  EXPECT_EQ(state("f").entries, 4U);
  EXPECT_THAT(server_.seen("/f"), SizeIs(2));
}

TEST_F(HubDeskTest, WhatIsPushedWhileWeStopIsPolledForAtTheNextStart) {
  server_.serve("/f", test_support::late(test_support::page(rss(1)), 100ms));
  {
    Machine machine(*this);
    machine.has_hub = true;
    const auto& one = catalogue_.feeds()[0];
    boost::asio::co_spawn(machine.io, machine.poller.poll_once({&one}), boost::asio::detached);
    machine.io.poll();
    ASSERT_EQ(machine.poller.under_way(), 1U);
    machine.poller.take_push(one, {"application/rss+xml", rss(2, "", 10)});
    machine.poller.stop();
    wait(machine, [&] { return machine.results.size() == 1; });
  }
  EXPECT_LE(state("f").next_poll, clock_.now());
}

TEST_F(HubDeskTest, WhatWasAcknowledgedIsPolledForIfWeEndBeforeItIsStored) {
  {
    Machine machine(*this);
    const auto desk = desk_of(machine);
    const HubCall push = subscribed(machine, *desk);
    EXPECT_GT(state("f").next_poll, clock_.now());
    EXPECT_EQ(desk->answer(push).status, 202);
    EXPECT_LE(state("f").next_poll, clock_.now()) << "the hub was told, and nothing is on disk";
    stop(machine, *desk);  // in the same moment
    EXPECT_TRUE(machine.results.empty());
  }
  EXPECT_LE(state("f").next_poll, clock_.now());
}

TEST_F(HubDeskTest, APollUnderWayDoesNotHideOnDiskWhatWasAcknowledgedBesideIt) {
  Machine machine(*this);
  const auto desk = desk_of(machine);
  const HubCall push = subscribed(machine, *desk);
  machine.has_hub = true;
  const std::size_t asked = server_.requests();
  server_.serve("/f", test_support::late(test_support::page(rss(1)), 200ms));
  boost::asio::co_spawn(machine.io, machine.poller.poll_once({&catalogue_.feeds()[0]}), boost::asio::detached);
  wait(machine, [&] { return server_.requests() > asked; });
  EXPECT_EQ(desk->answer(push).status, 202);
  clock_.advance(5s);  // the answer comes later than the push, and was asked for before
  std::vector<bool> was_due;
  machine.heard = [&] { was_due.push_back(state("f").next_poll <= clock_.now()); };
  wait(machine, [&] { return machine.results.size() == 2; });
  EXPECT_THAT(was_due, testing::ElementsAre(true, false)) << "an end after the poll would lose the push";
  EXPECT_EQ(state("f").entries, 3U);
  EXPECT_GE(machine.results[0].milled.state.next_poll, clock_.now() + 24h) << "here its turn has not come";
  stop(machine, *desk);
}

TEST_F(HubDeskTest, OfMorePushesThanCanWaitTheFeedItselfIsAskedSoon) {
  Machine machine(*this);
  const auto desk = desk_of(machine);
  const HubCall push = subscribed(machine, *desk);
  machine.has_hub = true;
  server_.serve("/f", test_support::late(test_support::page(rss(1)), 100ms));
  const auto& one = catalogue_.feeds()[0];
  boost::asio::co_spawn(machine.io, machine.poller.poll_once({&one}), boost::asio::detached);
  machine.io.restart();
  machine.io.poll();
  ASSERT_EQ(machine.poller.under_way(), 1U);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(desk->answer(push).status, 202);
  wait(machine, [&] { return machine.results.size() == 9; });
  EXPECT_LE(state("f").next_poll, clock_.now());
  EXPECT_LE(machine.poller.state(one).next_poll, clock_.now() + 1h);
  clock_.advance(1h);
  boost::asio::co_spawn(machine.io, machine.poller.poll_once({&one}), boost::asio::detached);
  wait(machine, [&] { return machine.results.size() == 10; });
  EXPECT_GE(state("f").next_poll, clock_.now() + 24h) << "the feed told all that was pushed";
  stop(machine, *desk);
}

TEST_F(HubDeskTest, WhatCannotBeNotedIsNotAcknowledged) {
  Machine machine(*this);
  const auto desk = desk_of(machine);
  const HubCall push = subscribed(machine, *desk);
  const auto archive = std::move(*archive::Database::open(settings_.archive.path));
  archive::run(*archive, "CREATE TRIGGER full BEFORE UPDATE ON polls BEGIN SELECT raise(FAIL, 'disk full'); END");
  EXPECT_EQ(desk->answer(push).status, 503);
  machine.io.restart();
  machine.io.run_for(10ms);
  EXPECT_EQ(machine.poller.under_way(), 0U) << "the hub sends it again";
  archive::run(*archive, "DROP TRIGGER full");
  EXPECT_EQ(desk->answer(push).status, 202);
  stop(machine, *desk);
}

TEST_F(HubDeskTest, AFeedThatNamesItsHubNoMoreHasNone) {
  {
    Machine machine(*this);
    const auto desk = desk_of(machine);
    run(machine, *desk, [&] { return was_asked(); });
    stop(machine, *desk);
  }
  const std::string token = stored().token;
  server_.serve("/f", test_support::page(rss(1)));
  round({feed("f", server_.url("/f"))});
  Machine machine(*this);
  const auto desk = desk_of(machine);
  run_for_a_moment(machine, *desk);
  HubCall call = verification("subscribe", server_.url("/f"));
  call.token = token;
  EXPECT_EQ(desk->answer(call).status, 404);
  stop(machine, *desk);
  const auto database = std::move(*archive::Database::open(settings_.archive.path));
  EXPECT_TRUE(archive::HubStore(*database).subscriptions().empty());
}

TEST_F(HubDeskTest, AHubThatCallsWhileWeStopIsToldToTryAgain) {
  Machine machine(*this);
  const auto desk = desk_of(machine);
  run_for_a_moment(machine, *desk);
  stop(machine, *desk);
  EXPECT_EQ(desk->answer(verification("subscribe", server_.url("/f"))).status, 503);
}

}  // namespace
}  // namespace sotevahti::poll
