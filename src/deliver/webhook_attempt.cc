#include "deliver/webhook_attempt.h"

#include <fmt/format.h>

#include "deliver/retry.h"
#include "digest/webhook.h"
#include "net/host_name.h"
#include "net/request_url.h"
#include "text/retry_after.h"
#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::deliver {
namespace {

constexpr std::chrono::seconds longest_attempt{25};
constexpr std::size_t longest_answer = 64 << 10;

WebhookAnswer refused(std::string why) { return {WebhookAnswer::Kind::refused, std::move(why), std::nullopt}; }

WebhookAnswer of_failure(const net::NetFailure& failure) {
  const std::string cause = fmt::format("{}: {}", net::to_string(failure.error), failure.detail);
  if (failure.error == net::NetError::cancelled) return {WebhookAnswer::Kind::broken_off, cause, std::nullopt};
  const bool is_hopeless = failure.error == net::NetError::blocked_address || failure.error == net::NetError::bad_url;
  return is_hopeless ? refused(cause) : WebhookAnswer{WebhookAnswer::Kind::later, cause, std::nullopt};
}

WebhookAnswer of_reply(const net::HttpReply& reply, base::Time now) {
  WebhookAnswer answer;
  answer.answer = fmt::format("HTTP {}", reply.status);
  if (reply.status >= 200 && reply.status < 300) {
    answer.kind = WebhookAnswer::Kind::taken;
    return answer;
  }
  if (reply.status == 410) answer.kind = WebhookAnswer::Kind::gone;
  const auto words = text::HeaderLine::from(text::utf8_prefix(reply.body, 200));
  if (!words.empty()) answer.answer += fmt::format(" \"{}\"", words.view());
  answer.retry_after = text::parse_retry_after(reply.header("retry-after"), now, longest_retry_after);
  return answer;
}

bool is_encrypted_or_near(const std::string& address) {
  return net::is_https(address) || net::is_loopback_host(net::host_of(address));
}

constexpr std::string_view wrong_scheme = "a webhook's address begins with https://";

}  // namespace

base::Result<base::Done> check_webhook_address(const std::string& url, const net::AddressPolicy& policy) {
  const auto address = net::request_url(url);
  if (!address) return base::fail(fmt::format("\"{}\" is no address for a webhook: {}", url, address.error().message));
  if (!is_encrypted_or_near(*address)) return base::fail(fmt::format("{}, not {}", wrong_scheme, url));
  const std::string host = net::host_of(*address);
  const bool is_near = net::is_loopback_host(host) && !policy.permits("127.0.0.1");
  if (is_near || (net::AddressPolicy::is_address(host) && !policy.permits(host)))
    return base::fail(
        fmt::format("{} leads to a private address; [net] allow_webhooks lists those that webhooks may go to", url));
  return base::Done{};
}

boost::asio::awaitable<WebhookAnswer> attempt_webhook(net::HttpClient& client, archive::OutboxRow row,
                                                      std::string user_agent, base::Time now) {
  if (!is_encrypted_or_near(row.recipient)) co_return refused(std::string(wrong_scheme));
  net::HttpRequest request(row.recipient);
  request.method = net::Method::post;
  request.user_agent = std::move(user_agent);
  request.follow_redirects = false;
  request.timeout = longest_attempt;
  request.max_bytes = longest_answer;
  request.body = std::move(row.payload);
  if (row.channel.style == "standard") {
    auto headers = digest::webhook_headers(row.channel.secret, row.message_id, now, request.body);
    if (!headers) co_return refused(headers.error().message);
    request.headers = std::move(*headers);
  } else {
    request.headers.emplace_back("Content-Type", "application/json");
  }
  const net::NetResult<net::HttpReply> reply = co_await client.fetch(std::move(request));
  if (!reply) co_return of_failure(reply.error());
  co_return of_reply(*reply, now);
}

}  // namespace sotevahti::deliver
