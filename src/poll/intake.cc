#include "poll/intake.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "base/zone.h"
#include "poll/failure.h"
#include "poll/outcome.h"
#include "poll/redirect.h"

namespace sotevahti::poll {
namespace {

using archive::PollOutcome;

std::vector<base::Time> times_of(const std::vector<feed::Item>& items) {
  std::vector<base::Time> times;
  for (const auto& item : items)
    if (item.published) times.push_back(*item.published);
  return times;
}

// What the first document tells of the time before we knew the feed.
void begin_history(PollOutcome& outcome, const std::vector<base::Time>& times) {
  outcome.state.usual_gap = usual_gap(times, outcome.at);
  for (const auto time : times)
    if (time <= outcome.at && (!outcome.news_at || time > *outcome.news_at)) outcome.news_at = time;
}

// The HTTP header's word beats the document's (WebSub, 4).
void keep_hub(archive::FeedState& state, const feed::PollHints& hints, const std::string& hub,
              const std::string& topic) {
  state.hub = hub.empty() ? hints.hub : hub;
  state.topic = topic.empty() ? hints.self : topic;
}

Taken whole(PollOutcome outcome) {
  Taken taken;
  taken.outcome = std::move(outcome);
  return taken;
}

}  // namespace

Intake::Intake(Options options) : options_(std::move(options)) {}

archive::Database& Intake::database() {
  if (!database_) {
    archive::OpenOptions open;
    open.access = archive::Access::read;
    auto opened = archive::Database::open(options_.archive, open);
    if (!opened) throw archive::ArchiveError(opened.error().message);
    database_ = std::move(*opened);
  }
  return *database_;
}

Taken Intake::take_in(Fetched fetched) {
  const std::uint64_t body_hash = base::hash64(fetched.body);
  if (fetched.state.first_poll_done && body_hash == fetched.state.body_hash)
    return whole(unchanged_outcome(std::move(fetched), options_.chance()));

  feed::ParseOptions options;
  options.base_url = fetched.effective_url;
  options.content_type = fetched.content_type;
  const feed::Document document = feed::parse(fetched.body, options);
  if (!document.is_feed()) {
    if (fetched.pushed) return whole(hastened_outcome(std::move(fetched), options_.chance()));
    forget_redirect(fetched.state);  // what it leads to is no feed
    return whole(failed_outcome(std::move(fetched), failure_of(document), options_.chance()));
  }
  if (!fetched.pushed) {
    fetched.state.body_hash = body_hash;
    fetched.state.validators = fetched.validators;
    keep_hints(fetched.state, document.hints);
    keep_hub(fetched.state, document.hints, fetched.hub, fetched.topic);
  }
  return updated(std::move(fetched), document);
}

Taken Intake::updated(Fetched fetched, const feed::Document& document) {
  feed::ItemContext context;
  context.feed_url = fetched.effective_url;
  if (!fetched.feed->zone.empty()) context.zone = fetched.feed->zone;
  context.language = fetched.feed->lang;
  context.platform = fetched.feed->platform;
  std::vector<feed::Item> items = feed::to_items(document, context);

  Taken taken;
  PollOutcome& outcome = taken.outcome;
  outcome.kind = PollOutcome::Kind::updated;
  outcome.at = fetched.at;
  outcome.status = fetched.status;
  outcome.bytes = fetched.body.size();
  outcome.most_told = options_.most_told;
  taken.times = times_of(items);
  const std::vector<bool> known = archive::FeedStore(database()).known_unchanged(fetched.feed->id, items);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (known[i]) {
      outcome.seen_keys.push_back(std::move(items[i].key));
    } else {
      std::string language = tag::language_of(subject_of(items[i], fetched));
      taken.news.push_back({std::move(items[i]), std::move(language)});
    }
  }
  taken.fetched = std::move(fetched);
  std::string().swap(taken.fetched.body);  // its memory, too
  return taken.news.empty() ? whole(concluded(std::move(taken), options_.chance())) : std::move(taken);
}

tag::Subject subject_of(const feed::Item& item, const Fetched& fetched) {
  const config::Feed& feed = *fetched.feed;
  tag::Subject subject;
  subject.title = item.title.view();
  subject.text = item.text.view();
  subject.url = item.url;
  subject.publisher = item.publisher.empty() ? std::string_view(feed.publisher) : std::string_view(item.publisher);
  // A declared time in the future would shift the years of the text's dates.
  subject.published = base::Zone::helsinki().to_local(std::min(item.published.value_or(fetched.at), fetched.at)).day;
  subject.language_hint = item.language.empty() ? std::string_view(feed.lang) : std::string_view(item.language);
  subject.feed_areas = feed.areas;
  subject.relevant_only = feed.relevant_only;
  return subject;
}

PollOutcome concluded(Taken taken, double chance) {
  PollOutcome& outcome = taken.outcome;
  outcome.state = std::move(taken.fetched.state);
  if (!outcome.state.first_poll_done) begin_history(outcome, taken.times);
  move_on(outcome.state, taken.fetched, taken.times, !outcome.entries.empty(), chance);
  return std::move(outcome);
}

}  // namespace sotevahti::poll
