#include "poll/intake.h"

#include "base/hash.h"
#include "base/log.h"
#include "poll/failure.h"
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

void succeed(archive::FeedState& state, base::Time at) {
  if (adopt_redirect(state, at))
    base::log_info("feed {}: moved for good from {} to {}", state.feed_id, state.permanent_from, state.url);
  state.last_success = at;
  state.failures = 0;
  state.failing_since.reset();
  state.failure.reset();
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
    auto lexicon = text::Lexicon::open(options_.lexicon_cache_bytes);
    if (!lexicon) throw std::runtime_error(lexicon.error().message);
    lexicon_ = std::move(*lexicon);
    tagger_ = std::make_unique<tag::Tagger>(taxonomy_, *lexicon_);
  }
  return *tagger_;
}

PollOutcome Intake::take_in(Fetched fetched) {
  fetched.state.last_poll = fetched.at;
  ++fetched.state.polls;
  if (fetched.failure) return failed(fetched, std::move(*fetched.failure));
  if (fetched.status == 304) return unchanged(fetched);

  const std::uint64_t body_hash = base::hash64(fetched.body);
  if (fetched.state.first_poll_done && body_hash == fetched.state.body_hash) return unchanged(fetched);

  feed::ParseOptions options;
  options.base_url = fetched.effective_url;
  options.content_type = fetched.content_type;
  const feed::Document document = feed::parse(fetched.body, options);
  if (!document.is_feed()) return failed(fetched, failure_of(document));
  fetched.state.body_hash = body_hash;
  return updated(fetched, document);
}

PollOutcome Intake::unchanged(Fetched& fetched) {
  PollOutcome outcome;
  outcome.kind = PollOutcome::Kind::unchanged;
  outcome.at = fetched.at;
  outcome.status = fetched.status;
  outcome.bytes = fetched.body.size();
  outcome.state = std::move(fetched.state);
  auto& state = outcome.state;
  succeed(state, fetched.at);
  ++state.unchanged;
  if (!fetched.validators.etag.empty()) state.validators.etag = fetched.validators.etag;
  if (!fetched.validators.last_modified.empty()) state.validators.last_modified = fetched.validators.last_modified;
  state.interval = quiet_interval(state.interval, state.last_new_entry, fetched.at, options_.bounds);
  state.next_poll = next_poll(fetched.at, state.interval, fetched.asked, options_.bounds, options_.chance());
  return outcome;
}

PollOutcome Intake::failed(Fetched& fetched, archive::PollFailure failure) {
  PollOutcome outcome;
  outcome.kind = PollOutcome::Kind::failed;
  outcome.at = fetched.at;
  outcome.status = fetched.status;
  outcome.bytes = fetched.body.size();
  outcome.state = std::move(fetched.state);
  auto& state = outcome.state;
  ++state.failures;
  if (!state.failing_since) state.failing_since = fetched.at;
  state.next_poll =
      next_attempt(fetched.at, failure.cause, state.failures, fetched.asked.retry_after, options_.chance());
  state.failure = std::move(failure);
  return outcome;
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

  outcome.state = std::move(fetched.state);
  auto& state = outcome.state;
  succeed(state, fetched.at);
  state.validators = fetched.validators;
  fetched.asked.hints = document.hints;
  const bool brought_new = !outcome.entries.empty();
  state.interval = adapt_interval(state.interval, times, brought_new, fetched.at, options_.bounds);
  state.next_poll = next_poll(fetched.at, state.interval, fetched.asked, options_.bounds, options_.chance());
  state.first_poll_done = true;
  return outcome;
}

archive::IncomingEntry Intake::tagged(feed::Item item, const Fetched& fetched) {
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

  archive::IncomingEntry entry;
  entry.tags = tagger().tag(subject);
  add_declared(entry.tags, item);
  entry.signature = tag::sign(subject, entry.tags, *lexicon_);
  entry.signature.platform_id = item.platform_id;
  entry.signature.canonical_url = item.canonical_url;
  entry.signature.published = item.published.value_or(fetched.at);
  entry.signature.official = feed.role == config::FeedRole::official || feed.role == config::FeedRole::ministry;
  entry.item = std::move(item);
  return entry;
}

}  // namespace sotevahti::poll
