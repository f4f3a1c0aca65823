#include "deliver/webhook_attempt.h"

#include <fmt/format.h>

#include "deliver/retry.h"
#include "digest/webhook.h"
#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::deliver {
namespace {

constexpr std::chrono::seconds longest_attempt{25};
constexpr std::size_t longest_answer = 64 << 10;

WebhookAnswer refused(std::string why) { return {WebhookAnswer::Kind::refused, std::move(why), std::nullopt}; }

WebhookAnswer of_failure(const net::NetFailure& failure) {
  const std::string cause = fmt::format("{}: {}", net::to_string(failure.error), failure.detail);
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
  answer.retry_after = parse_retry_after(reply.header("retry-after"), now);
  return answer;
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

}  // namespace

bool is_webhook_address(const std::string& address) {
  const auto url = text::Url::parse(address);
  return url && (url->view().starts_with("https://") || is_this_machine(url->host()));
}

boost::asio::awaitable<WebhookAnswer> attempt_webhook(net::HttpClient& client, archive::OutboxRow row,
                                                      std::string user_agent, base::Time now) {
  if (!is_webhook_address(row.recipient)) co_return refused("a webhook's address begins with https://");
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
