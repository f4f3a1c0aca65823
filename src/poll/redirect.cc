#include "poll/redirect.h"

#include <algorithm>

namespace sotevahti::poll {
namespace {

constexpr base::Seconds probation = std::chrono::hours(7 * 24);

bool is_permanent(const net::HttpReply& reply) {
  return !reply.redirects.empty() &&
         std::all_of(reply.redirects.begin(), reply.redirects.end(),
                     [](const net::Redirect& r) { return r.status == 301 || r.status == 308; });
}

bool is_same_but_https(std::string_view from, std::string_view to) {
  return from.starts_with("http://") && to.starts_with("https://") && from.substr(7) == to.substr(8);
}

}  // namespace

void watch_redirect(archive::FeedState& state, const net::HttpReply& reply, base::Time now) {
  if (!is_permanent(reply) || reply.effective_url == state.redirect_refused) {
    forget_redirect(state);
  } else if (state.redirect_to != reply.effective_url) {
    state.redirect_to = reply.effective_url;
    state.redirect_since = now;
  }
}

void forget_redirect(archive::FeedState& state) {
  state.redirect_to.clear();
  state.redirect_since.reset();
}

bool adopt_redirect(archive::FeedState& state, base::Time now) {
  if (state.redirect_to.empty() || !state.redirect_since) return false;
  if (now - *state.redirect_since < probation && !is_same_but_https(state.url, state.redirect_to)) return false;
  state.permanent_from = std::move(state.url);
  state.url = std::move(state.redirect_to);
  forget_redirect(state);
  return true;
}

}  // namespace sotevahti::poll
