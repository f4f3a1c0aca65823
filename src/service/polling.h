// Polling for as long as a configuration is in force: client, mill, poller, the desk that
// hubs talk to, the tagging of old entries anew and the joining of the index's parts, made
// together and ended together. On the io_context's thread.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

#include "base/clock.h"
#include "base/measures.h"
#include "base/result.h"
#include "net/http_client.h"
#include "poll/hub_desk.h"
#include "poll/mill.h"
#include "poll/poller.h"
#include "service/configuration.h"
#include "service/retagging.h"
#include "service/tidying.h"

namespace sotevahti::service {

class Polling {
 public:
  ~Polling();
  // `news`: new or revised entries were stored, for whoever sends.
  static base::Result<std::unique_ptr<Polling>> make(boost::asio::io_context& io,
                                                     std::shared_ptr<const Configuration> configuration,
                                                     const base::Clock& clock, std::shared_ptr<base::Measures> measures,
                                                     std::function<void()> news);

  // Polls what is due until stop(); returns when what was under way has ended.
  boost::asio::awaitable<void> run();
  void stop();
  // Ends what is under way: its feeds are polled again at the next start.
  void cancel() { http_->cancel_all(); }

  // Where [web] public_url is set, so that hubs can reach us; else none.
  const std::shared_ptr<poll::HubDesk>& hub_desk() const { return hub_desk_; }
  const poll::Poller& poller() const { return *poller_; }
  std::size_t polled() const { return polled_; }
  std::size_t failing() const;

 private:
  explicit Polling(boost::asio::io_context& io) : io_(io) {}
  void note(const poll::FeedResult& result);
  void count(const poll::FeedResult& result);
  bool has_hub(const config::Feed& feed) const { return hub_desk_ && hub_desk_->is_active(feed); }

  boost::asio::io_context& io_;
  std::shared_ptr<base::Measures> measures_;
  std::function<void()> news_;
  std::shared_ptr<const Configuration> configuration_;
  std::unique_ptr<net::HttpClient> http_;
  std::unique_ptr<poll::Mill> mill_;
  std::unique_ptr<Retagging> retagging_;
  std::unique_ptr<Tidying> tidying_;
  std::unique_ptr<poll::Poller> poller_;
  std::shared_ptr<poll::HubDesk> hub_desk_;
  std::size_t polled_ = 0;
};

}  // namespace sotevahti::service
