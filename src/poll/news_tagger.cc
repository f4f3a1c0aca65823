#include "poll/news_tagger.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "archive/entry_store.h"
#include "base/zone.h"

namespace sotevahti::poll {
namespace {

// The platform's own field beats what the text seems to say.
void add_declared(tag::Tags& tags, const feed::Item& item) {
  for (const auto& declared : item.deadlines) {
    const auto local = base::Zone::helsinki().to_local(declared.closes);
    std::erase_if(tags.deadlines, [&](const tag::Deadline& d) { return d.closes == local.day; });
    tag::Deadline deadline;
    deadline.kind = tag::deadline_kind(declared.kind).value_or(tag::DeadlineKind::application);
    deadline.closes = local.day;
    if (local.hour != 0 || local.minute != 0)
      deadline.time_of_day = std::chrono::hours(local.hour) + std::chrono::minutes(local.minute);
    deadline.confidence = 1;
    deadline.evidence = {tag::Field::feed, 0, 0, declared.field, "the platform's own field"};
    deadline.quote = declared.field;
    tags.deadlines.push_back(std::move(deadline));
  }
}

}  // namespace

NewsTagger::NewsTagger(const config::Taxonomy& taxonomy, std::size_t cache_bytes, std::function<double()> chance)
    : taxonomy_(taxonomy), cache_bytes_(cache_bytes), chance_(std::move(chance)) {}

tag::Tagger& NewsTagger::tagger() {
  if (!tagger_) {
    auto opened = tag::Tagger::open(taxonomy_, cache_bytes_);
    if (!opened) throw std::runtime_error(opened.error().message);
    word_preparer_.emplace(taxonomy_);
    tagger_.emplace(std::move(*opened));  // the last: where it is, the other is too
  }
  return *tagger_;
}

archive::PollOutcome NewsTagger::tag(Taken taken) {
  archive::PollOutcome& outcome = taken.outcome;
  for (News& news : taken.news) {
    auto entry = tagged(std::move(news), taken.fetched);
    if (taken.fetched.feed->relevant_only && !entry.tags.relevant) {
      ++outcome.irrelevant;
    } else {
      archive::pack_body(entry);
      outcome.entries.push_back(std::move(entry));
    }
  }
  return concluded(std::move(taken), chance_());
}

archive::IncomingEntry NewsTagger::tagged(News given, const Fetched& fetched) {
  archive::IncomingEntry entry;
  entry.item = std::move(given.item);
  const feed::Item& item = entry.item;
  const tag::Reading reading = tagger().read(subject_of(item, fetched), std::move(given.language));
  entry.tags = tagger().tag(reading);
  add_declared(entry.tags, item);
  tag::StoryOrigin origin;
  origin.platform_id = item.platform_id;
  origin.canonical_url = item.canonical_url;
  origin.published = item.published.value_or(fetched.at);
  origin.is_dated = item.published.has_value();
  const config::FeedRole role = fetched.feed->role;
  origin.official = role == config::FeedRole::official || role == config::FeedRole::ministry;
  entry.signature = tag::sign(reading, entry.tags, origin);
  word_preparer_->prepare(entry, reading);
  return entry;
}

}  // namespace sotevahti::poll
