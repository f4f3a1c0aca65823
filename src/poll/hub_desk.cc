#include "poll/hub_desk.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "base/hash.h"
#include "base/log.h"
#include "text/url.h"

namespace sotevahti::poll {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using State = archive::HubSubscription::State;

namespace {

constexpr auto look_interval = 1min;
// A hub that took the request but never verified it is asked again after this.
constexpr base::Seconds unverified_wait = 1h;

archive::HubSubscription fresh(const archive::FeedState& feed) {
  archive::HubSubscription subscription;
  subscription.feed_id = feed.feed_id;
  subscription.hub = feed.hub;
  subscription.topic = feed.topic;
  subscription.token = base::random_token();
  subscription.secret = base::random_token();
  return subscription;
}

}  // namespace

HubDesk::HubDesk(Parts parts, std::vector<archive::HubSubscription> known)
    : parts_(std::move(parts)), wake_(parts_.io) {
  for (auto& subscription : known) {
    std::string feed_id = subscription.feed_id;
    by_feed_.emplace(std::move(feed_id), std::move(subscription));
  }
}

asio::awaitable<void> HubDesk::run(Poller& poller) {
  poller_ = &poller;
  while (!stopping_) {
    std::vector<archive::HubSubscription> wanted = wanted_requests(poller);
    for (auto& subscription : wanted) {
      if (stopping_) break;
      co_await request(poller, std::move(subscription));
    }
    wake_.expires_after(look_interval);
    if (!stopping_) co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  poller_ = nullptr;
}

void HubDesk::stop() {
  stopping_ = true;
  wake_.cancel();
}

// What is due, and what a feed names since it was last read. A hub or topic that changed
// begins a subscription anew.
std::vector<archive::HubSubscription> HubDesk::wanted_requests(const Poller& poller) {
  const base::Time now = parts_.clock.now();
  std::vector<archive::HubSubscription> wanted;
  const std::lock_guard lock(mutex_);
  for (const auto& feed : parts_.catalogue.feeds()) {
    const archive::FeedState& state = poller.state(feed);
    if (!feed.enabled || state.hub.empty() || state.topic.empty()) continue;
    auto& known = by_feed_[feed.id];
    if (known.hub != state.hub || known.topic != state.topic) known = fresh(state);
    if (known.next_request <= now) wanted.push_back(known);
  }
  return wanted;
}

asio::awaitable<void> HubDesk::request(Poller& poller, archive::HubSubscription subscription) {
  const config::Feed* feed = parts_.catalogue.find(subscription.feed_id);
  net::HttpRequest request = poller.request_for(*feed, subscription.hub);
  request.method = net::Method::post;
  request.max_redirects = 0;
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  request.body = subscription_form(subscription, parts_.callback + subscription.token);
  // The hub may verify before it has answered: the subscription must stand by then.
  subscription.next_request = parts_.clock.now() + unverified_wait;
  save(subscription);
  const Visit visit = co_await poller.guest().visit(std::move(request));
  const bool taken = visit.reply && visit.reply->status >= 200 && visit.reply->status < 300;
  if (taken || visit.quiet_until) co_return;

  const std::lock_guard lock(mutex_);
  auto& known = by_feed_.at(subscription.feed_id);
  ++known.failures;
  known.next_request = next_hub_request(parts_.clock.now(), known.failures);
  if (known.failures == 1)
    base::log_warning("feed {}: its hub {} did not take the subscription: {}", known.feed_id, known.hub,
                      visit.reply ? std::to_string(visit.reply->status) : visit.reply.error().detail);
  parts_.mill.write([known](archive::Database& database) { archive::HubStore(database).save(known); }, nullptr);
}

void HubDesk::save(const archive::HubSubscription& subscription) {
  {
    const std::lock_guard lock(mutex_);
    by_feed_[subscription.feed_id] = subscription;
  }
  parts_.mill.write([subscription](archive::Database& database) { archive::HubStore(database).save(subscription); },
                    nullptr);
}

bool HubDesk::is_active(const config::Feed& feed) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_feed_.find(feed.id);
  return found != by_feed_.end() && found->second.state == State::active && found->second.expires &&
         *found->second.expires > parts_.clock.now();
}

void HubDesk::count_missed(const std::string& feed_id, std::size_t entries) {
  archive::HubSubscription subscription;
  {
    const std::lock_guard lock(mutex_);
    const auto found = by_feed_.find(feed_id);
    if (found == by_feed_.end() || found->second.state != State::active) return;
    found->second.missed += entries;
    subscription = found->second;
  }
  save(subscription);
}

archive::HubSubscription* HubDesk::of_token(const std::string& token) {
  for (auto& [feed_id, subscription] : by_feed_)
    if (base::equal_in_constant_time(subscription.token, token)) return &subscription;
  return nullptr;
}

HubAnswer HubDesk::answer(const HubCall& call) {
  const std::lock_guard lock(mutex_);
  archive::HubSubscription* subscription = of_token(call.token);
  if (subscription == nullptr) return {404, ""};
  const base::Time now = parts_.clock.now();
  if (!call.is_post) {
    HubAnswer answer = verify_subscription(*subscription, call, now);
    if (answer.status == 200) {
      base::log_info("feed {}: its hub {} {} the subscription", subscription->feed_id, subscription->hub,
                     subscription->state == State::active ? "confirmed" : "refused");
      parts_.mill.write([copy = *subscription](archive::Database& database) { archive::HubStore(database).save(copy); },
                        nullptr);
    }
    return answer;
  }
  // WebSub, 8: whoever does not know the secret learns nothing by the answer.
  if (!is_signed(*subscription, call)) return {202, ""};
  ++subscription->pushes;
  subscription->last_push = now;
  parts_.mill.write([copy = *subscription](archive::Database& database) { archive::HubStore(database).save(copy); },
                    nullptr);
  asio::post(parts_.io,
             [weak = weak_from_this(), feed_id = subscription->feed_id, type = call.content_type, body = call.body] {
               const auto self = weak.lock();
               const config::Feed* feed = self ? self->parts_.catalogue.find(feed_id) : nullptr;
               if (feed != nullptr && self->poller_ != nullptr) self->poller_->take_push(*feed, type, body);
             });
  return {202, ""};
}

}  // namespace sotevahti::poll
