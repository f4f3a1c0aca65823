// A poll's failure under the name that people are told. Pure.
#pragma once
#include <optional>

#include "archive/feed_store.h"
#include "feed/document.h"
#include "net/http_client.h"

namespace sotevahti::poll {

archive::PollFailure failure_of(const net::NetFailure& failure);
// None for the statuses that bring a document (2xx) or say that nothing changed (304).
std::optional<archive::PollFailure> failure_of(const net::HttpReply& reply);
// Of a 304 to a request that named nothing: that the feed has no news cannot be said of it.
archive::PollFailure unasked_unchanged();
// Of a document that is no feed.
archive::PollFailure failure_of(const feed::Document& document);

}  // namespace sotevahti::poll
