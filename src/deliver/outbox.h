// Sends what the outbox holds: mail over the transport, webhooks over HTTP. Rows are
// leased, sent, and marked; a crash in between sends that one again with the same id.
// A slow or dead receiver delays nobody else. All calls on the io_context's thread, to
// which the database belongs; mail goes out from a worker thread that never sees the
// database.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/database.h"
#include "base/clock.h"
#include "config/settings.h"
#include "deliver/admin_letter.h"
#include "deliver/mail_transport.h"
#include "net/http_client.h"

namespace sotevahti::deliver {

struct SendReport {
  std::size_t sent = 0;
  std::size_t deferred = 0;           // tried, to be tried again
  std::size_t dead = 0;               // given up
  std::size_t cancelled = 0;          // whose subscriber or subscription is gone
  std::vector<std::string> problems;  // for the admin: a relay that refuses, an endpoint disabled
};

struct OutboxOptions {
  std::string from;  // envelope sender
  std::string public_url;
  std::string user_agent;  // of webhooks
  int mails_per_second = 20;
  std::size_t at_once = 256;                 // rows in flight
  std::vector<std::string> allowed_domains;  // of recipients; empty: any
  AdminAddress admin;                        // who hears of what is given up

  static OutboxOptions of(const config::Settings& settings);
};

class Outbox {
 public:
  // What is named by reference must outlive it.
  struct Parts {
    boost::asio::io_context& io;
    archive::Database& database;
    net::HttpClient& webhooks;  // of this purpose alone
    std::unique_ptr<MailTransport> mail;
    const base::Clock& clock;
  };
  Outbox(Parts parts, OutboxOptions options);
  ~Outbox();  // waits for the message that is under way

  // Sends all that is due now. One call at a time. Cancellable: what is under way ends, the
  // rest keeps its place.
  boost::asio::awaitable<SendReport> send_due();
  // When something is to be tried next; none: nothing is on its way.
  std::optional<base::Time> next_attempt();
  // Takes nothing more on; send_due() ends with what is under way.
  void stop();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace sotevahti::deliver
