#include "service/probe.h"

#include <boost/asio/co_spawn.hpp>

#include "feed/document.h"
#include "feed/item.h"
#include "poll/failure.h"
#include "poll/host_budget.h"
#include "service/parts.h"
#include "text/url.h"

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

asio::awaitable<void> look(net::HttpClient& http, poll::HostBudget& hosts, const config::Settings& settings,
                           Probe& probe) {
  const poll::HostBudget::Permit permit = co_await hosts.enter(text::url_host(probe.url));
  net::HttpRequest request = request_for(settings, probe.url);
  const net::NetResult<net::HttpReply> reply = co_await http.fetch(std::move(request));
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
  auto http = make_http_client(io, settings, settings.net.allow_feeds);
  if (!http) return tl::unexpected(http.error());
  poll::HostBudget hosts(io, [&](const std::string&) {
    return poll::HostBudget::Limit{settings.poll.per_host, settings.poll.host_gap};
  });
  std::vector<Probe> probes(urls.size());
  std::size_t left = urls.size();
  for (std::size_t i = 0; i < urls.size(); ++i) {
    probes[i].url = urls[i];
    asio::co_spawn(io, look(**http, hosts, settings, probes[i]), [&](std::exception_ptr) {
      if (--left == 0) io.stop();
    });
  }
  if (left > 0) io.run();
  return probes;
}

base::Result<poll::Discovery> discover(const config::Settings& settings, const std::string& page) {
  asio::io_context io(1);
  auto http = make_http_client(io, settings, settings.net.allow_feeds);
  if (!http) return tl::unexpected(http.error());
  poll::Fetch get = [&](std::string url) -> asio::awaitable<net::NetResult<net::HttpReply>> {
    net::HttpRequest request = request_for(settings, std::move(url));
    co_return co_await (*http)->fetch(std::move(request));
  };
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
