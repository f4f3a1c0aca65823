// "/metrics": figures for Prometheus in its text format. Numbers alone: nothing of a person,
// a feed's words or an address.
#include <fmt/format.h>

#include <map>
#include <string>

#include "archive/feed_store.h"
#include "archive/health.h"
#include "archive/ledger.h"
#include "archive/websub_store.h"
#include "base/version.h"
#include "web/feed_state.h"
#include "web/pages.h"

namespace sotevahti::web {
namespace {

using State = archive::Health::State;
using ByLabel = std::map<std::string, std::size_t>;

class Figures {
 public:
  void gauge(std::string_view name, std::string_view help, std::size_t value) { put(name, help, "gauge", value); }
  void counter(std::string_view name, std::string_view help, std::size_t value) { put(name, help, "counter", value); }
  void gauge(std::string_view name, std::string_view help, std::string_view label, const ByLabel& values) {
    head(name, help, "gauge");
    for (const auto& [key, value] : values)
      text_ += fmt::format("sotevahti_{}{{{}=\"{}\"}} {}\n", name, label, key, value);
  }
  const std::string& text() const { return text_; }

 private:
  void put(std::string_view name, std::string_view help, std::string_view type, std::size_t value) {
    head(name, help, type);
    text_ += fmt::format("sotevahti_{} {}\n", name, value);
  }
  void head(std::string_view name, std::string_view help, std::string_view type) {
    text_ += fmt::format("# HELP sotevahti_{0} {1}\n# TYPE sotevahti_{0} {2}\n", name, help, type);
  }
  std::string text_;
};

void put_feeds(Figures& figures, const Visit& visit) {
  ByLabel states, causes;
  for (const State state :
       {State::fresh, State::quiet, State::failing, State::no_feed, State::never_polled, State::disabled})
    states[std::string(state_id(state))] = 0;
  std::size_t polls = 0, unchanged = 0;
  const auto known = archive::FeedStore(visit.database).states();
  const auto all = archive::health_of(visit.data.catalogue, known, visit.now);
  for (const auto& health : all) {
    ++states[std::string(state_id(health.state))];
    if (health.state == State::failing) ++causes[health.known.failure->cause];
    polls += health.known.polls;
    unchanged += health.known.unchanged;
  }
  figures.gauge("feeds", "Sources by how they are doing.", "state", states);
  figures.gauge("feeds_failing", "Sources that cannot be read at present, by the class of the error.", "cause", causes);
  figures.gauge("feeds_read", "Sources that are read, of those that have a feed.", archive::reach_of(all).read);
  figures.counter("polls_total", "Polls of the sources.", polls);
  figures.counter("polls_unchanged_total", "Polls that brought nothing new.", unchanged);
}

void put_hubs(Figures& figures, const Visit& visit) {
  std::size_t active = 0, pushes = 0, missed = 0;
  for (const auto& hub : archive::HubStore(visit.database).subscriptions()) {
    if (hub.state == archive::HubSubscription::State::active) ++active;
    pushes += hub.pushes;
    missed += hub.missed;
  }
  figures.gauge("hub_subscriptions", "Sources whose hub tells of their news.", active);
  figures.counter("hub_pushes_total", "What hubs have sent.", pushes);
  figures.counter("hub_missed_entries_total", "Entries that a poll found though a hub should have sent them.", missed);
}

}  // namespace

Response metrics_page(const Visit& visit) {
  const auto totals = visit.search().totals();
  const auto outbox = archive::Ledger(visit.database).outbox_counts();
  Figures figures;
  figures.gauge("build_info", "The program's version.", "version", {{std::string(base::version), 1}});
  put_feeds(figures, visit);
  put_hubs(figures, visit);
  figures.gauge("entries", "Entries in the archive.", totals.entries);
  figures.gauge("stories", "Stories in the archive.", totals.stories);
  figures.gauge("revisions", "Earlier versions of entries.", totals.revisions);
  figures.gauge("deadlines", "Deadlines that stand.", totals.deadlines);
  figures.gauge("subscriptions", "Subscriptions that run.", totals.subscriptions);
  figures.gauge("outbox", "Messages by state.", "state", ByLabel(outbox.begin(), outbox.end()));
  figures.gauge("archive_bytes", "Size of the archive's file.", static_cast<std::size_t>(totals.bytes));
  Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = figures.text();
  return response;
}

}  // namespace sotevahti::web
