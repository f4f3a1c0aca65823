#include "service/polling.h"

#include <fmt/format.h>

#include "base/log.h"
#include "service/notify.h"
#include "service/parts.h"

namespace sotevahti::service {
namespace {

void log_result(const poll::FeedResult& result) {
  const auto& milled = result.milled;
  if (result.postponed) return;
  if (milled.kind != archive::PollOutcome::Kind::failed) {
    if (milled.report.new_entries + milled.report.revised > 0)
      base::log_info("feed {}: {} new, {} edited", milled.feed_id, milled.report.new_entries, milled.report.revised);
    if (milled.report.hushed > 0)
      base::log_warning("feed {}: a flood; {} entries are archived without telling", milled.feed_id,
                        milled.report.hushed);
    return;
  }
  // A long failure is told once, and then only when it has become four times as old.
  const int failures = milled.state.failures;
  const bool power_of_four = failures > 0 && (failures & (failures - 1)) == 0 && (failures & 0x55555555) != 0;
  if (milled.state.failure && power_of_four)
    base::log_warning("feed {}: {} ({}), {} in a row", milled.feed_id, milled.state.failure->detail,
                      milled.state.failure->cause, failures);
}

// The loop stands still meanwhile.
void tell_progress(const std::string& what, double done) {
  notify_status(fmt::format("{}: {:.0f} %", what, done * 100));
  notify_watchdog();
}

}  // namespace

base::Result<std::unique_ptr<Polling>> Polling::make(boost::asio::io_context& io,
                                                     std::shared_ptr<const Configuration> configuration,
                                                     const base::Clock& clock) {
  const auto& settings = configuration->settings();
  std::unique_ptr<Polling> polling(new Polling);
  auto http = make_http_client(io, settings, settings.net.allow_feeds);
  if (!http) return tl::unexpected(http.error());
  const auto& archive = settings.archive.path;
  if (auto ready = use_rules(archive, configuration->taxonomy, tell_progress); !ready)
    return tl::unexpected(ready.error());
  const auto taxonomy = [configuration]() -> const config::Taxonomy& { return configuration->taxonomy; };
  auto mill = poll::Mill::start(taxonomy, mill_options(settings));
  if (!mill) return tl::unexpected(mill.error());
  write_catalogue(**mill, configuration->catalogue);
  auto known = read_known(archive, clock.now());
  if (!known) return tl::unexpected(known.error());
  polling->configuration_ = std::move(configuration);
  polling->http_ = std::move(*http);
  polling->mill_ = std::move(*mill);
  const auto told = [self = polling.get()](const poll::FeedResult& result) {
    ++self->polled_;
    log_result(result);
  };
  polling->poller_ = std::make_unique<poll::Poller>(
      poll::Poller::Parts{io, *polling->http_, *polling->mill_, polling->configuration_->catalogue,
                          polling->configuration_->settings(), clock, told, nullptr},
      std::move(*known));
  polling->retagging_ = std::make_unique<Retagging>(polling->configuration_, *polling->mill_);
  return polling;
}

std::size_t Polling::failing() const {
  std::size_t failing = 0;
  for (const auto& feed : configuration_->catalogue.feeds()) {
    const auto& state = poller_->state(feed);
    if (feed.enabled && state.failure && state.failure->cause != "no-feed-found") ++failing;
  }
  return failing;
}

}  // namespace sotevahti::service
