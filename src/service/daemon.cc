#include "service/daemon.h"

#include <fmt/format.h>
#include <csignal>

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>

#include "archive/holder.h"
#include "base/log.h"
#include "base/measures.h"
#include "base/version.h"
#include "service/configuration.h"
#include "service/delivery.h"
#include "service/hub_door.h"
#include "service/notify.h"
#include "service/parts.h"
#include "service/polling.h"
#include "tag/rule_check.h"
#include "text/words.h"
#include "web/server.h"

namespace sotevahti::service {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 10s;
constexpr auto status_interval = 30s;
// Between two reloads there is time for work, however long a reload takes on a busy machine.
constexpr auto least_reload_rest = 2s;
constexpr int reload_rest_share = 4;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

// When nobody waits for it any more the signal ends a process, even one that ends in order.
void hear_no_more_reloads() {
  sigset_t reloads;
  sigemptyset(&reloads);
  sigaddset(&reloads, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &reloads, nullptr);
}

std::shared_ptr<const web::SiteData> site_data(const Configuration& configuration) {
  return std::make_shared<const web::SiteData>(
      web::SiteData{configuration.settings(), configuration.taxonomy, configuration.catalogue});
}

// What only a restart can change.
bool needs_restart(const config::Settings& old, const config::Settings& fresh) {
  return old.archive.path != fresh.archive.path || old.web.listen != fresh.web.listen;
}

// Rules that can never match do no harm: a new dictionary must not keep the service from starting.
void warn_of_rules(const Configuration& configuration) {
  const auto lexicon = text::Lexicon::open(std::size_t{1} << 20);
  if (!lexicon) return;
  for (const auto& complaint : tag::check_rules(configuration.taxonomy, **lexicon)) base::log_warning("{}", complaint);
}

class Daemon {
 public:
  Daemon(const DaemonOptions& options, const base::Clock& clock)
      : options_(options),
        clock_(clock),
        io_(1),
        signals_(io_, SIGTERM, SIGINT, SIGHUP),
        pulse_(io_),
        ping_(io_),
        reload_rest_(io_, asio::steady_timer::time_point::min()),
        polling_ended_(io_, asio::steady_timer::time_point::max()) {}

  base::Result<base::Done> run() {
    if (auto up = start(); !up) return up;
    spawn("signals", heed_signals());
    spawn("status", pulse());
    spawn("ping", ping());
    is_up_ = true;
    notify_ready();
    base::log_info("sotevahti {} is up: {} feeds, archive {}, web {}", base::version,
                   configuration_->catalogue.feeds().size(), configuration_->settings().archive.path.string(),
                   web_ ? web_->address() : "none");
    if (options_.ready) options_.ready(web_ ? web_->address() : "");
    io_.run();
    hear_no_more_reloads();
    notify_stopping();
    delivery_.reset();
    if (web_) web_->stop(patience);
    polling_.reset();
    if (!failure_.empty()) return base::fail(failure_);
    base::log_info("stopped");
    return base::Done{};
  }

 private:
  base::Result<base::Done> start() {
    auto configuration = read_configuration(options_.config_file);
    if (!configuration) return tl::unexpected(configuration.error());
    configuration_ = std::move(*configuration);
    warn_of_rules(*configuration_);
    const auto& settings = configuration_->settings();
    if (options_.polls || options_.sends) {
      auto holder = archive::Holder::take(settings.archive.path, "sotevahti run", clock_.now());
      if (!holder) return tl::unexpected(holder.error());
      holder_.emplace(std::move(*holder));
      if (auto migrated = archive::Database::open(settings.archive.path, migration_options()); !migrated)
        return tl::unexpected(migrated.error());
    }
    if (options_.serves) {
      web::Server::Options web_options;
      web_options.listen = settings.web.listen;
      web_options.listening = handed_over_socket();
      web_options.measures = measures_;
      web_options.callbacks.vitals = [this] { return vitals(); };
      web_options.max_connections = settings.web.max_connections;
      if (options_.polls)
        web_options.callbacks.hub = [this](const web::HubVisit& visit) { return hub_door_.answer(visit); };
      if (options_.sends) web_options.callbacks.signed_up = [this] { asio::post(io_, [this] { heed_sign_up(); }); };
      auto web = web::Server::start(site_data(*configuration_), clock_, web_options);
      if (!web) return tl::unexpected(web.error());
      web_ = std::move(*web);
    }
    return start_work();
  }

  static archive::OpenOptions migration_options() {
    archive::OpenOptions options;
    options.progress = notify_progress;
    return options;
  }

  // Delivery comes and goes with the configuration; a new one answers all that wait.
  void heed_sign_up() {
    if (delivery_) delivery_->look();
  }

  void heed_news() {
    if (delivery_) delivery_->note_news();
  }

  // Polling and delivery with the configuration in force.
  base::Result<base::Done> start_work() {
    if (options_.polls) {
      auto polling = Polling::make(io_, configuration_, clock_, measures_, [this] { heed_news(); });
      if (!polling) return tl::unexpected(polling.error());
      polling_ = std::move(*polling);
      hub_door_.open(polling_->hub_desk());
      spawn("polling", poll());
    }
    if (options_.sends) {
      auto delivery = Delivery::start(configuration_, clock_, measures_);
      if (!delivery) return tl::unexpected(delivery.error());
      delivery_ = std::move(*delivery);
    }
    return base::Done{};
  }

  void spawn(const char* what, asio::awaitable<void> work) {
    asio::co_spawn(io_, std::move(work), [this, what](std::exception_ptr failure) {
      if (!failure) return;
      try {
        std::rethrow_exception(failure);
      } catch (const std::exception& e) {
        give_up(fmt::format("{} ended: {}", what, e.what()));
      }
    });
  }

  // Better a restart by systemd than half a service.
  void give_up(std::string why) {
    failure_ = std::move(why);
    io_.stop();
  }

  asio::awaitable<void> poll() {
    polling_runs_ = true;
    co_await polling_->run();
    polling_runs_ = false;
    polling_ended_.cancel();
  }

  // A reload breaks off what waits for its turn: many in a row get one answer, after a rest in which work is done.
  asio::awaitable<void> heed_signals() {
    for (bool wants_reload = false;;) {
      if (wants_reload && std::chrono::steady_clock::now() >= reload_rest_.expiry()) {
        wants_reload = false;
        co_await reload();
        continue;
      }
      if (wants_reload) reload_rest_.async_wait([this](const boost::system::error_code&) { signals_.cancel(); });
      const auto [error, signal] = co_await signals_.async_wait(quietly);
      if (error) continue;  // the rest is over
      if (signal != SIGHUP) co_return co_await stop(signal);
      wants_reload = true;
    }
  }

  asio::awaitable<void> stop(int signal) {
    base::log_info("stopping at signal {}", signal);
    notify_stopping();
    co_await end_polling();
    pulse_.cancel();
    ping_.cancel();
    io_.stop();
  }

  // What is under way gets its time; then it is dropped, to be polled again at the next start.
  asio::awaitable<void> end_polling() {
    if (!polling_) co_return;
    hub_door_.close();
    polling_->stop();
    if (polling_runs_) {
      polling_ended_.expires_after(patience);
      co_await polling_ended_.async_wait(quietly);
    }
    if (polling_runs_) {
      polling_->cancel();
      polling_ended_.expires_after(1s);
      co_await polling_ended_.async_wait(quietly);
    }
  }

  // What still runs must not lose what it runs with.
  asio::awaitable<void> replace_polling() {
    co_await end_polling();
    while (polling_runs_) {
      polling_ended_.expires_after(1s);
      co_await polling_ended_.async_wait(quietly);
    }
    polling_.reset();
  }

  asio::awaitable<void> reload() {
    const auto began = std::chrono::steady_clock::now();
    notify_reloading();
    auto fresh = read_configuration(options_.config_file);
    if (fresh) co_await use(std::move(*fresh));
    else refuse(fresh.error().message);
    reload_rest_.expires_after(std::max<asio::steady_timer::duration>(
        least_reload_rest, reload_rest_share * (std::chrono::steady_clock::now() - began)));
    notify_ready();
    tell_status();
  }

  void refuse(const std::string& why) {
    base::log_error("the configuration has errors; the old one stays in force:\n{}", why);
    reload_failure_ = why;
    ++measures_->reloads_refused;
  }

  // Some errors show only when the work begins: a password file that is not there.
  asio::awaitable<void> use(std::shared_ptr<const Configuration> fresh) {
    if (needs_restart(configuration_->settings(), fresh->settings()))
      base::log_warning("[archive] path and [web] listen change only at a restart");
    is_up_ = false;
    reload_failure_.clear();
    const auto old = std::exchange(configuration_, std::move(fresh));
    auto begun = co_await begin_anew();
    if (!begun) {
      refuse(begun.error().message);
      configuration_ = old;
      begun = co_await begin_anew();
    }
    if (!begun) co_return give_up("after a reload: " + begun.error().message);
    is_up_ = true;
    if (configuration_ == old) co_return;
    warn_of_rules(*configuration_);
    if (web_) web_->reload(site_data(*configuration_));
    base::log_info("configuration read again: {} feeds", configuration_->catalogue.feeds().size());
  }

  asio::awaitable<base::Result<base::Done>> begin_anew() {
    co_await replace_polling();
    delivery_.reset();
    co_return start_work();
  }

  void tell_status() {
    std::string status;
    if (!reload_failure_.empty())
      status = "Running with the old configuration; the new one has errors: " + reload_failure_ + ". ";
    if (polling_)
      status += fmt::format("{} feeds, {} failing, {} under way", configuration_->catalogue.feeds().size(),
                            polling_->failing(), polling_->poller().under_way());
    notify_status(status);
  }

  // On a worker of the web.
  web::Vitals vitals() const {
    if (!is_up_) return {false, "it is starting, or reading its configuration again"};
    const std::string trouble = measures_->trouble();
    return {trouble.empty(), trouble};
  }

  // A watchman elsewhere who hears nothing for a while calls the admin. The address is a secret
  // of theirs: it stands in no line of the log.
  asio::awaitable<void> ping() {
    for (;;) {
      const auto configuration = configuration_;
      const auto& alarm = configuration->settings().alarm;
      if (!alarm.ping_url.empty() && vitals().ready && reload_failure_.empty()) co_await ping_once(*configuration);
      ping_.expires_after(alarm.ping_interval);
      const auto [error] = co_await ping_.async_wait(quietly);
      if (error) co_return;
    }
  }

  asio::awaitable<void> ping_once(const Configuration& configuration) {
    auto client = make_http_client(io_, configuration.settings(), configuration.settings().net.allow_webhooks);
    if (!client) co_return;
    net::HttpRequest request(configuration.settings().alarm.ping_url);
    request.user_agent = configuration.settings().poll.user_agent;
    request.timeout = configuration.settings().net.timeout;
    const auto reply = co_await (*client)->fetch(std::move(request));
    if (!reply) base::log_warning("[alarm] ping_url: no answer ({})", net::to_string(reply.error().error));
    else if (reply->status >= 300) base::log_warning("[alarm] ping_url: the answer was {}", reply->status);
  }

  asio::awaitable<void> pulse() {
    const auto watchdog = watchdog_interval();
    auto told = std::chrono::steady_clock::time_point::min();
    for (;;) {
      if (std::chrono::steady_clock::now() - status_interval >= told || told == decltype(told)::min()) {
        tell_status();
        told = std::chrono::steady_clock::now();
      }
      if (watchdog) notify_watchdog();
      pulse_.expires_after(watchdog ? std::min<std::chrono::milliseconds>(*watchdog, status_interval)
                                    : std::chrono::milliseconds(status_interval));
      const auto [error] = co_await pulse_.async_wait(quietly);
      if (error) co_return;
    }
  }

  const DaemonOptions& options_;
  const base::Clock& clock_;
  std::optional<archive::Holder> holder_;
  std::shared_ptr<const Configuration> configuration_;
  asio::io_context io_;
  asio::signal_set signals_;
  asio::steady_timer pulse_;
  asio::steady_timer ping_;
  asio::steady_timer reload_rest_;    // no other reload before it is over
  asio::steady_timer polling_ended_;  // cancelled when polling has ended
  bool polling_runs_ = false;
  std::atomic<bool> is_up_{false};
  std::shared_ptr<base::Measures> measures_ = std::make_shared<base::Measures>();
  std::string reload_failure_;
  std::string failure_;  // for which the service ends
  HubDoor hub_door_;
  std::unique_ptr<web::Server> web_;
  std::unique_ptr<Polling> polling_;
  std::unique_ptr<Delivery> delivery_;
};

}  // namespace

base::Result<base::Done> run_daemon(const DaemonOptions& options, const base::Clock& clock) {
  return Daemon(options, clock).run();
}

}  // namespace sotevahti::service
