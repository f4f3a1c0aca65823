#include "poll/fetched.h"

#include <string_view>
#include <utility>

#include "poll/failure.h"
#include "poll/redirect.h"
#include "poll/websub.h"
#include "text/feed_date.h"

namespace sotevahti::poll {
namespace {

Asked asked_by(const net::HttpReply& reply, base::Time now) {
  Asked asked;
  const std::string_view cache_control = reply.header("cache-control");
  asked.max_age = parse_max_age(cache_control);
  if (cache_control.find("max-age") == cache_control.npos)
    asked.expires = text::parse_feed_date(reply.header("expires"));
  asked.retry_after = parse_retry_after(reply.header("retry-after"), now);
  return asked;
}

}  // namespace

void take_reply(Fetched& fetched, net::NetResult<net::HttpReply> reply) {
  if (!reply) {
    fetched.failure = failure_of(reply.error());
    return;
  }
  fetched.status = reply->status;
  fetched.effective_url = reply->effective_url;
  fetched.content_type = reply->header("content-type");
  fetched.validators = {std::string(reply->header("etag")), std::string(reply->header("last-modified"))};
  fetched.asked = asked_by(*reply, fetched.at);
  const archive::Validators& sent = fetched.state.validators;
  const bool asked_for_changes = !sent.etag.empty() || !sent.last_modified.empty();
  fetched.failure = reply->status == 304 && !asked_for_changes ? unasked_unchanged() : failure_of(*reply);
  if (!fetched.failure) watch_redirect(fetched.state, *reply, fetched.at);
  const HubLinks links = hub_links(*reply);
  fetched.hub = links.hub;
  fetched.topic = links.topic;
  fetched.body = std::move(reply->body);
}

}  // namespace sotevahti::poll
