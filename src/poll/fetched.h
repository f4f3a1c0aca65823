// What goes into the mill, and what comes out of it: a feed's answer as the network brought it, and what
// became of it. Values; taking a reply in is pure.
#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "archive/feed_store.h"
#include "base/clock.h"
#include "config/catalogue.h"
#include "net/http_client.h"
#include "poll/schedule.h"

namespace sotevahti::poll {

// An answer as it came from the network, with the feed's state before it.
struct Fetched {
  const config::Feed* feed = nullptr;
  archive::FeedState state;
  base::Time at{};        // when it was here
  base::Time asked_at{};  // when it was asked for; what came of itself was not
  int status = 0;
  std::string body;
  std::string effective_url;
  std::string content_type;
  archive::Validators validators;  // of this answer
  Asked asked;
  Bounds bounds;
  std::string hub, topic;                       // of its Link header
  bool has_hub = false;                         // that tells of news: a poll a day finds what it missed
  bool pushed = false;                          // a hub brought it: it says nothing of the feed's address
  std::optional<archive::PollFailure> failure;  // then nothing is parsed
};

// The reply to a poll, or why there is none, becomes part of `fetched`, whose feed, state and time are known.
void take_reply(Fetched& fetched, net::NetResult<net::HttpReply> reply);

// What became of an answer.
struct Milled {
  std::string feed_id;
  archive::PollOutcome::Kind kind = archive::PollOutcome::Kind::failed;
  archive::FeedState state;  // as stored
  archive::StoreReport report;
  std::size_t irrelevant = 0;
  bool is_unwritten = false;  // the archive failed: the feed is no worse for it
};

}  // namespace sotevahti::poll
