// What becomes of a feed when its answer needs no reading: nothing is new, or it failed.
// Pure but for `chance`, a number in [0, 1).
#pragma once
#include "archive/feed_store.h"
#include "poll/mill.h"

namespace sotevahti::poll {

archive::PollOutcome unchanged_outcome(Fetched fetched, double chance);
archive::PollOutcome failed_outcome(Fetched fetched, archive::PollFailure failure, double chance);

// After an answer that could be read; a day where a hub tells of news.
base::Time next_poll_of(const Fetched& fetched, base::Seconds interval, double chance);

// A failure ends here: the feed was read. What a hub brought says nothing of where the feed stands.
void succeed(archive::FeedState& state, const Fetched& fetched);

// A hub sent something that is no feed, perhaps only word that there is news: the feed itself is asked soon.
archive::PollOutcome hastened_outcome(Fetched fetched, double chance);

}  // namespace sotevahti::poll
