// Subscriptions at hubs, kept alive: asks for those that feeds name, renews their leases,
// answers what hubs ask and hands on what they send. A feed that a hub tells of is still
// polled once a day, and what the hub missed is counted. Calls come from any thread;
// all else is on the io_context's.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
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
  // To be called before the poller and the mill end.
  void stop();

  // Looks now, where run() sleeps: a feed was read that names a hub.
  void look() { wake_.cancel(); }

  // Does a hub tell of this feed's news at present?
  bool is_active(const config::Feed& feed) const;
  // A poll of the feed has ended: what it brought, an active hub should have sent before.
  void heed_poll(const std::string& feed_id, std::size_t new_entries);

  // What a hub asks or sends; any thread but the mill's. News are acknowledged when it is on disk that
  // they came. 503 where they could not be noted, or when we are stopping: it will try again.
  HubAnswer answer(const HubCall& call);

 private:
  archive::HubSubscription* of_token(const std::string& token);
  HubAnswer verify(archive::HubSubscription& subscription, const HubCall& call);
  void take_content(archive::HubSubscription& subscription, const HubCall& call, std::function<void(bool)> noted);
  void hand_on(std::string feed_id, Poller::Push push);  // to the poller
  void forget_unwanted(const Poller& poller);
  std::vector<std::string> wanted_requests(const Poller& poller);  // by feed
  boost::asio::awaitable<void> request(Poller& poller, std::string feed_id);
  net::HttpRequest begin_request(const Poller& poller, const std::string& feed_id);
  void save(const archive::HubSubscription& subscription);  // in the archive

  Parts parts_;
  Poller* poller_ = nullptr;  // while run() runs
  mutable std::mutex mutex_;  // of what follows
  std::unordered_map<std::string, archive::HubSubscription> by_feed_;
  std::unordered_set<std::string> just_begun_;  // feeds whose next poll may bring what is older than the subscription
  bool stopping_ = false;
  boost::asio::steady_timer wake_;
};

}  // namespace sotevahti::poll
