#include "poll/retagger.h"

#include <fmt/format.h>

#include "base/zone.h"
#include "tag/story.h"

namespace sotevahti::poll {

base::Result<std::unique_ptr<Retagger>> Retagger::make(const config::Taxonomy& taxonomy,
                                                       const config::Catalogue& catalogue, std::size_t cache_bytes) {
  auto tagger = tag::Tagger::open(taxonomy, cache_bytes);
  if (!tagger) return tl::unexpected(tagger.error());
  return std::unique_ptr<Retagger>(new Retagger(catalogue, std::move(*tagger)));
}

Retagger::Retagger(const config::Catalogue& catalogue, tag::Tagger tagger)
    : catalogue_(catalogue), tagger_(std::move(tagger)) {}

std::vector<archive::RetaggedEntry> Retagger::retag(const std::vector<archive::UntaggedEntry>& entries) {
  std::vector<archive::RetaggedEntry> retagged;
  retagged.reserve(entries.size());
  for (const archive::UntaggedEntry& entry : entries) retagged.push_back(retag(entry));
  return retagged;
}

archive::RetaggedEntry Retagger::retag(const archive::UntaggedEntry& entry) {
  tag::Subject subject;
  subject.title = entry.title.view();
  subject.text = entry.text.view();
  subject.url = entry.url;
  subject.publisher = entry.publisher;
  subject.published = base::Zone::helsinki().to_local(entry.when).day;
  subject.language_hint = entry.language;
  if (const config::Feed* feed = catalogue_.find(entry.feed_id)) {
    if (!feed->lang.empty()) subject.language_hint = feed->lang;
    subject.feed_areas = feed->areas;
    subject.relevant_only = feed->relevant_only;
  }
  const tag::Reading reading = tagger_.read(subject);
  archive::RetaggedEntry retagged{entry.id, entry.content_hash, tagger_.tag(reading), std::nullopt};
  if (entry.signature) {
    tag::StoryOrigin origin;
    origin.platform_id = entry.signature->platform_id;
    origin.canonical_url = entry.signature->canonical_url;
    origin.published = entry.signature->published;
    origin.is_dated = entry.signature->to_the_minute;  // of a date alone the minutes say nothing anyway
    origin.official = entry.signature->official;
    retagged.signature = tag::sign(reading, retagged.tags, origin);
  }
  return retagged;
}

void retag_all(archive::Database& database, Retagger& retagger, const std::function<void(double)>& progress) {
  archive::TagStore tags(database);
  while (const auto waiting = tags.waiting()) {
    if (waiting->of > 0) progress(1 - static_cast<double>(waiting->entries) / static_cast<double>(waiting->of));
    tags.write(retagger.retag(tags.next(retagged_at_once)));
  }
  progress(1);
}

std::string in_words(const archive::TagChanges& changes) {
  std::string text = fmt::format("tags: {} entries looked at, {} changed", changes.entries, changes.changed);
  std::string_view before = ": ";
  for (const auto& [tag, count] : changes.tags) {
    text += fmt::format("{}{}", before, tag);
    if (count.added > 0) text += fmt::format(" +{}", count.added);
    if (count.removed > 0) text += fmt::format(" -{}", count.removed);
    before = ", ";
  }
  return text;
}

}  // namespace sotevahti::poll
