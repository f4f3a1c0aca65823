// What becomes of a feed when its answer needs no reading, or could not be read or stored.
// Pure but for `chance`, a number in [0, 1).
#pragma once
#include <vector>

#include "archive/feed_store.h"
#include "poll/fetched.h"

namespace sotevahti::poll {

archive::PollOutcome unchanged_outcome(Fetched&& fetched, double chance);
archive::PollOutcome failed_outcome(Fetched&& fetched, archive::PollFailure failure, double chance);

// The answer could not be taken in, or what came of it not be stored: no fault of the feed's. `before` is its state
// with the old validators, so that the next poll brings it again.
archive::PollOutcome untaken_outcome(archive::FeedState before, base::Time at, const char* why);

// The feed was read: a failure ends, its pace says when it is asked next. `times` are those of its entries.
void move_on(archive::FeedState& state, Fetched& fetched, const std::vector<base::Time>& times, bool brought_new,
             double chance);

// A hub sent something that is no feed, perhaps only word that there is news: the feed itself is asked soon.
archive::PollOutcome hastened_outcome(Fetched&& fetched, double chance);

}  // namespace sotevahti::poll
