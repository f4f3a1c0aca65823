// Subscriptions at hubs, kept alive: asks for those that feeds name, renews their leases,
// answers what hubs ask and hands on what they send. A feed that a hub tells of is still
// polled once a day, and what the hub missed is counted. Calls come from any thread;
// all else is on the io_context's.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "archive/websub_store.h"
#include "base/clock.h"
#include "config/catalogue.h"
#include "poll/mill.h"
#include "poll/poller.h"
#include "poll/websub.h"

namespace sotevahti::poll {

class HubDesk : public std::enable_shared_from_this<HubDesk> {
 public:
  struct Parts {
    boost::asio::io_context& io;
    Mill& mill;
    const config::Catalogue& catalogue;
    const base::Clock& clock;
    std::string callback;  // "https://sotevahti.example/websub/"; a token follows
  };
  HubDesk(Parts parts, std::vector<archive::HubSubscription> known);

  // Asks, renews and leaves until stop(). `poller` lends its manners and takes what is pushed; it
  // must live as long.
  boost::asio::awaitable<void> run(Poller& poller);
  void stop();

  // Does a hub tell of this feed's news at present?
  bool is_active(const config::Feed& feed) const;
  // A poll found what the hub should have sent.
  void count_missed(const std::string& feed_id, std::size_t entries);

  // What a hub asks or sends; any thread, and quick.
  HubAnswer answer(const HubCall& call);

 private:
  archive::HubSubscription* of_token(const std::string& token);
  std::vector<archive::HubSubscription> wanted_requests(const Poller& poller);
  boost::asio::awaitable<void> request(Poller& poller, archive::HubSubscription subscription);
  void save(const archive::HubSubscription& subscription);

  Parts parts_;
  Poller* poller_ = nullptr;  // while run() runs
  mutable std::mutex mutex_;  // of what follows
  std::unordered_map<std::string, archive::HubSubscription> by_feed_;
  boost::asio::steady_timer wake_;
  bool stopping_ = false;
};

}  // namespace sotevahti::poll
