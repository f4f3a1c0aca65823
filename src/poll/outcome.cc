#include "poll/outcome.h"

#include <algorithm>

#include "base/log.h"
#include "poll/redirect.h"

namespace sotevahti::poll {
namespace {

using archive::PollOutcome;

PollOutcome outcome_of(PollOutcome::Kind kind, Fetched& fetched) {
  PollOutcome outcome;
  outcome.kind = kind;
  outcome.at = fetched.at;
  outcome.status = fetched.status;
  outcome.bytes = fetched.body.size();
  outcome.state = std::move(fetched.state);
  return outcome;
}

// A 304 repeats what has changed; a whole answer has all there is.
void take_validators(archive::Validators& known, const Fetched& fetched) {
  const archive::Validators& fresh = fetched.validators;
  if (fetched.status != 304 || !fresh.etag.empty()) known.etag = fresh.etag;
  if (fetched.status != 304 || !fresh.last_modified.empty()) known.last_modified = fresh.last_modified;
}

// A day where a hub tells of news.
base::Time next_poll_of(const Fetched& fetched, base::Seconds interval, double chance) {
  constexpr base::Seconds day = std::chrono::hours(24);
  const Bounds bounds = fetched.has_hub ? Bounds{day, day, day} : fetched.bounds;
  return next_poll(fetched.at, interval, fetched.asked, bounds, chance);
}

// What a hub brought says nothing of where the feed stands.
void succeed(archive::FeedState& state, const Fetched& fetched) {
  if (!fetched.pushed && adopt_redirect(state, fetched.at))
    base::log_info("feed {}: moved for good from {} to {}", state.feed_id, state.permanent_from, state.url);
  state.last_success = fetched.at;
  state.failures = 0;
  state.failing_since.reset();
  state.failure.reset();
}

}  // namespace

void move_on(archive::FeedState& state, Fetched& fetched, const std::vector<base::Time>& times, bool brought_new,
             double chance) {
  succeed(state, fetched);
  recall_hints(fetched.asked, state);
  // A hub brings the newest alone: that is no pace.
  if (!fetched.pushed) state.interval = adapt_interval(state.interval, times, brought_new, fetched.at, fetched.bounds);
  state.next_poll = next_poll_of(fetched, state.interval, chance);
  state.first_poll_done = true;
}

PollOutcome unchanged_outcome(Fetched&& fetched, double chance) {
  PollOutcome outcome = outcome_of(PollOutcome::Kind::unchanged, fetched);
  auto& state = outcome.state;
  succeed(state, fetched);
  if (!fetched.pushed) {
    ++state.unchanged;
    take_validators(state.validators, fetched);
  }
  recall_hints(fetched.asked, state);
  state.interval = quiet_interval(state.interval, state.last_new_entry, fetched.at, fetched.bounds);
  state.next_poll = next_poll_of(fetched, state.interval, chance);
  return outcome;
}

PollOutcome hastened_outcome(Fetched&& fetched, double chance) {
  PollOutcome outcome = outcome_of(PollOutcome::Kind::unchanged, fetched);
  auto& state = outcome.state;
  recall_hints(fetched.asked, state);
  state.next_poll =
      std::min(state.next_poll, next_poll(fetched.at, fetched.bounds.least, fetched.asked, fetched.bounds, chance));
  return outcome;
}

PollOutcome failed_outcome(Fetched&& fetched, archive::PollFailure failure, double chance) {
  PollOutcome outcome = outcome_of(PollOutcome::Kind::failed, fetched);
  auto& state = outcome.state;
  ++state.failures;
  if (!state.failing_since) state.failing_since = fetched.at;
  const base::Time attempt = next_attempt(fetched.at, failure.cause, state.failures, fetched.asked.retry_after, chance);
  state.next_poll = when_open(attempt, state.skip_hours, state.skip_days, chance);
  state.failure = std::move(failure);
  return outcome;
}

PollOutcome untaken_outcome(archive::FeedState before, base::Time at, const char* why) {
  PollOutcome outcome;
  outcome.at = at;
  outcome.state = std::move(before);
  outcome.state.failure = archive::PollFailure{"not-stored", why};
  ++outcome.state.failures;
  if (!outcome.state.failing_since) outcome.state.failing_since = at;
  outcome.state.next_poll = next_attempt(at, "not-stored", outcome.state.failures, std::nullopt, 0.5);
  return outcome;
}

}  // namespace sotevahti::poll
