#include "deliver/outcomes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "deliver/retry.h"
#include "digest/mail.h"

namespace sotevahti::deliver {
namespace {

void append(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const std::string& one : more)
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

}  // namespace

Outcomes::Outcomes(archive::Database& database, std::vector<std::string> allowed_domains, AdminAddress admin)
    : database_(database),
      ledger_(database),
      people_(database),
      allowed_domains_(std::move(allowed_domains)),
      admin_(std::move(admin)) {}

std::optional<std::string> Outcomes::reason_not_to_send(const archive::OutboxRow& row) {
  if (row.subscriber == 0) return std::nullopt;  // to the admin
  const auto subscriber = people_.subscriber(row.subscriber);
  if (!subscriber) return "the subscriber is gone";
  const bool by_mail = row.channel.kind == archive::Channel::Kind::mail;
  if (by_mail && !subscriber->suspended.empty()) return "the subscriber is suspended: " + subscriber->suspended;
  if (by_mail && !allowed_domains_.empty()) {
    const std::string domain(digest::domain_of(row.recipient));
    if (std::find(allowed_domains_.begin(), allowed_domains_.end(), domain) == allowed_domains_.end())
      return fmt::format("mail.allowed_domains does not name {}", domain);
  }
  std::vector<archive::SubscriptionId> subscriptions = ledger_.subscriptions_of(row.digest);
  if (subscriptions.empty() && row.subscription != 0) subscriptions.push_back(row.subscription);
  const bool all_ended = !subscriptions.empty() &&
                         std::all_of(subscriptions.begin(), subscriptions.end(), [&](archive::SubscriptionId id) {
                           const auto subscription = people_.subscription(id);
                           return !subscription || !subscription->ended.empty();
                         });
  return all_ended ? std::optional<std::string>("the subscription has ended") : std::nullopt;
}

void Outcomes::withdrawn(const archive::OutboxRow& row, std::string reason) {
  withdrawn_.push_back({row.id, std::move(reason)});
}

void Outcomes::mail_answered(const archive::OutboxRow& row, const MailAnswer& answer) {
  mails_.push_back({row, answer});
}

void Outcomes::webhook_answered(const archive::OutboxRow& row, const WebhookAnswer& answer) {
  webhooks_.push_back({row, answer});
}

void Outcomes::write(base::Time now) {
  if (mails_.empty() && webhooks_.empty() && withdrawn_.empty()) return;
  SendReport report;
  database_.durable_transaction([&] {
    report = {};
    for (const Mail& mail : mails_) write_mail(mail, now, report);
    for (const Webhook& webhook : webhooks_) write_webhook(webhook, now, report);
    for (const Withdrawn& one : withdrawn_) ledger_.mark_dead(one.id, one.reason);
    report.cancelled = withdrawn_.size();
  });
  mails_.clear();
  webhooks_.clear();
  withdrawn_.clear();
  report_.sent += report.sent;
  report_.deferred += report.deferred;
  report_.dead += report.dead;
  report_.cancelled += report.cancelled;
  append(report_.problems, report.problems);
}

void Outcomes::write_mail(const Mail& mail, base::Time now, SendReport& report) {
  const archive::OutboxRow& row = mail.row;
  const std::string& answer = mail.answer.answer;
  switch (mail.answer.kind) {
    case MailAnswer::Kind::accepted:
      relay_failures_ = 0;
      ledger_.mark_sent(row.id, now);
      people_.record_delivery(row.subscriber);
      ++report.sent;
      return;
    case MailAnswer::Kind::later:
      if (const auto next = next_mail_attempt(row.attempts, now, row.created, row.message_id)) {
        ledger_.mark_failed(row.id, answer, *next);
        ++report.deferred;
        return;
      }
      ledger_.mark_dead(row.id, "given up after five days: " + answer);
      break;
    case MailAnswer::Kind::bad_recipient: return write_bad_recipient(mail, now, report);
    case MailAnswer::Kind::refused: ledger_.mark_dead(row.id, answer); break;
    case MailAnswer::Kind::relay:
      relay_failed(answer, now, report);
      ledger_.mark_failed(row.id, answer, relay_rests_until_);
      ++report.deferred;
      return;
    case MailAnswer::Kind::untried:
      ledger_.hand_back(row.id, answer, std::max(now, relay_rests_until_));
      ++report.deferred;
      return;
  }
  ++report.dead;
  report.problems.push_back(fmt::format("mail {} to {} is given up: {}", row.id, row.recipient, answer));
}

// Not the relay's fault and not the service's: the address is, and in time it is left in peace.
void Outcomes::write_bad_recipient(const Mail& mail, base::Time now, SendReport& report) {
  const archive::OutboxRow& row = mail.row;
  ledger_.mark_dead(row.id, mail.answer.answer);
  ++report.dead;
  if (row.subscriber == 0) return;
  if (!people_.record_bounce({row.subscriber, now, true, "", mail.answer.answer})) return;
  report.problems.push_back(fmt::format("{} is suspended after refused mails: {}", row.recipient, mail.answer.answer));
  tell_admin("suspended", row, "a subscriber is suspended",
             fmt::format("Mail to {} was refused for good, the third time in a row:\n\n  {}\n\n"
                         "Nothing is sent there until: sotevahti subscribers resume {}\n",
                         row.recipient, mail.answer.answer, row.recipient),
             now);
}

void Outcomes::relay_failed(const std::string& answer, base::Time now, SendReport& report) {
  ++relay_failures_;
  relay_rests_until_ = now + relay_rest(relay_failures_);
  report.problems.push_back("mail rests, the relay lets nothing through: " + answer);
}

void Outcomes::write_webhook(const Webhook& webhook, base::Time now, SendReport& report) {
  const archive::OutboxRow& row = webhook.row;
  const WebhookAnswer& answer = webhook.answer;
  switch (answer.kind) {
    case WebhookAnswer::Kind::taken:
      ledger_.mark_sent(row.id, now);
      ++report.sent;
      return;
    case WebhookAnswer::Kind::later:
      if (const auto next = next_webhook_attempt(row.attempts, now, row.message_id, answer.retry_after)) {
        ledger_.mark_failed(row.id, answer.answer, *next);
        ++report.deferred;
        return;
      }
      ledger_.mark_dead(row.id, answer.answer);
      disable(webhook, fmt::format("the webhook failed {} times, last: {}", row.attempts, answer.answer), now, report);
      break;
    case WebhookAnswer::Kind::broken_off:
      ledger_.hand_back(row.id, answer.answer, now);
      ++report.deferred;
      return;
    case WebhookAnswer::Kind::gone:
      ledger_.mark_dead(row.id, answer.answer);
      disable(webhook, "the webhook's receiver wants no more: " + answer.answer, now, report);
      break;
    case WebhookAnswer::Kind::refused:
      ledger_.mark_dead(row.id, answer.answer);
      disable(webhook, "the webhook's address can never work: " + answer.answer, now, report);
      break;
  }
  ++report.dead;
}

void Outcomes::disable(const Webhook& webhook, const std::string& reason, base::Time now, SendReport& report) {
  const archive::OutboxRow& row = webhook.row;
  report.problems.push_back(fmt::format("the webhook {} is disabled: {}", row.recipient, reason));
  const auto subscription = subscription_of(row);
  if (!subscription || !people_.end_subscription(subscription->id, reason)) return;
  tell_admin(
      "disabled", row, "a webhook is disabled",
      fmt::format("The webhook of subscription {} ({}) is disabled:\n\n  {}\n  {}\n\n"
                  "When it is well again:\n"
                  "  sotevahti subscriptions change {} --reopen    (with --webhook URL for a new address)\n"
                  "  sotevahti outbox replay --subscription {}     sends again what was given up\n",
                  subscription->id, subscription->name, row.recipient, reason, subscription->id, subscription->id),
      now);
}

// In the transaction of what it tells.
void Outcomes::tell_admin(std::string_view kind, const archive::OutboxRow& row, const std::string& subject,
                          const std::string& text, base::Time now) {
  const auto letter = letter_to_admin(admin_, {kind, row.message_id, subject, text}, now);
  if (letter) ledger_.enqueue_once(*letter);
}

// What was written by an older version is known by its digest, or by its address.
std::optional<archive::Subscription> Outcomes::subscription_of(const archive::OutboxRow& row) {
  if (row.subscription != 0) return people_.subscription(row.subscription);
  if (const auto subscriptions = ledger_.subscriptions_of(row.digest); !subscriptions.empty())
    return people_.subscription(subscriptions.front());
  for (archive::Subscription& subscription : people_.subscriptions())
    if (subscription.subscriber == row.subscriber && subscription.channel.url == row.recipient &&
        subscription.ended.empty())
      return std::move(subscription);
  return std::nullopt;
}

}  // namespace sotevahti::deliver
