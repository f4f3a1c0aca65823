#include "deliver/drafter.h"

#include <algorithm>

#include "deliver/material.h"

namespace sotevahti::deliver {
namespace {

using How = archive::Reminders::How;

constexpr std::size_t deadlines_looked_at = 200;
constexpr std::chrono::days farthest_reminder{60};

// What was reminded of by an alert is not told again by a digest, whatever was changed between.
bool is_reminded(std::chrono::year_month_day closes, const DueWindow& window, const std::vector<int>& days_before) {
  const archive::Subscription& subscription = window.subscription;
  const bool in_the_morning = window.is_alert || subscription.rhythm.is_immediate();
  const base::Seconds shift = in_the_morning ? reminding_hour : base::Seconds(0);
  const base::Time from = std::max(window.from, subscription.alerted);
  return std::any_of(days_before.begin(), days_before.end(), [&](int days) {
    return digest::reminder_is_due(closes, days, from - shift, window.to - shift, window.zone);
  });
}

bool has_moved(const digest::Story& story) {
  return std::any_of(story.deadlines.begin(), story.deadlines.end(), [](const digest::Deadline& deadline) {
    return deadline.withdrawn || (deadline.moved_from && *deadline.moved_from != deadline.closes);
  });
}

}  // namespace

base::Result<DueWindow> DueWindow::of(archive::Subscription subscription, base::Time to) {
  auto filter = archive::parse_filter(subscription.filter);
  if (!filter) return base::fail(filter.error().for_person(subscription.filter));
  auto zone = base::Zone::find(subscription.zone);
  if (!zone) return tl::unexpected(zone.error());
  DueWindow window;
  window.filter = std::move(*filter);
  window.zone = *zone;
  window.from = subscription.window_start;
  window.to = to;
  window.subscription = std::move(subscription);
  return window;
}

Drafter::Drafter(const DigestParts& parts, base::Time now)
    : parts_(parts), ledger_(parts.database), search_(parts.database, parts.taxonomy, now), now_(now) {}

Draft Drafter::draft(const DraftRequest& request) {
  digest::Material material;
  material.language = request.language;
  material.zone = &request.windows.front().zone;
  material.organisation = parts_.sender.organisation;
  material.page_url = request.page_url;
  material.manage_url = request.manage_url;
  material.home_url = parts_.sender.public_url + "/";
  for (const DueWindow& window : request.windows) {
    material.sections.push_back(section(window, request.language));
    material.at = std::max(material.at, window.to);
  }

  Draft draft;
  std::set<archive::StoryId> own;
  std::set<archive::StoryId>& told = request.told ? *request.told : own;
  for (digest::Section& part : material.sections) {
    if (request.told)
      std::erase_if(part.stories,
                    [&](const digest::Story& story) { return !story.reminder && told.contains(story.story); });
    for (const digest::Story& story : part.stories)
      if (own.insert(story.story).second) (story.reminder ? draft.reminded : draft.stories).push_back(story.story);
  }
  for (const DueWindow& window : request.windows)
    for (const archive::MovedSinceTold& moved : window.moved)
      if (!draft.stories.empty() && own.insert(moved.story).second) draft.stories.push_back(moved.story);
  told.insert(own.begin(), own.end());
  if (!own.empty()) material.sources = sources();
  draft.outline = digest::compose(std::move(material), parts_.taxonomy);
  for (const digest::SectionOutline& part : draft.outline.sections)
    for (const digest::Block& block : part.blocks)
      for (const digest::Story& story : block.stories) draft.entries.push_back(story.id);
  return draft;
}

digest::Section Drafter::section(const DueWindow& window, const std::string& language) {
  const archive::Subscription& subscription = window.subscription;
  digest::Section section;
  section.subscription = subscription.id;
  section.name = subscription.name.empty() ? subscription.filter : subscription.name;
  section.filter = subscription.filter;
  section.cadence = to_cadence(subscription.rhythm);
  section.from = window.from;
  section.to = window.to;
  section.max_items = subscription.max_items;
  section.areas = areas_of(window.filter);
  section.unsubscribe_url = window.unsubscribe_url;
  const std::string& reading = subscription.language.empty() ? language : subscription.language;
  if (window.is_alert) {
    add_moved(window, reading, section.stories);
  } else {
    for (const archive::DueStory& due : ledger_.due(subscription, reading, window.from, window.to, search_))
      section.stories.push_back(to_story(due, language, parts_.taxonomy, parts_.sender.public_url));
  }
  if (subscription.reminders.how == (window.is_alert ? How::alert : How::in_digest))
    add_reminders(window, section.stories);
  return section;
}

// A date that went and came back is no news to one who knows the first.
void Drafter::add_moved(const DueWindow& window, const std::string& language, std::vector<digest::Story>& stories) {
  for (const archive::MovedSinceTold& moved : window.moved) {
    const archive::DueStory due = ledger_.told_again(window.subscription, language, moved, search_);
    const bool is_told = due.entry.story != moved.story && ledger_.told(window.subscription, due.entry.story);
    if (is_told) continue;
    digest::Story story = to_story(due, language, parts_.taxonomy, parts_.sender.public_url);
    if (has_moved(story)) stories.push_back(std::move(story));
  }
}

void Drafter::add_reminders(const DueWindow& window, std::vector<digest::Story>& stories) {
  const std::vector<int>& own = window.subscription.reminders.days;
  const std::vector<int>& days = own.empty() ? parts_.sender.reminder_days : own;
  for (const archive::DeadlineRow& row : near_deadlines(window)) {
    const bool is_new = std::any_of(stories.begin(), stories.end(),
                                    [&](const digest::Story& story) { return story.story == row.entry.story; });
    const bool is_known = row.entry.arrived < window.to;  // a preview's window may end before it came
    if (is_known && !is_new && !row.deadline.withdrawn && is_reminded(row.deadline.deadline.closes, window, days))
      stories.push_back(to_reminder(row, parts_.sender.public_url));
  }
}

const std::vector<archive::DeadlineRow>& Drafter::near_deadlines(const DueWindow& window) {
  const auto [place, is_new] = near_deadlines_.try_emplace(window.subscription.filter);
  if (!is_new) return place->second;
  const auto today = window.zone.to_local(now_).day;
  place->second = search_.deadlines(window.filter, today, deadlines_looked_at);
  const std::chrono::sys_days last = std::chrono::sys_days(today) + farthest_reminder + std::chrono::days(1);
  std::erase_if(place->second, [&](const archive::DeadlineRow& row) {
    return std::chrono::sys_days(row.deadline.deadline.closes) > last;
  });
  return place->second;
}

const digest::Sources& Drafter::sources() {
  if (!sources_) sources_ = read_sources(archive::FeedStore(parts_.database).states(), parts_.catalogue, now_);
  return *sources_;
}

}  // namespace sotevahti::deliver
