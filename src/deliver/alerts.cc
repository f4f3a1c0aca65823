#include "deliver/alerts.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/ledger.h"
#include "archive/search.h"

namespace sotevahti::deliver {
namespace {

using archive::MovedSinceTold;
using archive::Subscription;

// Long enough for days in which nothing could be built.
constexpr base::Seconds looked_back = std::chrono::days(7);
// A move of this second is told by a window that ends with the next one.
constexpr base::Seconds a_moment{1};

bool holds(const std::vector<archive::EntryId>& entries, archive::EntryId entry) {
  return std::find(entries.begin(), entries.end(), entry) != entries.end();
}

class AlertFinder {
 public:
  AlertFinder(archive::Database& database, const config::Taxonomy& taxonomy, const std::vector<Subscription>& active,
              base::Time now)
      : ledger_(database), search_(database, taxonomy, now), active_(active), now_(now) {
    for (const Subscription& subscription : active) by_reader_[subscription.subscriber].push_back(&subscription);
  }

  AlertsDue find() {
    for (const MovedSinceTold& moved : ledger_.moved_since_told(now_ - looked_back, now_))
      if (const Subscription* teller = teller_of(moved)) moved_[teller->id].push_back(moved);
    for (const Subscription& subscription : active_) {
      const auto moved = moved_.find(subscription.id);
      if (moved != moved_.end() || reminds_today(subscription))
        add(subscription, moved != moved_.end() ? moved->second : std::vector<MovedSinceTold>{});
    }
    return std::move(due_);
  }

 private:
  // Whose message is to say it; none where it will be said anyway, or nobody is left to hear it.
  const Subscription* teller_of(const MovedSinceTold& moved) {
    const auto reader = by_reader_.find(moved.subscriber);
    if (reader == by_reader_.end()) return nullptr;
    const Subscription* first = nullptr;
    const Subscription* fitting = nullptr;
    for (const Subscription* each : reader->second) {
      if (told_by(*each) != moved.webhook) continue;
      if (!first) first = each;
      if (!meets(*each, moved)) continue;
      if (each->rhythm.is_immediate()) return nullptr;
      if (!fitting) fitting = each;
    }
    return fitting ? fitting : first;
  }

  static archive::SubscriptionId told_by(const Subscription& subscription) {
    return subscription.channel.kind == archive::Channel::Kind::webhook ? subscription.id : 0;
  }

  bool meets(const Subscription& subscription, const MovedSinceTold& moved) {
    const auto filter = archive::parse_filter(subscription.filter);
    if (!filter) return false;
    const base::Time end = moved.moved + a_moment;
    return holds(search_.edited(*filter, moved.moved, end), moved.entry) ||
           holds(search_.arrived(*filter, moved.moved, end), moved.entry);
  }

  bool reminds_today(const Subscription& subscription) const {
    if (subscription.reminders.how != archive::Reminders::How::alert) return false;
    const auto zone = base::Zone::find(subscription.zone);
    if (!zone) return false;
    const auto morning_of = [&](base::Time time) { return zone->to_local(time - reminding_hour).day; };
    return morning_of(subscription.alerted) < morning_of(now_);
  }

  void add(const Subscription& subscription, std::vector<MovedSinceTold> moved) {
    auto window = DueWindow::of(subscription, now_ + a_moment);
    if (!window) {
      due_.problems.push_back(fmt::format("subscription {}: {}", subscription.id, window.error().message));
      return;
    }
    window->is_alert = true;
    window->from = subscription.alerted;
    window->moved = std::move(moved);
    due_.windows[subscription.subscriber].push_back(std::move(*window));
  }

  archive::Ledger ledger_;
  archive::Search search_;
  const std::vector<Subscription>& active_;
  const base::Time now_;
  std::map<archive::SubscriberId, std::vector<const Subscription*>> by_reader_;
  std::map<archive::SubscriptionId, std::vector<MovedSinceTold>> moved_;
  AlertsDue due_;
};

}  // namespace

AlertsDue alerts_due(archive::Database& database, const config::Taxonomy& taxonomy,
                     const std::vector<Subscription>& active, base::Time now) {
  return AlertFinder(database, taxonomy, active, now).find();
}

}  // namespace sotevahti::deliver
