#include "service/round.h"

#include <boost/asio/co_spawn.hpp>
#include <stdexcept>

#include "archive/holder.h"
#include "service/parts.h"

namespace sotevahti::service {

namespace asio = boost::asio;

base::Result<std::size_t> poll_round(const RoundParts& parts, Which which,
                                     const std::vector<const config::Feed*>& named) {
  const auto& settings = parts.settings;
  auto holder = archive::Holder::take(settings.archive.path, "sotevahti poll", parts.clock.now());
  if (!holder) return tl::unexpected(holder.error());
  const auto taxonomy = [&]() -> const config::Taxonomy& {
    const auto& read = parts.taxonomy();
    if (auto used = use_rules(settings.archive.path, read); !used) throw std::runtime_error(used.error().message);
    return read;
  };
  auto mill = poll::Mill::start(taxonomy, mill_options(settings));
  if (!mill) return tl::unexpected(mill.error());
  write_catalogue(**mill, parts.catalogue);
  auto known = read_known(settings.archive.path, parts.clock.now());
  if (!known) return tl::unexpected(known.error());

  asio::io_context io(1);
  auto http = make_http_client(io, settings, settings.net.allow_feeds);
  if (!http) return tl::unexpected(http.error());
  poll::Poller poller({io, **http, **mill, parts.catalogue, settings, parts.clock, parts.told, nullptr},
                      std::move(*known));

  std::vector<const config::Feed*> feeds = named;
  if (named.empty() && which == Which::due) feeds = poller.due();
  if (named.empty() && which == Which::all)
    for (const auto& feed : parts.catalogue.feeds())
      if (feed.enabled) feeds.push_back(&feed);
  const std::size_t count = feeds.size();
  if (count == 0) return count;

  std::exception_ptr failure;
  asio::co_spawn(io, poller.poll_once(std::move(feeds)), [&](std::exception_ptr thrown) {
    failure = thrown;
    io.stop();  // the client's own timers would keep the loop alive
  });
  io.run();
  (*mill)->drain();
  if (failure) std::rethrow_exception(failure);
  return count;
}

}  // namespace sotevahti::service
