#include "poll/websub.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "text/url.h"
#include "text/words.h"

namespace sotevahti::poll {
namespace {

using namespace std::chrono_literals;
using State = archive::HubSubscription::State;

constexpr base::Seconds wanted_lease = 10 * 24h;
constexpr base::Seconds shortest_lease = 1h;
constexpr base::Seconds longest_lease = 30 * 24h;
constexpr base::Seconds after_refusal = 7 * 24h;

std::string_view parameter(const HubCall& call, std::string_view name) {
  const auto found = std::find_if(call.query.begin(), call.query.end(), [&](const auto& p) { return p.first == name; });
  return found == call.query.end() ? std::string_view() : std::string_view(found->second);
}

// "hub self" in `rel="hub self"` of one link's parameters.
bool has_relation(std::string_view parameters, std::string_view wanted) {
  const std::string lower = text::lower(parameters);
  const auto at = lower.find("rel=");
  if (at == lower.npos) return false;
  std::string_view value = std::string_view(lower).substr(at + 4);
  const bool quoted = value.starts_with('"');
  if (quoted) value.remove_prefix(1);
  value = value.substr(0, value.find_first_of(quoted ? "\"" : ";,"));
  while (!value.empty()) {
    const auto end = value.find(' ');
    if (value.substr(0, end) == wanted) return true;
    value.remove_prefix(end == value.npos ? value.size() : end + 1);
  }
  return false;
}

void read_link_header(std::string_view header, std::string_view base_url, HubLinks& links) {
  for (auto open = header.find('<'); open != header.npos; open = header.find('<', open + 1)) {
    const auto close = header.find('>', open);
    if (close == header.npos) return;
    const auto next = header.find('<', close);
    const std::string_view parameters = header.substr(close + 1, next == header.npos ? next : next - close - 1);
    std::string url = text::resolve_url(base_url, header.substr(open + 1, close - open - 1));
    if (!text::is_web_address(url)) continue;
    if (links.hub.empty() && has_relation(parameters, "hub")) links.hub = std::move(url);
    else if (links.topic.empty() && has_relation(parameters, "self")) links.topic = std::move(url);
  }
}

base::Seconds lease_of(std::string_view given) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), seconds);
  if (error != std::errc()) return wanted_lease;
  return std::clamp<base::Seconds>(base::Seconds(seconds), shortest_lease, longest_lease);
}

}  // namespace

HubLinks hub_links(const net::HttpReply& reply) {
  HubLinks links;
  for (const auto& [name, value] : reply.headers)
    if (name == "link") read_link_header(value, reply.effective_url, links);
  return links;
}

std::string subscription_form(const archive::HubSubscription& subscription, std::string_view callback) {
  return fmt::format("hub.mode=subscribe&hub.topic={}&hub.callback={}&hub.lease_seconds={}&hub.secret={}",
                     text::percent_encode(subscription.topic), text::percent_encode(callback), wanted_lease.count(),
                     text::percent_encode(subscription.secret));
}

HubAnswer verify_subscription(archive::HubSubscription& subscription, const HubCall& call, base::Time now) {
  const std::string_view mode = parameter(call, "hub.mode");
  if (parameter(call, "hub.topic") != subscription.topic) return {404, ""};
  if (mode == "denied") {
    subscription.state = State::denied;
    subscription.expires.reset();
    subscription.next_request = now + after_refusal;
    return {200, ""};
  }
  const std::string_view challenge = parameter(call, "hub.challenge");
  if (mode != "subscribe" || challenge.empty() || challenge.size() > 4096) return {404, ""};
  const base::Seconds lease = lease_of(parameter(call, "hub.lease_seconds"));
  subscription.state = State::active;
  subscription.failures = 0;
  subscription.expires = now + lease;
  subscription.next_request = now + lease - lease / 4;
  return {200, std::string(challenge)};
}

bool is_signed(const archive::HubSubscription& subscription, const HubCall& call) {
  const auto equals = call.signature.find('=');
  if (equals == call.signature.npos) return false;
  const std::string code =
      base::hmac(std::string_view(call.signature).substr(0, equals), subscription.secret, call.body);
  return !code.empty() && base::equal_in_constant_time(base::to_hex(std::string_view(code)),
                                                       text::lower(call.signature.substr(equals + 1)));
}

base::Time next_hub_request(base::Time now, int failures) {
  base::Seconds wait = 1h;
  for (int i = 1; i < failures && wait < 7 * 24h; ++i) wait *= 2;
  return now + std::min<base::Seconds>(wait, 7 * 24h);
}

}  // namespace sotevahti::poll
