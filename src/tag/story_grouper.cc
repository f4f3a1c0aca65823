#include "tag/story_grouper.h"

#include <algorithm>

namespace sotevahti::tag {

std::vector<std::size_t> StoryGrouper::candidates(const StorySignature& signature) const {
  constexpr std::size_t most_of_a_key = 64;  // the newest
  std::vector<std::size_t> found;
  for (const std::uint64_t key : signature.keys) {
    const auto at = by_key_.find(key);
    if (at == by_key_.end()) continue;
    const std::vector<std::size_t>& all = at->second;
    found.insert(found.end(), all.end() - static_cast<std::ptrdiff_t>(std::min(all.size(), most_of_a_key)), all.end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool StoryGrouper::is_barred(std::size_t story, const StorySignature& signature) const {
  const std::vector<std::size_t>& tellings = tellings_.at(story);
  return std::any_of(tellings.begin(), tellings.end(),
                     [&](std::size_t telling) { return bars(told_[telling].signature, signature); });
}

std::string StoryGrouper::add(StorySignature signature) {
  std::size_t story = told_.size();
  double best = 0;
  for (const std::size_t candidate : candidates(signature)) {
    const StoryVerdict verdict = same_story(told_[candidate].signature, signature);
    if (!verdict.same || verdict.likeness <= best) continue;
    if (verdict.likeness < certain_likeness && is_barred(told_[candidate].story, signature)) continue;
    best = verdict.likeness;
    story = told_[candidate].story;
  }
  for (const std::uint64_t key : signature.keys) by_key_[key].push_back(told_.size());
  tellings_[story].push_back(told_.size());
  told_.push_back({std::move(signature), story});
  return "story-" + std::to_string(story + 1);
}

}  // namespace sotevahti::tag
