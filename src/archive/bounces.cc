// People: mails that came back.
#include <fmt/format.h>

#include "archive/people.h"
#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr int suspend_after = 3;  // hard bounces in a row

}  // namespace

bool People::record_bounce(const Bounce& bounce) {
  bool suspended = false;
  database_.durable_transaction([&] {
    run(database_, "INSERT INTO bounces(subscriber, at, hard, status, detail) VALUES (?, ?, ?, ?, ?)",
        bounce.subscriber, bounce.at, bounce.hard, bounce.status, bounce.detail);
    if (!bounce.hard) return;
    run(database_, "UPDATE subscribers SET hard_bounces = hard_bounces + 1 WHERE id = ?", bounce.subscriber);
    const std::string reason =
        fmt::format("{} mails in a row were refused for good, the last with: {}", suspend_after, bounce.detail);
    run(database_, "UPDATE subscribers SET suspended = ? WHERE id = ? AND hard_bounces >= ? AND suspended = ''", reason,
        bounce.subscriber, suspend_after);
    suspended = changed_rows(database_) > 0;
  });
  return suspended;
}

void People::record_delivery(SubscriberId subscriber) {
  database_.durable_transaction(
      [&] { run(database_, "UPDATE subscribers SET hard_bounces = 0 WHERE id = ? AND hard_bounces > 0", subscriber); });
}

bool People::resume_subscriber(SubscriberId subscriber) {
  bool resumed = false;
  database_.durable_transaction([&] {
    run(database_, "UPDATE subscribers SET suspended = '', hard_bounces = 0 WHERE id = ? AND suspended <> ''",
        subscriber);
    resumed = changed_rows(database_) > 0;
  });
  return resumed;
}

}  // namespace sotevahti::archive
