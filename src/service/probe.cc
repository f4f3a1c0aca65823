#include "service/probe.h"

#include <boost/asio/co_spawn.hpp>

#include "feed/document.h"
#include "feed/item.h"
#include "poll/failure.h"
#include "poll/guest.h"
#include "poll/host_budget.h"
#include "service/parts.h"

namespace sotevahti::service {
namespace {

namespace asio = boost::asio;

net::HttpRequest request_for(const config::Settings& settings, std::string url) {
  net::HttpRequest request(std::move(url));
  request.user_agent = settings.poll.user_agent;
  request.timeout = settings.net.timeout;
  request.connect_timeout = settings.net.connect_timeout;
  request.max_bytes = settings.net.max_bytes;
  request.max_redirects = settings.net.max_redirects;
  return request;
}

void read_document(Probe& probe, const net::HttpReply& reply) {
  feed::ParseOptions options;
  options.base_url = reply.effective_url;
  options.content_type = reply.header("content-type");
  const feed::Document document = feed::parse(reply.body, options);
  probe.recovered = document.recovered;
  probe.encoding = document.encoding;
  if (!document.is_feed()) {
    probe.failure = poll::failure_of(document);
    return;
  }
  probe.format = to_string(document.format);
  probe.entries = document.entries.size();
  if (document.feed.title) probe.title = document.feed.title->value;
  feed::ItemContext context;
  context.feed_url = reply.effective_url;
  for (const auto& item : feed::to_items(document, context))
    if (item.published && (!probe.newest || *item.published > *probe.newest)) probe.newest = item.published;
}

// A client with the manners of the poller.
struct Looking {
  std::unique_ptr<net::HttpClient> http;
  poll::HostBudget hosts;
  base::SystemClock clock;
  poll::Guest guest;

  Looking(asio::io_context& io, const config::Settings& settings, std::unique_ptr<net::HttpClient> client)
      : http(std::move(client)),
        hosts(
            io, [&settings](const std::string& host) { return poll::limit_for(settings, host); },
            static_cast<std::size_t>(settings.poll.max_concurrent)),
        guest({*http, hosts, clock, nullptr, nullptr}) {}

  static base::Result<std::unique_ptr<Looking>> make(asio::io_context& io, const config::Settings& settings) {
    auto client = make_http_client(io, settings, settings.net.allow_feeds);
    if (!client) return tl::unexpected(client.error());
    return std::make_unique<Looking>(io, settings, std::move(*client));
  }
};

asio::awaitable<net::NetResult<net::HttpReply>> fetch(poll::Guest& guest, net::HttpRequest request) {
  poll::Visit visit = co_await guest.visit(std::move(request));
  if (visit.quiet_until)
    visit.reply = tl::unexpected(net::NetFailure{net::NetError::cancelled, "its host asked for quiet"});
  co_return std::move(visit.reply);
}

asio::awaitable<void> look(poll::Guest& guest, const config::Settings& settings, Probe& probe) {
  net::HttpRequest request = request_for(settings, probe.url);
  const net::NetResult<net::HttpReply> reply = co_await fetch(guest, std::move(request));
  if (!reply) {
    probe.failure = poll::failure_of(reply.error());
    co_return;
  }
  probe.status = reply->status;
  probe.bytes = reply->body.size();
  probe.effective_url = reply->effective_url;
  probe.conditional = !reply->header("etag").empty() || !reply->header("last-modified").empty();
  probe.failure = poll::failure_of(*reply);
  if (!probe.failure) read_document(probe, *reply);
}

}  // namespace

base::Result<std::vector<Probe>> probe(const config::Settings& settings, const std::vector<std::string>& urls) {
  asio::io_context io(1);
  auto looking = Looking::make(io, settings);
  if (!looking) return tl::unexpected(looking.error());
  std::vector<Probe> probes(urls.size());
  std::size_t left = urls.size();
  for (std::size_t i = 0; i < urls.size(); ++i) {
    probes[i].url = urls[i];
    asio::co_spawn(io, look((*looking)->guest, settings, probes[i]), [&](std::exception_ptr) {
      if (--left == 0) io.stop();
    });
  }
  if (left > 0) io.run();
  return probes;
}

base::Result<poll::Discovery> discover(const config::Settings& settings, const std::string& page) {
  asio::io_context io(1);
  auto looking = Looking::make(io, settings);
  if (!looking) return tl::unexpected(looking.error());
  poll::Fetch get = [&](std::string url) { return fetch((*looking)->guest, request_for(settings, std::move(url))); };
  poll::Discovery found;
  std::exception_ptr failure;
  asio::co_spawn(io, poll::discover(get, page, settings.poll.user_agent),
                 [&](std::exception_ptr thrown, poll::Discovery result) {
                   failure = thrown;
                   found = std::move(result);
                   io.stop();
                 });
  io.run();
  if (failure) std::rethrow_exception(failure);
  return found;
}

}  // namespace sotevahti::service
