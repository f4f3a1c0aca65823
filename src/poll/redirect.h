// Permanent redirects: followed at every poll, but the stored address changes only
// after a week of the same answer that still brings the feed; http to https at once.
// Temporary ones never change it, nor does a target that the admin refused. Pure.
#pragma once
#include "archive/feed_store.h"
#include "base/clock.h"
#include "net/http_client.h"

namespace sotevahti::poll {

// Notes where the answer came from; called for every answer that brought a document or a 304.
void watch_redirect(archive::FeedState& state, const net::HttpReply& reply, base::Time now);

// Called where that answer was no feed: the week begins anew.
void forget_redirect(archive::FeedState& state);

// Called when that answer was the feed: takes the new address on where it is time.
// The old one stays in `permanent_from`. True when the address changed.
bool adopt_redirect(archive::FeedState& state, base::Time now);

}  // namespace sotevahti::poll
