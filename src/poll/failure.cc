#include "poll/failure.h"

#include <fmt/format.h>

namespace sotevahti::poll {
namespace {

std::string_view cause_of(net::NetError error) {
  switch (error) {
    case net::NetError::dns: return "dns";
    case net::NetError::connect: return "connect";
    case net::NetError::tls: return "tls";
    case net::NetError::timeout: return "timeout";
    case net::NetError::too_large: return "too-large";
    case net::NetError::too_many_redirects: return "redirects";
    case net::NetError::blocked_address: return "blocked-address";
    case net::NetError::bad_url: return "bad-url";
    case net::NetError::reset: return "reset";
    case net::NetError::protocol:
    case net::NetError::packing: return "protocol";
    case net::NetError::cancelled: return "cancelled";
  }
  return "protocol";
}

std::string_view phrase_of(int status) {
  switch (status) {
    case 400: return " Bad Request";
    case 401: return " Unauthorized";
    case 403: return " Forbidden";
    case 404: return " Not Found";
    case 410: return " Gone";
    case 429: return " Too Many Requests";
    case 500: return " Internal Server Error";
    case 502: return " Bad Gateway";
    case 503: return " Service Unavailable";
    case 504: return " Gateway Timeout";
    default: return status >= 300 && status < 400 ? " without an address to go to" : "";
  }
}

}  // namespace

archive::PollFailure failure_of(const net::NetFailure& failure) {
  return {std::string(cause_of(failure.error)), failure.detail};
}

std::optional<archive::PollFailure> failure_of(const net::HttpReply& reply) {
  if (reply.status == 304 || (reply.status >= 200 && reply.status < 300)) return std::nullopt;
  const char* cause = reply.status == 410   ? "gone"
                      : reply.status == 429 ? "429"
                      : reply.status >= 500 ? "5xx"
                      : reply.status >= 400 ? "http-4xx"
                      : reply.status >= 300 ? "redirects"
                                            : "protocol";
  return archive::PollFailure{cause, fmt::format("{}{}", reply.status, phrase_of(reply.status))};
}

archive::PollFailure unasked_unchanged() {
  return {"protocol", "304 Not Modified, though nothing was known that could be unchanged"};
}

archive::PollFailure failure_of(const feed::Document& document) {
  const char* cause = "not-a-feed";
  switch (document.not_a_feed) {
    case feed::NotAFeed::challenge_page: cause = "challenge-page"; break;
    case feed::NotAFeed::over_limit: cause = "too-large"; break;
    case feed::NotAFeed::unreadable: cause = "malformed"; break;
    default: break;
  }
  return {cause, document.error.empty() ? std::string(to_string(document.not_a_feed)) : document.error};
}

}  // namespace sotevahti::poll
