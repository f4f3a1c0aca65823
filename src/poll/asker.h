// Asks one feed for its document: looks for it on a page where that is wanted, waits while the mill is full, and
// bounds how many large answers are under way. What to ask and when is the poller's. On the io_context's thread.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "archive/feed_store.h"
#include "base/clock.h"
#include "config/catalogue.h"
#include "config/settings.h"
#include "net/http_client.h"
#include "poll/fetched.h"
#include "poll/guest.h"
#include "poll/host_budget.h"
#include "poll/mill.h"

namespace sotevahti::poll {

// One of the few places for answers that grow large, or none; free when its last copy goes.
using LargePlace = std::shared_ptr<const void>;

// What became of asking. `large` is to be kept until the answer is stored.
struct Answer {
  Answer() {}
  std::unique_ptr<Fetched> fetched;       // none: nothing was asked, the feed is to be asked later
  std::optional<base::Time> quiet_until;  // then: its host wants quiet; else we are stopping
  std::chrono::duration<double> took{};   // of the requests to the feed alone
  LargePlace large;
};

// Its address is to be found on a page first.
bool is_sought(const config::Feed& feed, const archive::FeedState& state);
// Where it is asked, if it is not sought.
std::string address_of(const config::Feed& feed, const archive::FeedState& state);

class Asker {
 public:
  struct Parts {
    boost::asio::io_context& io;
    net::HttpClient& http;
    Mill& mill;
    HostBudget& hosts;
    const config::Settings& settings;
    const base::Clock& clock;
    // A host asked for quiet.
    std::function<void(const std::string& host, base::Time until)> hushed;
    // Does a hub tell us of this feed's news? May be empty.
    std::function<bool(const config::Feed&)> has_hub;
  };
  // What `parts` names must outlive the asker, and the asker what it is asking.
  explicit Asker(Parts parts);
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;

  // `permit`: of the feed's host, where one was taken before. `known` is as the archive has it, and is copied at once.
  boost::asio::awaitable<Answer> ask(const config::Feed& feed, const archive::FeedState& known,
                                     HostBudget::Permit permit);
  // Who waits for his turn goes without.
  void stop() { stopping_ = true; }

  Guest& guest() { return guest_; }
  net::HttpRequest request_for(const config::Feed& feed, std::string url) const;
  // An answer that is here now, before anything is known of it; it counts as a poll.
  std::unique_ptr<Fetched> make_fetched(const config::Feed& feed, archive::FeedState state) const;

 private:
  // `answer` takes what is learnt on the way: the host's quiet, a large place.
  boost::asio::awaitable<std::optional<archive::PollFailure>> find_feed(const config::Feed& feed,
                                                                        archive::FeedState& state, Answer& answer);
  boost::asio::awaitable<Visit> visit(net::HttpRequest request, HostBudget::Permit permit, LargePlace& large);
  bool take_place(LargePlace& large);
  boost::asio::awaitable<bool> may_ask();

  Parts parts_;
  Bounds bounds_;
  Guest guest_;
  std::shared_ptr<const int> places_ = std::make_shared<const int>();  // its copies are the places taken
  std::size_t usual_bytes_ = std::size_t{32} << 10;                    // of an answer, as they lately were
  std::unordered_set<std::string> unpackable_;                         // feeds that could only be read unpacked
  bool stopping_ = false;
};

}  // namespace sotevahti::poll
