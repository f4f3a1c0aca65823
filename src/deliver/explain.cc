#include "deliver/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/filter.h"
#include "archive/ledger.h"
#include "archive/search.h"
#include "base/zone.h"

namespace sotevahti::deliver {
namespace {

using archive::Filter;
using Verdict = Explanation::Verdict;

std::string local(base::Time time, const base::Zone& zone) {
  const base::LocalTime reading = zone.to_local(time);
  return fmt::format("{} {:02}:{:02}", base::to_iso_date(reading.day), reading.hour, reading.minute);
}

class Explainer {
 public:
  Explainer(archive::Database& database, const config::Taxonomy& taxonomy, base::Time now)
      : people_(database), ledger_(database), search_(database, taxonomy, now), now_(now) {}

  base::Result<Explanation> explain(archive::EntryId id, archive::SubscriptionId subscription_id) {
    const auto entry = search_.entry(id);
    if (!entry) return base::fail(fmt::format("there is no entry {}", id));
    const auto subscription = people_.subscription(subscription_id);
    if (!subscription) return base::fail(fmt::format("there is no subscription {}", subscription_id));
    const auto filter = archive::parse_filter(subscription->filter);
    if (!filter) return base::fail(filter.error().for_person(subscription->filter));
    const auto zone = base::Zone::find(subscription->zone);
    if (!zone) return tl::unexpected(zone.error());
    judge(entry->summary, *subscription, *filter, *zone);
    add_evidence(entry->tags);
    return std::move(explanation_);
  }

 private:
  void judge(const archive::EntrySummary& entry, const archive::Subscription& subscription, const Filter& filter,
             const base::Zone& zone) {
    if (const auto told = ledger_.told(subscription, entry.story))
      return say(Verdict::told, fmt::format("Its story was told with the window that ended {}.", local(*told, zone)));
    if (!came_as_news(entry, Filter{}))
      return say(Verdict::out, "It came with its feed's first poll, of which nobody is told.");
    if (!came_as_news(entry, filter)) return say_what_failed(entry, filter);
    if (entry.arrived < subscription.since)
      return say(Verdict::out,
                 fmt::format("It arrived {}, before the subscription began.", local(entry.arrived, zone)));
    if (!subscription.ended.empty()) return say(Verdict::out, "The subscription has ended: " + subscription.ended);
    if (!subscription.paused.empty()) return say(Verdict::out, "The subscription is paused: " + subscription.paused);
    if (const auto reader = people_.subscriber(subscription.subscriber); reader && !reader->suspended.empty())
      return say(Verdict::out, "The subscriber is suspended: " + reader->suspended);
    if (entry.arrived < subscription.window_start - archive::Ledger::late_commit)
      return say(Verdict::out, fmt::format("It arrived {}, in a window that was closed without it: the filter was "
                                           "changed since, or the story told by a reminder.",
                                           local(entry.arrived, zone)));
    const base::Time due = std::max(now_, subscription.rhythm.next_due(subscription.window_start, zone));
    say(Verdict::waiting, fmt::format("It waits for the digest of {}.", local(due, zone)));
  }

  // Does the filter meet it, and is it one to be told of?
  bool came_as_news(const archive::EntrySummary& entry, const Filter& filter) {
    const auto met = search_.arrived(filter, entry.arrived, entry.arrived + base::Seconds(1));
    return std::find(met.begin(), met.end(), entry.id) != met.end();
  }

  void say_what_failed(const archive::EntrySummary& entry, const Filter& filter) {
    say(Verdict::out, "The filter does not meet it.");
    if (filter.kind != Filter::Kind::both) return;
    for (const Filter& part : filter.parts)
      if (!came_as_news(entry, part))
        explanation_.reasons.push_back(fmt::format("Not met: {}", archive::print_filter(part)));
  }

  void add_evidence(const tag::Tags& tags) {
    for (const auto* list : {&tags.areas, &tags.topics})
      for (const tag::Tag& tag : *list)
        explanation_.reasons.push_back(tag.evidence.empty() ? fmt::format("Tagged {}.", tag.id)
                                                            : fmt::format("Tagged {} by \"{}\" ({}).", tag.id,
                                                                          tag.evidence[0].words, tag.evidence[0].rule));
  }

  void say(Verdict verdict, std::string reason) {
    explanation_.verdict = verdict;
    explanation_.reasons.push_back(std::move(reason));
  }

  archive::People people_;
  archive::Ledger ledger_;
  archive::Search search_;
  base::Time now_;
  Explanation explanation_;
};

}  // namespace

base::Result<Explanation> explain(archive::Database& database, const config::Taxonomy& taxonomy, archive::EntryId entry,
                                  archive::SubscriptionId subscription, base::Time now) {
  return Explainer(database, taxonomy, now).explain(entry, subscription);
}

}  // namespace sotevahti::deliver
