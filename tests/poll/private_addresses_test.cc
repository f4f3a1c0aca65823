// No path of polling leads to this machine or its neighbours, however the address is spelled:
// feed, redirect, discovery and hub against a canary that must not see one connection.
#include <gmock/gmock.h>

#include "poll/hub_desk.h"
#include "poll/polling_world.h"
#include "support/disguised_addresses.h"

namespace sotevahti::poll {
namespace {

using test_support::disguised_addresses;
using test_support::HttpServer;

HttpServer::Options at(std::string address) {
  HttpServer::Options options;
  options.address = std::move(address);
  return options;
}

class PrivateAddresses : public PollingWorld {
 protected:
  PrivateAddresses() {
    allowed_ = "127.0.0.9/32";  // where strangers' pages stand, and nothing else
    settings_.poll.per_host = 64;
    canary_.serve("*", test_support::page(rss(1)));
  }

  std::string target(std::size_t nth) const {
    return "http://" + std::string(disguised_addresses[nth].host) + ":" + std::to_string(canary_.port()) + "/feed";
  }
  static constexpr std::size_t count = std::size(disguised_addresses);

  HttpServer canary_{at("::")};
  HttpServer stranger_{at("127.0.0.9")};
};

TEST_F(PrivateAddresses, NoFeedNoRedirectAndNoPageLeadsThere) {
  std::vector<config::Feed> feeds;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string nth = std::to_string(i);
    stranger_.serve("/redirect" + nth, test_support::redirect(301, target(i)));
    stranger_.serve("/page" + nth,
                    test_support::page("<html><head><link rel=alternate type=application/rss+xml href=\"" + target(i) +
                                           "\"></head><body><a href=\"" + target(i) + "\">RSS</a></body></html>",
                                       "text/html"));
    feeds.push_back(feed("feed" + nth, target(i)));
    feeds.push_back(feed("redirect" + nth, stranger_.url("/redirect" + nth)));
    feeds.push_back(feed("page" + nth, stranger_.url("/page" + nth)));
    feeds.back().discover = true;
    feeds.push_back(feed("from" + nth, target(i)));
    feeds.back().discover = true;
  }
  const auto results = round(feeds);
  ASSERT_EQ(results.size(), 4 * count);
  for (const auto& result : results) {
    EXPECT_EQ(result.milled.report.new_entries, 0U) << result.feed->id;
    EXPECT_NE(cause_of(result), "none") << result.feed->id << " " << result.feed->url;
  }
  EXPECT_GE(stranger_.requests(), 2 * count);
  EXPECT_EQ(canary_.connections(), 0U);
}

TEST_F(PrivateAddresses, NoHubLeadsThere) {
  std::vector<config::Feed> feeds;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string nth = std::to_string(i);
    std::string document = rss(1, "<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" rel=\"self\" href=\"" +
                                      stranger_.url("/feed" + nth) + "\"/>");
    test_support::Answer answer = test_support::page(std::move(document));
    answer.headers.emplace_back("Link", "<" + target(i) + ">; rel=\"hub\"");
    stranger_.serve("/feed" + nth, answer);
    feeds.push_back(feed("f" + nth, stranger_.url("/feed" + nth)));
  }
  round(feeds);
  std::size_t named = 0;
  for (const auto& state : states()) named += state.hub.empty() ? 0U : 1U;
  EXPECT_GE(named, 30U);  // what cannot be an address is not even kept

  Machine machine(*this);
  const auto desk = std::make_shared<HubDesk>(
      HubDesk::Parts{machine.io, *machine.mill, catalogue_, clock_, "https://s.example/websub/"},
      std::vector<archive::HubSubscription>());
  boost::asio::co_spawn(machine.io, desk->run(machine.poller), [&](std::exception_ptr) { machine.io.stop(); });
  const auto asked = [&] {
    machine.mill->drain();
    const auto database = std::move(*archive::Database::open(settings_.archive.path));
    std::size_t tried = 0;
    for (const auto& hub : archive::HubStore(*database).subscriptions()) tried += hub.failures > 0 ? 1U : 0U;
    return tried;
  };
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (asked() < named && std::chrono::steady_clock::now() < until) machine.io.run_for(50ms);
  desk->stop();
  machine.io.run_for(50ms);
  EXPECT_EQ(asked(), named);
  EXPECT_EQ(canary_.connections(), 0U);
}

// The same feeds where the operator lets them: the canary is what it takes to be.
TEST_F(PrivateAddresses, TheCanaryWouldHaveSung) {
  allowed_ = "127.0.0.0/8";
  EXPECT_EQ(cause_of(round({feed("f", target(0))})[0]), "none");
  EXPECT_EQ(canary_.connections(), 1U);
}

}  // namespace
}  // namespace sotevahti::poll
