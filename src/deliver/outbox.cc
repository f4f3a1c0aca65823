#include "deliver/outbox.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "archive/ledger.h"
#include "archive/people.h"
#include "archive/sign_ups.h"
#include "deliver/mail_worker.h"
#include "deliver/outcomes.h"
#include "deliver/payload.h"
#include "deliver/token_book.h"
#include "deliver/webhook_attempt.h"

namespace sotevahti::deliver {
namespace {

// Long enough for a full worker's queue behind a slow relay.
constexpr base::Seconds lease_time = std::chrono::minutes(30);

}  // namespace

class Outbox::Impl : public std::enable_shared_from_this<Outbox::Impl> {
 public:
  Impl(Parts parts, OutboxOptions options)
      : io_(parts.io),
        database_(parts.database),
        ledger_(parts.database),
        people_(parts.database),
        outcomes_(parts.database, options.allowed_domains, options.admin),
        tokens_(people_, archive::SignUps(parts.database)),
        webhooks_(parts.webhooks),
        clock_(parts.clock),
        options_(std::move(options)),
        wake_(parts.io),
        mail_(parts.io, std::move(parts.mail), options_.mails_per_second) {}

  boost::asio::awaitable<SendReport> send_due() {
    const auto self = shared_from_this();
    outcomes_.begin();
    while (lease_more() || in_flight_ > 0) {
      if (in_flight_ > 0) co_await something_happens();
      outcomes_.write(clock_.now());
    }
    co_return outcomes_.take_report();
  }

  std::optional<base::Time> next_attempt() { return ledger_.next_attempt(); }

  void stop() {
    is_stopping_ = true;
    mail_.stop();
    webhooks_.cancel_all();
  }

 private:
  // False when there was nothing to take. What a mail's links need is on disk before it leaves.
  bool lease_more() {
    if (is_stopping_ || in_flight_ > options_.at_once / 2) return false;
    const base::Time now = clock_.now();
    // Also in the middle of a long round: a worker that rests hands back at once what has become due.
    if (outcomes_.relay_may_be_tried(now)) mail_.resume();
    std::vector<archive::OutboxRow> rows;
    std::size_t leased = 0;
    database_.durable_transaction([&] {
      rows = ledger_.lease(now, now + lease_time, options_.at_once - in_flight_);
      leased = rows.size();
      std::erase_if(rows, [&](const archive::OutboxRow& row) { return is_withdrawn(row); });
      for (archive::OutboxRow& row : rows) complete(row, now);
    });
    for (archive::OutboxRow& row : rows) start(std::move(row));
    outcomes_.write(now);
    return leased > 0;
  }

  bool is_withdrawn(const archive::OutboxRow& row) {
    auto reason = outcomes_.reason_not_to_send(row);
    if (reason) outcomes_.withdrawn(row, std::move(*reason));
    return reason.has_value();
  }

  // A mail gets its tokens; a webhook goes to where its subscription points by now, signed as it signs now.
  void complete(archive::OutboxRow& row, base::Time now) {
    if (row.channel.kind == archive::Channel::Kind::mail) {
      row.payload = unpack_mail(row.payload,
                                [&](const StandIn& stand_in) { return tokens_.token(row.subscriber, stand_in, now); });
    } else if (const auto subscription = people_.subscription(row.subscription)) {
      row.recipient = subscription->channel.url;
      row.channel.secret = people_.signing_secrets(row.subscription, now);
    }
  }

  void start(archive::OutboxRow row) {
    ++in_flight_;
    if (row.channel.kind == archive::Channel::Kind::mail) start_mail(std::move(row));
    else start_webhook(std::move(row));
  }

  void start_mail(archive::OutboxRow row) {
    MailJob job{options_.from, row.recipient, row.message_id, std::move(row.payload)};
    mail_.send(std::move(job), [weak = weak_from_this(), row = std::move(row)](const MailAnswer& answer) {
      const auto self = weak.lock();
      if (!self) return;
      self->outcomes_.mail_answered(row, answer);
      self->ended();
    });
  }

  void start_webhook(archive::OutboxRow row) {
    archive::OutboxRow known = row;
    known.payload.clear();
    boost::asio::co_spawn(
        io_, attempt_webhook(webhooks_, std::move(row), options_.user_agent, clock_.now()),
        [weak = weak_from_this(), known = std::move(known)](std::exception_ptr failure, const WebhookAnswer& answer) {
          const auto self = weak.lock();
          if (!self) return;
          self->outcomes_.webhook_answered(known, failure ? broken(failure) : answer);
          self->ended();
        });
  }

  static WebhookAnswer broken(const std::exception_ptr& failure) {
    WebhookAnswer answer;
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& cause) {
      answer.answer = cause.what();
    }
    return answer;
  }

  void ended() {
    --in_flight_;
    wake_.cancel();
  }

  boost::asio::awaitable<void> something_happens() {
    boost::system::error_code woken;
    wake_.expires_at(boost::asio::steady_timer::time_point::max());
    co_await wake_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  }

  boost::asio::io_context& io_;
  archive::Database& database_;
  archive::Ledger ledger_;
  archive::People people_;
  Outcomes outcomes_;
  TokenBook tokens_;
  net::HttpClient& webhooks_;
  const base::Clock& clock_;
  const OutboxOptions options_;
  boost::asio::steady_timer wake_;
  std::size_t in_flight_ = 0;
  bool is_stopping_ = false;
  MailWorker mail_;
};

OutboxOptions OutboxOptions::of(const config::Settings& settings) {
  OutboxOptions options;
  options.from = settings.mail.envelope_from.empty() ? settings.mail.from : settings.mail.envelope_from;
  options.user_agent = settings.poll.user_agent;
  // A folder takes what comes.
  options.mails_per_second =
      settings.mail.transport == config::Settings::Mail::Transport::file ? 0 : settings.mail.per_second;
  options.allowed_domains = settings.mail.allowed_domains;
  options.admin = AdminAddress::of(settings);
  return options;
}

Outbox::Outbox(Parts parts, OutboxOptions options)
    : impl_(std::make_shared<Impl>(std::move(parts), std::move(options))) {}
Outbox::~Outbox() { impl_->stop(); }

boost::asio::awaitable<SendReport> Outbox::send_due() { return impl_->send_due(); }
std::optional<base::Time> Outbox::next_attempt() { return impl_->next_attempt(); }
void Outbox::stop() { impl_->stop(); }

}  // namespace sotevahti::deliver
