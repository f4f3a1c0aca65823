// "/metrics": figures in the text format of OpenMetrics 1.0, which Prometheus reads in either
// of its formats. Numbers alone: nothing of a person, a feed's words or an address.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "archive/delays.h"
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

// As OpenMetrics writes a bound: 1.0, 0.005.
std::string written(double bound) {
  std::string text = fmt::format("{}", bound);
  if (text.find('.') == text.npos) text += ".0";
  return text;
}

class Figures {
 public:
  void gauge(std::string_view name, std::string_view help, std::size_t value) {
    head(name, help, "gauge");
    text_ += fmt::format("sotevahti_{} {}\n", name, value);
  }
  void gauge(std::string_view name, std::string_view help, std::string_view label, const ByLabel& values) {
    head(name, help, "gauge");
    put(name, "", label, values);
  }
  void info(std::string_view name, std::string_view help, std::string_view label, std::string_view value) {
    head(name, help, "info");
    text_ += fmt::format("sotevahti_{}_info{{{}=\"{}\"}} 1\n", name, label, value);
  }
  // A counter's name stands without its "_total".
  void counter(std::string_view name, std::string_view help, std::size_t value) {
    head(name, help, "counter");
    text_ += fmt::format("sotevahti_{}_total {}\n", name, value);
  }
  void counter(std::string_view name, std::string_view help, std::string_view label, const ByLabel& values) {
    head(name, help, "counter");
    put(name, "_total", label, values);
  }
  void histogram(std::string_view name, std::string_view help, const base::Histogram& held) {
    head(name, help, "histogram");
    const auto& bounds = base::Histogram::bounds;
    for (std::size_t i = 0; i < bounds.size(); ++i)
      text_ += fmt::format("sotevahti_{}_bucket{{le=\"{}\"}} {}\n", name, written(bounds[i]), held.up_to(i));
    const auto all = held.up_to(bounds.size());
    text_ += fmt::format("sotevahti_{0}_bucket{{le=\"+Inf\"}} {1}\nsotevahti_{0}_count {1}\nsotevahti_{0}_sum {2}\n",
                         name, all, held.sum());
  }
  // Of these, the middle one, the 95th of a hundred, and the longest.
  void spread(std::string_view name, std::string_view help, std::vector<std::int64_t> values) {
    head(name, help, "gauge");
    if (values.empty()) return;
    std::sort(values.begin(), values.end());
    for (const auto& [label, part] : {std::pair("0.5", 50), std::pair("0.95", 95), std::pair("1.0", 100)}) {
      const std::size_t at = (values.size() * static_cast<std::size_t>(part) + 99) / 100 - 1;
      text_ += fmt::format("sotevahti_{}{{part=\"{}\"}} {}\n", name, label, values[at]);
    }
  }
  std::string end() && { return std::move(text_) + "# EOF\n"; }

 private:
  void put(std::string_view name, std::string_view suffix, std::string_view label, const ByLabel& values) {
    for (const auto& [key, value] : values)
      text_ += fmt::format("sotevahti_{}{}{{{}=\"{}\"}} {}\n", name, suffix, label, key, value);
  }
  void head(std::string_view name, std::string_view help, std::string_view type) {
    text_ += fmt::format("# TYPE sotevahti_{0} {2}\n# HELP sotevahti_{0} {1}\n", name, help, type);
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
  figures.counter("polls", "Polls of the sources.", polls);
  figures.counter("polls_unchanged", "Polls that brought nothing new.", unchanged);
}

void put_hubs(Figures& figures, const Visit& visit) {
  std::size_t active = 0, pushes = 0, missed = 0;
  for (const auto& hub : archive::HubStore(visit.database).subscriptions()) {
    if (hub.state == archive::HubSubscription::State::active) ++active;
    pushes += hub.pushes;
    missed += hub.missed;
  }
  figures.gauge("hub_subscriptions", "Sources whose hub tells of their news.", active);
  figures.counter("hub_pushes", "What hubs have sent.", pushes);
  figures.counter("hub_missed_entries", "Entries that a poll found though a hub should have sent them.", missed);
}

// How late what came in the last day was, and what was sent in it.
void put_delays(Figures& figures, const Visit& visit) {
  const archive::Delays delays = archive::delays_since(visit.database, visit.now - std::chrono::hours(24), visit.now);
  figures.spread("entry_lag_seconds", "From publication to arrival, of the last day's entries.", delays.arrival);
  figures.spread("delivery_delay_seconds", "From decision to sending, of the last day's messages.", delays.sending);
  figures.gauge("outbox_oldest_seconds", "Since when the oldest message waits.",
                static_cast<std::size_t>(delays.oldest_waiting));
  figures.gauge("feeds_due", "Sources whose turn has come.", static_cast<std::size_t>(delays.feeds_due));
}

// Of this process, since it started.
void put_measures(Figures& figures, const base::Measures& measures) {
  figures.histogram("fetch_seconds", "Requests to sources, redirects included.", measures.fetches);
  figures.histogram("page_seconds", "Answers of the web.", measures.pages);
  figures.counter("poll_results", "Polls by result, since the start.", "result",
                  {{"updated", measures.polls_updated},
                   {"unchanged", measures.polls_unchanged},
                   {"failed", measures.polls_failed}});
  figures.counter("deliveries", "Messages by result, since the start.", "result",
                  {{"sent", measures.sent},
                   {"deferred", measures.deferred},
                   {"dead", measures.dead},
                   {"cancelled", measures.cancelled}});
  figures.counter("pages", "Pages, from the cache or made anew, since the start.", "from",
                  {{"cache", measures.pages_from_cache}, {"made", measures.pages_made}});
  figures.counter("reloads_refused", "Configurations with errors that were not taken.", measures.reloads_refused);
  figures.gauge("ready", "1: polls, sends and writes; 0: something keeps it from that.",
                measures.trouble().empty() ? 1 : 0);
}

}  // namespace

Response metrics_page(const Visit& visit) {
  const auto totals = visit.search().totals();
  const auto outbox = archive::Ledger(visit.database).outbox_counts();
  Figures figures;
  figures.info("build", "The program's version.", "version", base::version);
  put_feeds(figures, visit);
  put_hubs(figures, visit);
  figures.gauge("entries", "Entries in the archive.", totals.entries);
  figures.gauge("stories", "Stories in the archive.", totals.stories);
  figures.gauge("revisions", "Earlier versions of entries.", totals.revisions);
  figures.gauge("deadlines", "Deadlines that stand.", totals.deadlines);
  figures.gauge("subscriptions", "Subscriptions that run.", totals.subscriptions);
  figures.gauge("outbox", "Messages by state.", "state", ByLabel(outbox.begin(), outbox.end()));
  figures.gauge("archive_bytes", "Size of the archive's file.", static_cast<std::size_t>(totals.bytes));
  put_delays(figures, visit);
  put_measures(figures, visit.measures);
  Response response;
  const bool is_open = visit.request.header("accept").find("application/openmetrics-text") != std::string_view::npos;
  response.content_type = is_open ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                  : "text/plain; version=0.0.4; charset=utf-8";
  response.body = std::move(figures).end();
  return response;
}

}  // namespace sotevahti::web
