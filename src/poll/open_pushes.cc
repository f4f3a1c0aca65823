#include "poll/open_pushes.h"

namespace sotevahti::poll {

void OpenPushes::add(const Push& push) {
  OfFeed& open = by_feed_[push.feed_id];
  ++open.count;
  open.last = push.at;
}

void OpenPushes::settle(const archive::PollOutcome& outcome, base::Time asked_at, bool pushed) {
  const auto open = by_feed_.find(outcome.state.feed_id);
  if (open == by_feed_.end() || outcome.kind == archive::PollOutcome::Kind::failed) return;
  if (pushed) --open->second.count;
  else if (asked_at > open->second.last) open->second.count = 0;
  if (open->second.count == 0) by_feed_.erase(open);
}

std::vector<std::pair<std::string, base::Time>> OpenPushes::due() const {
  std::vector<std::pair<std::string, base::Time>> due;
  for (const auto& [feed_id, open] : by_feed_) due.emplace_back(feed_id, open.last);
  return due;
}

}  // namespace sotevahti::poll
