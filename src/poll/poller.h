// The poller: fetches feeds politely and hands what comes to the mill. One round of
// some feeds (the command `poll`), or for ever, each feed when it is due (`run`).
// Lives on the io_context's thread.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "archive/feed_store.h"
#include "base/clock.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "net/http_client.h"
#include "poll/host_budget.h"
#include "poll/mill.h"

namespace sotevahti::poll {

// One line of a round's summary.
struct FeedResult {
  const config::Feed* feed = nullptr;
  Milled milled;
  bool postponed = false;  // its host asked for quiet until milled.state.next_poll
};

class Poller {
 public:
  struct Parts {
    boost::asio::io_context& io;
    net::HttpClient& http;
    Mill& mill;
    const config::Catalogue& catalogue;
    const config::Settings& settings;
    const base::Clock& clock;
    // Called on the io_context's thread as each feed ends.
    std::function<void(const FeedResult&)> told;
  };
  // `states` as FeedStore::states() gives them. Everything in `parts` must outlive the
  // poller's coroutines.
  Poller(Parts parts, std::vector<archive::FeedState> states);

  // Polls each of these once, due or not, and returns when all is stored.
  boost::asio::awaitable<void> poll_once(std::vector<const config::Feed*> feeds);

  // Polls what is due until stop(); returns when what was under way has ended.
  boost::asio::awaitable<void> run();
  void stop();

  // Enabled feeds that are due now.
  std::vector<const config::Feed*> due() const;
  std::optional<base::Time> next_due() const;
  const archive::FeedState& state(const config::Feed& feed) const { return states_.at(feed.id); }
  std::size_t under_way() const { return under_way_.size(); }

 private:
  boost::asio::awaitable<void> announce(std::vector<const config::Feed*> feeds);
  void start(const config::Feed& feed);
  boost::asio::awaitable<void> poll(const config::Feed& feed);
  boost::asio::awaitable<Fetched> fetch(const config::Feed& feed, const std::string& host);
  boost::asio::awaitable<std::optional<archive::PollFailure>> find_feed(const config::Feed& feed,
                                                                        archive::FeedState& state);
  net::HttpRequest request_for(const config::Feed& feed, std::string url) const;
  Fetched make_fetched(const config::Feed& feed, net::NetResult<net::HttpReply> reply);
  void hold(const std::string& host, base::Time until);
  void end(FeedResult result);
  boost::asio::awaitable<void> wait(base::Seconds most);

  Parts parts_;
  std::unordered_map<std::string, archive::FeedState> states_;
  HostBudget hosts_;
  HostBudget places_;  // of max_concurrent: one "host" for all
  std::unordered_set<std::string> under_way_;
  boost::asio::steady_timer wake_;  // cancelled when a feed ends or stop() is called
  bool stopping_ = false;
};

}  // namespace sotevahti::poll
