// The poller: has feeds asked (poll/asker.h) politely, each in its turn, and hands what comes to the mill. One round of
// some feeds (the command `poll`), or for ever, each feed when it is due (`run`).
// Lives on the io_context's thread.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "archive/feed_store.h"
#include "base/clock.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "net/http_client.h"
#include "poll/asker.h"
#include "poll/host_budget.h"
#include "poll/mill.h"

namespace sotevahti::poll {

// One line of a round's summary.
struct FeedResult {
  const config::Feed* feed = nullptr;
  Milled milled;
  bool postponed = false;  // not asked: its host wants quiet until milled.state.next_poll, or we are stopping
  bool pushed = false;     // a hub brought it
  std::chrono::duration<double> took{};  // of the requests; 0: none was made
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
    // Does a hub tell us of this feed's news? Then it is asked once a day. May be empty.
    std::function<bool(const config::Feed&)> has_hub;
  };
  // What the archive knows from before.
  struct Known {
    std::vector<archive::FeedState> states;
    std::vector<std::pair<std::string, base::Time>> quiet_hosts;
  };
  // Everything in `parts` must outlive the poller's coroutines.
  Poller(Parts parts, Known known);

  // Polls each of these once, due or not, and returns when all is stored. When all has ended it
  // throws the first failure that was no server's: the taxonomy's source may.
  boost::asio::awaitable<void> poll_once(std::vector<const config::Feed*> feeds);

  // Polls what is due until stop(); returns when what was under way has ended.
  boost::asio::awaitable<void> run();
  void stop();
  // Looks at the clock now, where run() sleeps.
  void look() { wake_.cancel(); }

  // A hub sent the feed's document: taken in as if it had been fetched, after what is under way of
  // that feed; of more than can wait the feed itself is asked soon. While we are stopping the feed is due instead, at
  // the next start.
  struct Push {
    std::string content_type, body;
  };
  void take_push(const config::Feed& feed, Push push);

  // Enabled feeds that are due now, the longest overdue first.
  std::vector<const config::Feed*> due() const;
  std::optional<base::Time> next_due() const;
  const archive::FeedState& state(const config::Feed& feed) const { return at(feed).state; }
  std::size_t under_way() const { return under_way_; }
  // By which the hubs are asked, with the same manners.
  Asker& asker() { return asker_; }
  const Asker& asker() const { return asker_; }

 private:
  struct Watched {
    const config::Feed* feed = nullptr;
    archive::FeedState state;
    bool under_way = false;
    bool pushed = false;  // what is under way came from a hub
    std::chrono::duration<double> took{};
    LargePlace large = nullptr;      // of what is under way
    std::vector<Push> waiting = {};  // came while something was under way
    bool more_came = false;          // than can wait
  };

  const Watched& at(const config::Feed& feed) const { return feeds_[by_id_.at(feed.id)]; }
  void watch(const config::Feed& feed, archive::FeedState&& state);
  void schedule(std::size_t index, base::Time next_poll);
  void follow_clock();
  void begin(std::size_t index);
  boost::asio::awaitable<void> announce(std::vector<const config::Feed*> feeds);
  boost::asio::awaitable<void> poll_all(std::vector<const config::Feed*> feeds);
  boost::asio::awaitable<void> take_turns(std::string host);
  void start(std::size_t index, HostBudget::Permit permit);
  void give_up(std::size_t index, std::exception_ptr failure);
  boost::asio::awaitable<void> ask(std::size_t index, HostBudget::Permit permit);
  void hush(const std::string& host, base::Time until);
  void submit(std::size_t index, Fetched&& fetched);
  void postpone(std::size_t index, base::Time until);
  void end(std::size_t index, FeedResult&& result);
  boost::asio::awaitable<void> wait(base::Seconds most);

  Parts parts_;
  HostBudget hosts_;
  Asker asker_;
  std::vector<Watched> feeds_;  // as the catalogue has them
  std::unordered_map<std::string_view, std::size_t> by_id_;
  std::set<std::pair<base::Time, std::size_t>> timetable_;          // of those that are enabled and not under way
  std::unordered_map<std::string, std::deque<std::size_t>> lines_;  // of a host: who waits there, as they became due
  std::size_t under_way_ = 0;
  boost::asio::steady_timer wake_;  // cancelled when there is something to do before it
  std::optional<base::Time> sleeps_until_;
  std::optional<base::Seconds> clock_offset_;  // of the wall clock to the steady one
  bool stopping_ = false;
  bool one_round_ = false;
  std::exception_ptr broken_;  // the first failure of a round that was no server's
};

}  // namespace sotevahti::poll
