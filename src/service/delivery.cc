#include "service/delivery.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/log.h"
#include "deliver/admin_letter.h"
#include "deliver/own_texts.h"
#include "service/parts.h"
#include "service/source_note.h"

namespace sotevahti::service {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// Wall clocks jump and other processes add subscriptions: a look each minute.
constexpr base::Seconds longest_sleep = 1min;
constexpr base::Seconds news_gather = 1s;

void log_report(const deliver::BuildReport& built, const deliver::LetterReport& letters,
                const deliver::SendReport& sent) {
  if (built.messages > 0) base::log_info("{} digests built, telling {} stories", built.messages, built.stories);
  if (letters.written + letters.held > 0)
    base::log_info("{} sign-ups answered, {} left without a further letter", letters.written, letters.held);
  if (sent.sent + sent.deferred + sent.dead > 0)
    base::log_info("{} messages sent, {} put off, {} given up", sent.sent, sent.deferred, sent.dead);
  for (const auto& problem : built.problems) base::log_error("digest: {}", problem);
  for (const auto& problem : letters.problems) base::log_error("a letter: {}", problem);
  for (const auto& problem : sent.problems) base::log_error("delivery: {}", problem);
}

}  // namespace

deliver::LetterReport DeliveryParts::answer_sign_ups(base::Time now) {
  return deliver::answer_sign_ups(*database, deliver::Sender::of(configuration->settings()), *texts, now);
}

base::Result<DeliveryParts> DeliveryParts::make(asio::io_context& io,
                                                std::shared_ptr<const Configuration> configuration,
                                                const base::Clock& clock) {
  DeliveryParts parts;
  const auto& settings = configuration->settings();
  auto database = archive::Database::open(settings.archive.path);
  if (!database) return tl::unexpected(database.error());
  auto sending = archive::Sending::join(settings.archive.path, **database, clock.now());
  if (!sending) return tl::unexpected(sending.error());
  auto texts = deliver::load_texts(settings.digest.templates);
  if (!texts) return tl::unexpected(texts.error());
  auto webhooks = make_http_client(io, settings, settings.net.allow_webhooks);
  if (!webhooks) return tl::unexpected(webhooks.error());
  auto transport = deliver::make_transport(settings);
  if (!transport) return tl::unexpected(transport.error());

  parts.database = std::move(*database);
  parts.sending.emplace(std::move(*sending));
  parts.texts = std::make_unique<digest::Texts>(std::move(*texts));
  parts.webhooks = std::move(*webhooks);
  parts.dispatcher = std::make_unique<deliver::Dispatcher>(deliver::DigestParts{
      *parts.database, configuration->taxonomy, configuration->catalogue, *parts.texts, deliver::Sender::of(settings)});
  parts.outbox = std::make_unique<deliver::Outbox>(
      deliver::Outbox::Parts{io, *parts.database, *parts.webhooks, std::move(*transport), clock},
      deliver::OutboxOptions::of(settings));
  parts.configuration = std::move(configuration);
  return parts;
}

base::Result<std::unique_ptr<Delivery>> Delivery::start(std::shared_ptr<const Configuration> configuration,
                                                        const base::Clock& clock,
                                                        std::shared_ptr<base::Measures> measures) {
  std::unique_ptr<Delivery> delivery(new Delivery(clock, std::move(measures)));
  auto parts = DeliveryParts::make(delivery->io_, std::move(configuration), clock);
  if (!parts) return tl::unexpected(parts.error());
  delivery->parts_.emplace(std::move(*parts));
  delivery->thread_ = std::thread([self = delivery.get()] {
    asio::co_spawn(self->io_, self->run(), [self](std::exception_ptr failure) {
      self->io_.stop();
      try {
        if (failure) std::rethrow_exception(failure);
      } catch (const std::exception& e) {
        base::log_error("delivery ended: {}", e.what());
      }
    });
    self->io_.run();
  });
  return delivery;
}

Delivery::~Delivery() {
  if (thread_.joinable()) {
    asio::post(io_, [this] {
      stopping_ = true;
      parts_->outbox->stop();
      wake_.cancel();
    });
    thread_.join();
  }
  parts_.reset();  // its clients die before the io_context
}

void Delivery::look() {
  asio::post(io_, [this] {
    is_called_ = true;
    wake_.cancel();
  });
}

void Delivery::note_news() {
  asio::post(io_, [this] {
    last_news_ = clock_.now();
    if (!std::exchange(has_news_, true)) wake_.cancel();
  });
}

// A note that cannot be written must not hold the digests back. What keeps a subscription from
// being built is told once a month, not each minute.
void Delivery::tell_admin(const deliver::BuildReport& built) {
  const auto& settings = parts_->configuration->settings();
  for (const std::string& problem : built.problems) {
    const std::string month = base::to_iso_date(base::Zone::utc().to_local(clock_.now()).day).substr(0, 7);
    const auto letter = deliver::letter_to_admin(
        deliver::AdminAddress::of(settings),
        {"unbuilt", month + problem, "a digest cannot be built", problem + "\n\nSee: sotevahti subscriptions list\n"},
        clock_.now());
    if (letter) archive::Ledger(*parts_->database).enqueue_once(*letter);
  }
  const auto noted = note_sources(*parts_->database, *parts_->configuration, clock_.now());
  if (!noted) base::log_error("the note about the sources could not be written: {}", noted.error().message);
  else if (*noted) base::log_info("a note about the sources is on its way to the admin");
}

// A round that came to its end wrote to the archive.
void Delivery::count(const deliver::SendReport& sent) {
  measures_->sent += sent.sent;
  measures_->deferred += sent.deferred;
  measures_->dead += sent.dead;
  measures_->cancelled += sent.cancelled;
  measures_->set_trouble(base::Measures::Work::delivery, "");
}

asio::awaitable<void> Delivery::run() {
  last_news_ = clock_.now();  // another process may have polled until now
  while (!stopping_) {
    base::Seconds pause = longest_sleep;
    const base::Time now = clock_.now();
    is_called_ = false;
    has_news_ = last_news_ == now;  // a window ends before the second in which it is looked at
    try {
      const deliver::BuildReport built = parts_->dispatcher->build_due(now);
      const deliver::LetterReport letters = parts_->answer_sign_ups(clock_.now());
      tell_admin(built);
      const deliver::SendReport sent = co_await parts_->outbox->send_due();
      log_report(built, letters, sent);
      count(sent);
      pause = pause_after(now);
    } catch (const archive::ArchiveError& e) {
      // A full disk or the like: nothing was decided, all of it is tried again.
      base::log_error("delivery: the archive failed: {}", e.what());
      measures_->set_trouble(base::Measures::Work::delivery, "the archive cannot be written");
    } catch (const std::exception& e) {
      base::log_error("delivery: {}", e.what());
      measures_->set_trouble(base::Measures::Work::delivery, "digests cannot be built or sent");
    }
    if (!stopping_) co_await sleep(pause);
  }
}

// What was due when we looked and is still there waits for news, for a person or for the next minute's look.
base::Seconds Delivery::pause_after(base::Time looked) {
  std::optional<base::Time> next = parts_->dispatcher->next_due(looked);
  const auto attempt = parts_->outbox->next_attempt();
  if (attempt && *attempt > looked && (!next || *attempt < *next)) next = attempt;
  if (!next) return longest_sleep;
  return std::clamp<base::Seconds>(*next - clock_.now(), 1s, longest_sleep);
}

// Until `most` has passed, news have gathered or somebody called; not at all where that was meanwhile.
asio::awaitable<void> Delivery::sleep(base::Seconds most) {
  const auto wait = [this](base::Seconds time) {
    wake_.expires_after(time);
    return wake_.async_wait(asio::as_tuple(asio::use_awaitable));
  };
  if (is_called_) co_return;
  if (!has_news_) co_await wait(most);
  if (has_news_ && !is_called_ && !stopping_) co_await wait(news_gather);
}

base::Result<DeliveryReport> deliver_once(std::shared_ptr<const Configuration> configuration, const base::Clock& clock,
                                          DeliveryStep step) {
  asio::io_context io(1);
  auto parts = DeliveryParts::make(io, std::move(configuration), clock);
  if (!parts) return tl::unexpected(parts.error());
  DeliveryReport report;
  report.built = parts->dispatcher->build_due(clock.now());
  report.letters = parts->answer_sign_ups(clock.now());
  if (step == DeliveryStep::build) return report;
  std::exception_ptr failure;
  asio::co_spawn(io, parts->outbox->send_due(), [&](std::exception_ptr thrown, deliver::SendReport sent) {
    failure = thrown;
    report.sent = std::move(sent);
    io.stop();
  });
  io.run();
  if (failure) std::rethrow_exception(failure);
  return report;
}

}  // namespace sotevahti::service
