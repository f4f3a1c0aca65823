// A world in which feeds are polled: an archive in a folder of its own, a clock that is
// moved by hand, and a server on loopback.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "poll/mill.h"
#include "poll/poller.h"
#include "support/http_server.h"
#include "support/temp_folder.h"

namespace sotevahti::poll {

using namespace std::chrono_literals;

inline std::string rss(int items, const std::string& more = "", int first = 0) {
  std::string text = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Testi</title>" + more;
  for (int i = first; i < first + items; ++i)
    text += "<item><guid>https://a.example/" + std::to_string(i) + "</guid><link>https://a.example/" +
            std::to_string(i) + "</link><title>Aluevaltuusto kokoontui " + std::to_string(i) +
            "</title><description>Teksti.</description></item>";
  return text + "</channel></rss>";
}

inline test_support::Answer with_status(int status) {
  test_support::Answer answer;
  answer.status = status;
  return answer;
}

inline std::string cause_of(const FeedResult& result) {
  return result.milled.state.failure ? result.milled.state.failure->cause : "none";
}

class PollingWorld : public testing::Test {
 protected:
  PollingWorld() {
    settings_.archive.path = folder_ / "archive.db";
    settings_.poll.user_agent = "sotevahti/test (+https://yhdistys.example)";
    settings_.poll.host_gap = 0ms;
    settings_.net.timeout = 2s;
    settings_.net.connect_timeout = 1s;
    taxonomy_ = *config::load_taxonomy("");
  }

  config::Feed feed(const std::string& id, const std::string& url) {
    config::Feed feed;
    feed.id = feed.title = feed.publisher = id;
    feed.url = url;
    return feed;
  }

  // A program that was just started.
  struct Machine {
    explicit Machine(PollingWorld& world)
        : http(io,
               [&] {
                 net::HttpClient::Options options;
                 options.policy = *net::AddressPolicy::parse({world.allowed_});
                 options.ca_file = world.ca_file_;
                 return options;
               }()),
          mill(std::move(
              *Mill::start([&world]() -> const config::Taxonomy& { return world.taxonomy_; }, world.mill_options()))),
          poller({io, http, *mill, world.catalogue_, world.settings_, world.clock_,
                  [this](const FeedResult& result) {
                    results.push_back(result);
                    if (heard) heard();
                  },
                  [this](const config::Feed&) { return has_hub; }},
                 world.known()) {}
    boost::asio::io_context io{1};
    net::HttpClient http;
    std::unique_ptr<Mill> mill;
    std::vector<FeedResult> results;
    std::function<void()> heard;  // after each result
    bool has_hub = false;
    Poller poller;
  };

  // One round over all feeds, by a program started anew each time.
  std::vector<FeedResult> round(const std::vector<config::Feed>& feeds, bool only_due = false) {
    catalogue_ = config::Catalogue(feeds);
    Machine machine(*this);
    std::vector<const config::Feed*> wanted;
    if (only_due) wanted = machine.poller.due();
    else
      for (const auto& f : catalogue_.feeds()) wanted.push_back(&f);
    boost::asio::co_spawn(machine.io, machine.poller.poll_once(wanted), [&](std::exception_ptr thrown) {
      EXPECT_FALSE(thrown);
      machine.io.stop();
    });
    machine.io.run();
    std::sort(machine.results.begin(), machine.results.end(),
              [](const auto& a, const auto& b) { return a.feed->id < b.feed->id; });
    return std::move(machine.results);
  }

  Mill::Options mill_options() const {
    Mill::Options options;
    options.archive = settings_.archive.path;
    options.most_told = settings_.poll.flood;
    options.most_read_bytes = most_read_bytes_;
    options.chance = [] { return 0.5; };
    return options;
  }

  Poller::Known known() {
    archive::OpenOptions open;
    open.access = archive::Access::read;
    const auto database = std::move(*archive::Database::open(settings_.archive.path, open));
    archive::FeedStore store(*database);
    return {store.states(), store.quiet_hosts(clock_.now())};
  }
  std::vector<archive::FeedState> states() { return known().states; }
  archive::FeedState state(const std::string& id) {
    for (auto& known : states())
      if (known.feed_id == id) return known;
    ADD_FAILURE() << "no state of " << id;
    return {};
  }

  test_support::TempFolder folder_;
  std::string allowed_ = "127.0.0.0/8";
  std::string ca_file_;
  std::size_t most_read_bytes_ = Mill::Options().most_read_bytes;
  config::Settings settings_;
  config::Taxonomy taxonomy_;
  config::Catalogue catalogue_;
  base::ManualClock clock_{base::from_unix(1771584000)};
  test_support::HttpServer server_;
};

}  // namespace sotevahti::poll
