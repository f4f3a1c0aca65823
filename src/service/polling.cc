#include "service/polling.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>

#include "base/journal.h"
#include "base/log.h"
#include "service/notify.h"
#include "service/parts.h"

namespace sotevahti::service {

namespace asio = boost::asio;

namespace {

void log_news(const poll::Milled& milled) {
  const std::string fresh = std::to_string(milled.report.new_entries);
  const std::string edited = std::to_string(milled.report.revised);
  base::log_event(base::LogLevel::info, fmt::format("feed {}: {} new, {} edited", milled.feed_id, fresh, edited),
                  {{"SOTEVAHTI_FEED", milled.feed_id}, {"SOTEVAHTI_NEW", fresh}, {"SOTEVAHTI_EDITED", edited}});
}

void log_failure(const poll::Milled& milled) {
  const auto& failure = *milled.state.failure;
  const std::string in_a_row = std::to_string(milled.state.failures);
  base::log_event(
      base::LogLevel::warning,
      fmt::format("feed {}: {} ({}), {} in a row", milled.feed_id, failure.detail, failure.cause, in_a_row),
      {{"SOTEVAHTI_FEED", milled.feed_id}, {"SOTEVAHTI_CAUSE", failure.cause}, {"SOTEVAHTI_FAILURES", in_a_row}});
}

void log_result(const poll::FeedResult& result) {
  const auto& milled = result.milled;
  if (result.postponed) return;
  if (milled.kind != archive::PollOutcome::Kind::failed) {
    if (milled.report.new_entries + milled.report.revised > 0) log_news(milled);
    if (milled.report.hushed > 0)
      base::log_event(base::LogLevel::warning,
                      fmt::format("feed {}: a flood; {} entries are archived without telling", milled.feed_id,
                                  milled.report.hushed),
                      {{"SOTEVAHTI_FEED", milled.feed_id}, {"SOTEVAHTI_CAUSE", "flood"}});
    return;
  }
  // A long failure is told once, and then only when it has become four times as old.
  const int failures = milled.state.failures;
  const bool power_of_four = failures > 0 && (failures & (failures - 1)) == 0 && (failures & 0x55555555) != 0;
  if (milled.state.failure && power_of_four) log_failure(milled);
}

}  // namespace

base::Result<std::unique_ptr<Polling>> Polling::make(boost::asio::io_context& io,
                                                     std::shared_ptr<const Configuration> configuration,
                                                     const base::Clock& clock, std::shared_ptr<base::Measures> measures,
                                                     std::function<void()> news) {
  const auto& settings = configuration->settings();
  std::unique_ptr<Polling> polling(new Polling(io));
  polling->measures_ = std::move(measures);
  polling->news_ = std::move(news);
  auto http = make_http_client(io, settings, settings.net.allow_feeds);
  if (!http) return tl::unexpected(http.error());
  const auto& archive = settings.archive.path;
  if (auto ready = use_rules(archive, configuration->taxonomy, notify_progress); !ready)
    return tl::unexpected(ready.error());
  const auto taxonomy = [configuration]() -> const config::Taxonomy& { return configuration->taxonomy; };
  auto mill = poll::Mill::start(taxonomy, mill_options(settings));
  if (!mill) return tl::unexpected(mill.error());
  write_catalogue(**mill, configuration->catalogue);
  auto known = read_known(archive, clock.now());
  if (!known) return tl::unexpected(known.error());
  auto hubs = read_hub_subscriptions(archive);
  if (!hubs) return tl::unexpected(hubs.error());
  polling->configuration_ = std::move(configuration);
  polling->http_ = std::move(*http);
  polling->mill_ = std::move(*mill);
  const config::Catalogue& catalogue = polling->configuration_->catalogue;
  if (polling->configuration_->loaded.origins.at("web.public_url") != "default") {
    const std::string callback = polling->configuration_->settings().web.public_url + "/websub/";
    polling->hub_desk_ = std::make_shared<poll::HubDesk>(
        poll::HubDesk::Parts{io, *polling->mill_, catalogue, clock, callback}, std::move(*hubs));
  }
  polling->tidying_ = std::make_unique<Tidying>(*polling->mill_);
  const auto told = [self = polling.get()](const poll::FeedResult& result) { self->note(result); };
  const auto has_hub = [self = polling.get()](const config::Feed& feed) { return self->has_hub(feed); };
  polling->poller_ =
      std::make_unique<poll::Poller>(poll::Poller::Parts{io, *polling->http_, *polling->mill_, catalogue,
                                                         polling->configuration_->settings(), clock, told, has_hub},
                                     std::move(*known));
  polling->retagging_ = std::make_unique<Retagging>(polling->configuration_, *polling->mill_);
  return polling;
}

// Hubs that still knock are turned away before what they would reach ends.
Polling::~Polling() {
  if (hub_desk_) hub_desk_->stop();
}

asio::awaitable<void> Polling::run() {
  if (hub_desk_)
    asio::co_spawn(io_, hub_desk_->run(*poller_), [desk = hub_desk_](std::exception_ptr failure) {
      try {
        if (failure) std::rethrow_exception(failure);
      } catch (const std::exception& e) {
        base::log_error("no more is asked of hubs until the next start: {}", e.what());
      }
    });
  co_await poller_->run();
}

void Polling::stop() {
  poller_->stop();
  if (hub_desk_) hub_desk_->stop();
}

void Polling::note(const poll::FeedResult& result) {
  ++polled_;
  count(result);
  log_result(result);
  const archive::StoreReport& stored = result.milled.report;
  tidying_->note_new(stored.new_entries);
  if (stored.new_entries + stored.revised > 0) news_();
  if (!hub_desk_) return;
  if (result.milled.kind == archive::PollOutcome::Kind::updated && !result.milled.state.hub.empty()) hub_desk_->look();
  const bool is_poll = !result.pushed && !result.postponed && !result.milled.state.failure;
  if (is_poll) hub_desk_->heed_poll(result.milled.feed_id, stored.new_entries);
}

void Polling::count(const poll::FeedResult& result) {
  using Kind = archive::PollOutcome::Kind;
  if (result.took.count() > 0) measures_->fetches.observe(result.took);
  if (!result.postponed)
    measures_->set_trouble(base::Measures::Work::polling,
                           result.milled.is_unwritten ? "the archive cannot be written" : "");
  if (result.pushed || result.postponed) return;
  if (result.milled.kind == Kind::failed) ++measures_->polls_failed;
  else if (result.milled.kind == Kind::updated) ++measures_->polls_updated;
  else ++measures_->polls_unchanged;
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
