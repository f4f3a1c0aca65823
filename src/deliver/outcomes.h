// What came of the messages that were sent, and what follows: sent, tried again later,
// given up, a receiver suspended and the admin told, a relay rested. Answers are gathered and written
// together in one transaction. Belongs to its database's thread.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/ledger.h"
#include "archive/people.h"
#include "base/clock.h"
#include "deliver/admin_letter.h"
#include "deliver/mail_transport.h"
#include "deliver/outbox.h"
#include "deliver/webhook_attempt.h"

namespace sotevahti::deliver {

class Outcomes {
 public:
  Outcomes(archive::Database& database, std::vector<std::string> allowed_domains, AdminAddress admin);

  void begin() { report_ = {}; }
  SendReport take_report() { return std::move(report_); }

  // The receiver is gone, has ended what this message is of, or may not be written to.
  std::optional<std::string> reason_not_to_send(const archive::OutboxRow& row);
  void withdrawn(const archive::OutboxRow& row, std::string reason);
  void mail_answered(const archive::OutboxRow& row, const MailAnswer& answer);
  void webhook_answered(const archive::OutboxRow& row, const WebhookAnswer& answer);

  // Writes what was gathered. What cannot be written stays gathered.
  void write(base::Time now);

  bool relay_may_be_tried(base::Time now) const { return now >= relay_rests_until_; }

 private:
  struct Mail {
    archive::OutboxRow row;
    MailAnswer answer;
  };
  struct Webhook {
    archive::OutboxRow row;
    WebhookAnswer answer;
  };
  struct Withdrawn {
    archive::OutboxId id;
    std::string reason;
  };
  void write_mail(const Mail& mail, base::Time now, SendReport& report);
  void write_bad_recipient(const Mail& mail, base::Time now, SendReport& report);
  void write_webhook(const Webhook& webhook, base::Time now, SendReport& report);
  void disable(const Webhook& webhook, const std::string& reason, base::Time now, SendReport& report);
  void tell_admin(std::string_view kind, const archive::OutboxRow& row, const std::string& subject,
                  const std::string& text, base::Time now);
  void relay_failed(const std::string& answer, base::Time now, SendReport& report);
  std::optional<archive::Subscription> subscription_of(const archive::OutboxRow& row);

  archive::Database& database_;
  archive::Ledger ledger_;
  archive::People people_;
  const std::vector<std::string> allowed_domains_;
  const AdminAddress admin_;
  std::vector<Mail> mails_;
  std::vector<Webhook> webhooks_;
  std::vector<Withdrawn> withdrawn_;
  SendReport report_;
  int relay_failures_ = 0;  // in a row
  base::Time relay_rests_until_{};
};

}  // namespace sotevahti::deliver
