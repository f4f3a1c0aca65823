// One round of sending, as the service does it: on an io_context of its own, until all
// that is due has been tried.
#pragma once
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <utility>

#include "deliver/outbox.h"
#include "world.h"

namespace sotevahti::deliver {

inline config::Settings relay_settings(const std::string& url) {
  config::Settings settings;
  settings.mail.transport = config::Settings::Mail::Transport::smtp;
  settings.mail.url = url;
  settings.mail.tls = config::Settings::Mail::Tls::none;
  settings.mail.from = "sote@example.org";
  return settings;
}

inline OutboxOptions unhurried() {
  OutboxOptions options;
  options.from = "sote@example.org";
  options.user_agent = "sotevahti/test";
  options.mails_per_second = 0;
  return options;
}

// Webhooks may go to 127.0.0.0/8.
inline net::HttpClient::Options allowing_this_machine() {
  net::HttpClient::Options http;
  http.policy = must(net::AddressPolicy::parse({"127.0.0.0/8"}));
  return http;
}

inline SendReport send_round(World& world, std::unique_ptr<MailTransport> transport,
                             const OutboxOptions& options = unhurried()) {
  boost::asio::io_context io;
  net::HttpClient client(io, allowing_this_machine());
  Outbox outbox({io, *world.database, client, std::move(transport), world.clock}, options);
  SendReport report;
  boost::asio::co_spawn(io, outbox.send_due(), [&](std::exception_ptr failure, SendReport done) {
    if (failure) std::rethrow_exception(failure);
    report = std::move(done);
  });
  io.run();
  return report;
}

}  // namespace sotevahti::deliver
