#include "poll/intake.h"

#include "base/hash.h"
#include "base/log.h"
#include "poll/failure.h"
#include "poll/outcome.h"
#include "poll/redirect.h"

namespace sotevahti::poll {
namespace {

using archive::PollOutcome;

std::chrono::year_month_day local_day(base::Time time) { return base::Zone::helsinki().to_local(time).day; }

tag::DeadlineKind kind_of(const std::string& name) {
  if (name == "grant") return tag::DeadlineKind::grant;
  if (name == "consultation") return tag::DeadlineKind::consultation;
  if (name == "registration") return tag::DeadlineKind::registration;
  if (name == "event") return tag::DeadlineKind::event;
  return tag::DeadlineKind::application;
}

// The platform's own field beats what the text seems to say.
void add_declared(tag::Tags& tags, const feed::Item& item) {
  for (const auto& declared : item.deadlines) {
    const auto local = base::Zone::helsinki().to_local(declared.closes);
    std::erase_if(tags.deadlines, [&](const tag::Deadline& d) { return d.closes == local.day; });
    tag::Deadline deadline;
    deadline.kind = kind_of(declared.kind);
    deadline.closes = local.day;
    if (local.hour != 0 || local.minute != 0)
      deadline.time_of_day = std::chrono::hours(local.hour) + std::chrono::minutes(local.minute);
    deadline.confidence = 1;
    deadline.evidence = {tag::Field::feed, 0, 0, declared.field, "the platform's own field"};
    deadline.quote = declared.field;
    tags.deadlines.push_back(std::move(deadline));
  }
}

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

}  // namespace

Intake::Intake(const config::Taxonomy& taxonomy, Options options) : taxonomy_(taxonomy), options_(std::move(options)) {}

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

tag::Tagger& Intake::tagger() {
  if (!tagger_) {
    auto opened = tag::Tagger::open(taxonomy_, options_.lexicon_cache_bytes);
    if (!opened) throw std::runtime_error(opened.error().message);
    tagger_.emplace(std::move(*opened));
    word_preparer_.emplace(taxonomy_);
  }
  return *tagger_;
}

PollOutcome Intake::take_in(Fetched fetched) {
  const std::uint64_t body_hash = base::hash64(fetched.body);
  if (fetched.state.first_poll_done && body_hash == fetched.state.body_hash)
    return unchanged_outcome(std::move(fetched), options_.chance());

  feed::ParseOptions options;
  options.base_url = fetched.effective_url;
  options.content_type = fetched.content_type;
  const feed::Document document = feed::parse(fetched.body, options);
  if (!document.is_feed()) {
    if (fetched.pushed) return hastened_outcome(std::move(fetched), options_.chance());
    forget_redirect(fetched.state);  // what it leads to is no feed
    return failed_outcome(std::move(fetched), failure_of(document), options_.chance());
  }
  if (!fetched.pushed) {
    fetched.state.body_hash = body_hash;
    fetched.state.validators = fetched.validators;
    keep_hints(fetched.state, document.hints);
    keep_hub(fetched.state, document.hints, fetched.hub, fetched.topic);
  }
  return updated(fetched, document);
}

PollOutcome Intake::updated(Fetched& fetched, const feed::Document& document) {
  feed::ItemContext context;
  context.feed_url = fetched.effective_url;
  if (!fetched.feed->zone.empty()) context.zone = fetched.feed->zone;
  context.language = fetched.feed->lang;
  context.platform = fetched.feed->platform;
  std::vector<feed::Item> items = feed::to_items(document, context);

  PollOutcome outcome;
  outcome.kind = PollOutcome::Kind::updated;
  outcome.at = fetched.at;
  outcome.status = fetched.status;
  outcome.bytes = fetched.body.size();
  const auto times = times_of(items);
  const std::vector<bool> known = archive::FeedStore(database()).known_unchanged(fetched.feed->id, items);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (known[i]) {
      outcome.seen_keys.push_back(items[i].key);
      continue;
    }
    auto entry = tagged(std::move(items[i]), fetched);
    if (fetched.feed->relevant_only && !entry.tags.relevant) {
      ++outcome.irrelevant;
    } else {
      outcome.entries.push_back(std::move(entry));
    }
  }

  outcome.most_told = options_.most_told;
  outcome.state = std::move(fetched.state);
  auto& state = outcome.state;
  if (!state.first_poll_done) begin_history(outcome, times);
  const bool brought_new = !outcome.entries.empty();
  move_on(state, fetched, times, brought_new, options_.chance());
  return outcome;
}

archive::IncomingEntry Intake::tagged(feed::Item given, const Fetched& fetched) {
  archive::IncomingEntry entry;
  entry.item = std::move(given);
  const feed::Item& item = entry.item;
  const config::Feed& feed = *fetched.feed;
  tag::Subject subject;
  subject.title = item.title.view();
  subject.text = item.text.view();
  subject.url = item.url;
  subject.publisher = item.publisher.empty() ? std::string_view(feed.publisher) : std::string_view(item.publisher);
  // A declared time in the future would shift the years of the text's dates.
  subject.published = local_day(std::min(item.published.value_or(fetched.at), fetched.at));
  subject.language_hint = item.language.empty() ? std::string_view(feed.lang) : std::string_view(item.language);
  subject.feed_areas = feed.areas;
  subject.relevant_only = feed.relevant_only;

  const tag::Reading reading = tagger().read(subject);
  entry.tags = tagger().tag(reading);
  add_declared(entry.tags, item);
  tag::StoryOrigin origin;
  origin.platform_id = item.platform_id;
  origin.canonical_url = item.canonical_url;
  origin.published = item.published.value_or(fetched.at);
  origin.official = feed.role == config::FeedRole::official || feed.role == config::FeedRole::ministry;
  entry.signature = tag::sign(reading, entry.tags, origin);
  word_preparer_->prepare(entry, reading);
  return entry;
}

}  // namespace sotevahti::poll
