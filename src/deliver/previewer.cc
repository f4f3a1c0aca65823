#include "deliver/previewer.h"

#include <optional>
#include <set>
#include <utility>

#include "archive/time_bound.h"
#include "digest/digest_json.h"

namespace sotevahti::deliver {
namespace {

using archive::Subscription;

std::vector<digest::Story> first_stories(const digest::Outline& outline) {
  constexpr std::size_t shown = 3;
  std::vector<digest::Story> first;
  for (const digest::SectionOutline& section : outline.sections)
    for (const digest::Block& block : section.blocks)
      for (const digest::Story& story : block.stories)
        if (first.size() < shown) first.push_back(story);
  return first;
}

}  // namespace

Previewer::Previewer(DigestParts parts)
    : parts_(std::move(parts)), people_(parts_.database), renderer_(parts_.texts, parts_.taxonomy) {}

base::Result<Preview> Previewer::preview(const Subscription& subscription, base::Time now, std::chrono::days back) {
  Preview preview;
  const auto walked = walk_windows(subscription, now, back, [&](const Draft& draft) {
    DraftDigest digest = draft_of(draft);
    preview.stories += digest.stories;
    if (digest.stories > 0) preview.digests.push_back(std::move(digest));
  });
  if (!walked) return tl::unexpected(walked.error());
  return preview;
}

base::Result<Forecast> Previewer::forecast(const Subscription& subscription, base::Time now, std::chrono::days back,
                                           std::chrono::milliseconds patience) {
  Forecast forecast;
  const auto end = std::chrono::steady_clock::now() + patience;
  // Anew for each window: a question with a bound of its own takes this one's place.
  std::optional<archive::TimeBound> bound;
  const auto hold = [&] {
    bound.emplace(parts_.database,
                  std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()));
    if (bound->struck()) throw archive::Interrupted("counting took too long");
  };
  try {
    hold();
    const auto walked = walk_windows(subscription, now, back, [&](const Draft& draft) {
      hold();
      if (draft.outline.empty()) return;
      ++forecast.digests;
      forecast.stories += draft.outline.counts.all();
      forecast.last = first_stories(draft.outline);
    });
    if (!walked) return tl::unexpected(walked.error());
  } catch (const archive::Interrupted&) {
    forecast.is_whole = false;
  }
  return forecast;
}

base::Result<DraftDigest> Previewer::upcoming(const Subscription& subscription, base::Time now) {
  Drafter drafter(parts_, now);
  auto window = DueWindow::of(subscription, now);
  if (!window) return tl::unexpected(window.error());
  const std::vector<DueWindow> windows{std::move(*window)};
  return draft_of(drafter.draft({windows, language_of(subscription), "", "", nullptr}));
}

base::Result<base::Done> Previewer::walk_windows(Subscription subscription, base::Time now, std::chrono::days back,
                                                 const std::function<void(const Draft&)>& take) {
  subscription.subscriber = 0;
  subscription.alerted = {};
  subscription.window_start = now - back;
  const auto zone = base::Zone::find(subscription.zone);
  if (!zone) return tl::unexpected(zone.error());
  Drafter drafter(parts_, now);
  std::set<archive::StoryId> told;
  // What is wanted at once is gathered by the hour here.
  const bool immediate = subscription.rhythm.is_immediate();
  const base::Seconds least = immediate ? base::Seconds(std::chrono::hours(1)) : base::Seconds(0);
  const auto next = [&] { return subscription.rhythm.next_due(subscription.window_start + least, *zone); };
  for (base::Time end = next(); end <= now; end = next()) {
    auto window = DueWindow::of(subscription, end);
    if (!window) return tl::unexpected(window.error());
    const std::vector<DueWindow> windows{std::move(*window)};
    take(drafter.draft({windows, language_of(subscription), "", "", &told}));
    subscription.window_start = end;
  }
  return base::Done{};
}

DraftDigest Previewer::draft_of(const Draft& draft) {
  DraftDigest digest;
  const digest::SectionOutline& section = draft.outline.sections.front();
  digest.from = section.section.from;
  digest.to = section.section.to;
  digest.stories = draft.outline.counts.all();
  digest.rendered = renderer_.page(draft.outline);
  digest.data = digest::digest_json(draft.outline, digest.rendered.subject);
  return digest;
}

std::string Previewer::language_of(const Subscription& subscription) {
  if (!subscription.language.empty()) return digest::Texts::known_language(subscription.language);
  const auto reader = people_.subscriber(subscription.subscriber);
  return digest::Texts::known_language(reader ? reader->language : "fi");
}

}  // namespace sotevahti::deliver
