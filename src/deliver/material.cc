#include "deliver/material.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "archive/health.h"
#include "base/zone.h"
#include "digest/wording.h"
#include "text/utf8.h"

namespace sotevahti::deliver {
namespace {

using archive::DueStory;
using archive::EntrySummary;

constexpr base::Seconds unreached_after = std::chrono::days(1);
constexpr std::size_t lead_bytes = 600;

std::string page_of(const std::string& public_url, archive::EntryId entry) {
  return fmt::format("{}/entry/{}", public_url, entry);
}

digest::Deadline to_deadline(const archive::StoredDeadline& stored) {
  digest::Deadline deadline;
  deadline.id = stored.id;
  deadline.kind = stored.deadline.kind;
  deadline.closes = stored.deadline.closes;
  deadline.time_of_day = stored.deadline.time_of_day;
  deadline.moved_from = stored.moved_from;
  deadline.withdrawn = stored.withdrawn;
  return deadline;
}

digest::Story from_summary(const EntrySummary& entry, const std::string& public_url) {
  digest::Story story;
  story.id = entry.id;
  story.story = entry.story;
  story.title = entry.title;
  story.url = entry.url;
  story.page = page_of(public_url, entry.id);
  story.language = entry.language;
  story.publisher = entry.publisher;
  story.kind = entry.kind;
  story.official = entry.role == "official" || entry.role == "ministry";
  story.areas = entry.areas;
  story.topics = entry.topics;
  story.published = entry.published;
  story.event_at = entry.event_at;
  story.arrived = entry.arrived;
  story.board = entry.board;
  for (const archive::StoredDeadline& stored : entry.deadlines) story.deadlines.push_back(to_deadline(stored));
  return story;
}

// The text's beginning, without a title that it repeats.
text::PlainText lead_of(const DueStory& due) {
  std::string_view text = due.text.view();
  const std::string_view title = due.entry.title.view();
  if (!title.empty() && text.starts_with(title)) text.remove_prefix(title.size());
  const auto first = text.find_first_not_of(" \t\n.:-");
  if (first == std::string_view::npos) return {};
  return text::PlainText::from(text::utf8_prefix(text.substr(first), lead_bytes));
}

void add_reasons(std::vector<digest::Reason>& reasons, const std::vector<tag::Tag>& tags, auto name_of) {
  for (const tag::Tag& tag : tags) {
    const auto words = std::find_if(tag.evidence.begin(), tag.evidence.end(), [](const tag::Evidence& evidence) {
      return evidence.field == tag::Field::title || evidence.field == tag::Field::text;
    });
    reasons.push_back({name_of(tag.id), words == tag.evidence.end() ? "" : words->words});
  }
}

// A fact of before and of after the edit is no change.
void keep_differences(digest::Change& change) {
  std::vector<std::string> went;
  std::vector<std::string> came;
  std::set_difference(change.before.begin(), change.before.end(), change.after.begin(), change.after.end(),
                      std::back_inserter(went));
  std::set_difference(change.after.begin(), change.after.end(), change.before.begin(), change.before.end(),
                      std::back_inserter(came));
  change.before = std::move(went);
  change.after = std::move(came);
}

// From what was told to what stands now: steps between are nobody's news.
std::vector<digest::Change> changes_of(const DueStory& due) {
  if (due.changes.empty()) return {};
  const auto by_time = [](const archive::Revision& a, const archive::Revision& b) { return a.at < b.at; };
  const auto first = std::min_element(due.changes.begin(), due.changes.end(), by_time);
  const auto last = std::max_element(due.changes.begin(), due.changes.end(), by_time);
  digest::Change change;
  change.at = last->at;
  change.before = first->facts;
  change.after = due.facts;
  std::sort(change.before.begin(), change.before.end());
  std::sort(change.after.begin(), change.after.end());
  keep_differences(change);
  return {change};
}

bool mentions(const std::vector<std::string>& facts, std::chrono::year_month_day day) {
  const std::string iso = base::to_iso_date(day);
  return std::any_of(facts.begin(), facts.end(), [&](const std::string& fact) {
    return fact == "date " + iso || fact == "date -" + iso.substr(4);
  });
}

// The archive remembers every move; news is only the one that this edit made. A reader who was
// never told a deadline need not hear that it was withdrawn.
void keep_news_of_deadlines(digest::Story& story) {
  if (story.changes.empty()) {
    std::erase_if(story.deadlines, [](const digest::Deadline& deadline) { return deadline.withdrawn; });
    return;
  }
  const digest::Change& change = story.changes.front();
  for (digest::Deadline& deadline : story.deadlines)
    if (deadline.moved_from && !mentions(change.before, *deadline.moved_from) &&
        !mentions(change.after, deadline.closes))
      deadline.moved_from.reset();
  std::erase_if(story.deadlines, [&](const digest::Deadline& deadline) {
    return deadline.withdrawn && !mentions(change.before, deadline.closes);
  });
}

void collect_areas(const archive::Filter& filter, std::vector<std::string>& areas) {
  using Kind = archive::Filter::Kind;
  if (filter.kind == Kind::area) areas.insert(areas.end(), filter.values.begin(), filter.values.end());
  if (filter.kind == Kind::negation) return;
  for (const archive::Filter& part : filter.parts) collect_areas(part, areas);
}

}  // namespace

digest::Story to_story(const DueStory& due, const std::string& language, const config::Taxonomy& taxonomy,
                       const std::string& public_url) {
  digest::Story story = from_summary(due.entry, public_url);
  story.lead = lead_of(due);
  add_reasons(story.reasons, due.tags.areas,
              [&](const std::string& id) { return digest::area_name(taxonomy, id, language); });
  add_reasons(story.reasons, due.tags.topics,
              [&](const std::string& id) { return digest::topic_name(taxonomy, id, language); });
  for (const EntrySummary& other : due.others)
    story.also.push_back({other.publisher, other.language, other.url, other.title});
  story.late_find = due.late_find;
  story.changes = changes_of(due);
  keep_news_of_deadlines(story);
  return story;
}

digest::Story to_reminder(const archive::DeadlineRow& row, const std::string& public_url) {
  digest::Story story = from_summary(row.entry, public_url);
  story.deadlines = {to_deadline(row.deadline)};
  story.deadlines[0].moved_from.reset();  // that was news when it moved
  story.reminder = true;
  return story;
}

digest::Cadence to_cadence(const archive::Rhythm& rhythm) {
  using From = archive::Rhythm::Kind;
  using To = digest::Cadence::Kind;
  digest::Cadence cadence;
  cadence.at = rhythm.at;
  cadence.day = rhythm.day;
  cadence.day_of_month = rhythm.day_of_month;
  switch (rhythm.kind) {
    case From::immediate: cadence.kind = To::immediate; break;
    case From::daily: cadence.kind = To::daily; break;
    case From::weekdays: cadence.kind = To::weekdays; break;
    case From::weekly: cadence.kind = To::weekly; break;
    case From::monthly: cadence.kind = To::monthly; break;
  }
  return cadence;
}

std::vector<std::string> areas_of(const archive::Filter& filter) {
  std::vector<std::string> areas;
  collect_areas(filter, areas);
  return areas;
}

digest::Sources read_sources(std::span<const archive::FeedState> states, const config::Catalogue& catalogue,
                             base::Time now) {
  const std::vector<archive::Health> all = archive::health_of(catalogue, states, now);
  const archive::Reach reach = archive::reach_of(all);
  digest::Sources sources;
  sources.total = reach.of;
  sources.read = reach.read;
  for (const archive::Health* missed : reach.missed) {
    const archive::FeedState& state = missed->known;
    const bool unreached = state.failing_since && now - *state.failing_since >= unreached_after;
    if (unreached) sources.unreached.push_back({missed->feed->title, *state.failing_since});
    else if (state.last_success) ++sources.read;
  }
  std::sort(sources.unreached.begin(), sources.unreached.end(),
            [](const digest::Unreached& a, const digest::Unreached& b) { return a.since < b.since; });
  return sources;
}

}  // namespace sotevahti::deliver
