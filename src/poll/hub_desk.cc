#include "poll/hub_desk.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <future>

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

bool is_wanted(const config::Feed& feed, const archive::FeedState& state) {
  return feed.enabled && !state.hub.empty() && !state.topic.empty();
}

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
    std::vector<std::string> wanted = wanted_requests(poller);
    for (auto& feed_id : wanted) {
      if (stopping_) break;
      co_await request(poller, std::move(feed_id));
    }
    wake_.expires_after(look_interval);
    if (!stopping_) co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

// When it returns, answer() touches neither mill nor poller any more.
void HubDesk::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  poller_ = nullptr;
  wake_.cancel();
}

// What is due, and what a feed names since it was last read. A hub or topic that changed
// begins a subscription anew.
std::vector<std::string> HubDesk::wanted_requests(const Poller& poller) {
  const base::Time now = parts_.clock.now();
  std::vector<std::string> wanted;
  const std::lock_guard lock(mutex_);
  forget_unwanted(poller);
  for (const auto& feed : parts_.catalogue.feeds()) {
    const archive::FeedState& state = poller.state(feed);
    if (!is_wanted(feed, state)) continue;
    auto& known = by_feed_[feed.id];
    if (known.hub != state.hub || known.topic != state.topic) known = fresh(state);
    if (known.next_request <= now) wanted.push_back(feed.id);
  }
  return wanted;
}

// Its feed names no hub any more, or is not followed: what that hub sends is nobody's.
void HubDesk::forget_unwanted(const Poller& poller) {
  for (auto at = by_feed_.begin(); at != by_feed_.end();) {
    const config::Feed* feed = parts_.catalogue.find(at->first);
    if (feed != nullptr && is_wanted(*feed, poller.state(*feed))) {
      ++at;
      continue;
    }
    parts_.mill.write([id = at->first](archive::Database& database) { archive::HubStore(database).remove(id); },
                      nullptr);
    at = by_feed_.erase(at);
  }
}

asio::awaitable<void> HubDesk::request(Poller& poller, std::string feed_id) {
  net::HttpRequest request = begin_request(poller, feed_id);
  const Visit visit = co_await poller.asker().guest().visit(std::move(request));
  const bool taken = visit.reply && visit.reply->status >= 200 && visit.reply->status < 300;
  if (taken || visit.quiet_until || stopping_) co_return;

  const std::lock_guard lock(mutex_);
  const auto found = by_feed_.find(feed_id);
  if (found == by_feed_.end()) co_return;
  auto& known = found->second;
  ++known.failures;
  known.next_request = next_hub_request(parts_.clock.now(), known.failures);
  if (known.failures == 1)
    base::log_warning("feed {}: its hub {} did not take the subscription: {}", known.feed_id, known.hub,
                      visit.reply ? std::to_string(visit.reply->status) : visit.reply.error().detail);
  save(known);
}

// The hub may verify before it has answered: the subscription stands by then.
net::HttpRequest HubDesk::begin_request(const Poller& poller, const std::string& feed_id) {
  const std::lock_guard lock(mutex_);
  auto& known = by_feed_.at(feed_id);
  known.next_request = parts_.clock.now() + unverified_wait;
  save(known);
  net::HttpRequest request = poller.asker().request_for(*parts_.catalogue.find(feed_id), known.hub);
  request.method = net::Method::post;
  request.max_redirects = 0;
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  request.body = subscription_form(known, parts_.callback + known.token);
  return request;
}

void HubDesk::save(const archive::HubSubscription& subscription) {
  parts_.mill.write([subscription](archive::Database& database) { archive::HubStore(database).save(subscription); },
                    nullptr);
}

bool HubDesk::is_active(const config::Feed& feed) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_feed_.find(feed.id);
  return found != by_feed_.end() && found->second.state == State::active && found->second.expires &&
         *found->second.expires > parts_.clock.now();
}

void HubDesk::heed_poll(const std::string& feed_id, std::size_t new_entries) {
  const std::lock_guard lock(mutex_);
  const auto found = by_feed_.find(feed_id);
  if (found == by_feed_.end() || found->second.state != State::active) return;
  if (just_begun_.erase(feed_id) > 0 || new_entries == 0) return;
  found->second.missed += new_entries;
  base::log_info("feed {}: a poll found {} entries that its hub {} did not tell of", feed_id, new_entries,
                 found->second.hub);
  save(found->second);
}

archive::HubSubscription* HubDesk::of_token(const std::string& token) {
  for (auto& [feed_id, subscription] : by_feed_)
    if (base::equal_in_constant_time(subscription.token, token)) return &subscription;
  return nullptr;
}

HubAnswer HubDesk::answer(const HubCall& call) {
  const auto noted = std::make_shared<std::promise<bool>>();
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return {503, ""};
    archive::HubSubscription* subscription = of_token(call.token);
    if (subscription == nullptr) return {404, ""};
    if (!call.is_post) return verify(*subscription, call);
    // WebSub, 8: whoever does not know the secret learns nothing by the answer.
    if (!is_signed(*subscription, call)) return {202, ""};
    take_content(*subscription, call, [noted](bool written) { noted->set_value(written); });
  }
  if (!noted->get_future().get()) return {503, ""};
  return {202, ""};
}

HubAnswer HubDesk::verify(archive::HubSubscription& subscription, const HubCall& call) {
  const State before = subscription.state;
  HubAnswer answer = verify_subscription(subscription, call, parts_.clock.now());
  if (answer.status != 200) return answer;
  if (subscription.state == State::active && before != State::active) just_begun_.insert(subscription.feed_id);
  if (subscription.state != before)
    base::log_info("feed {}: its hub {} {} the subscription", subscription.feed_id, subscription.hub,
                   subscription.state == State::active ? "confirmed" : "refused");
  save(subscription);
  return answer;
}

void HubDesk::take_content(archive::HubSubscription& subscription, const HubCall& call,
                           std::function<void(bool)> noted) {
  const base::Time now = parts_.clock.now();
  ++subscription.pushes;
  subscription.last_push = now;
  parts_.mill.write_push(
      subscription.feed_id, now,
      [subscription](archive::Database& database) { archive::HubStore(database).save(subscription); },
      [noted = std::move(noted), weak = weak_from_this(), feed_id = subscription.feed_id,
       push = Poller::Push{call.content_type, call.body}](bool written) {
        if (const auto self = weak.lock(); self && written) self->hand_on(feed_id, push);
        noted(written);
      });
}

void HubDesk::hand_on(std::string feed_id, Poller::Push push) {
  asio::post(parts_.io, [weak = weak_from_this(), feed_id = std::move(feed_id), push = std::move(push)]() mutable {
    const auto self = weak.lock();
    const config::Feed* feed = self ? self->parts_.catalogue.find(feed_id) : nullptr;
    if (feed != nullptr && self->poller_ != nullptr) self->poller_->take_push(*feed, std::move(push));
  });
}

}  // namespace sotevahti::poll
