#include "deliver/retry.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "base/hash.h"

namespace sotevahti::deliver {
namespace {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace): literals
using base::Seconds;

constexpr std::array<Seconds, 9> webhook_delays = {5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
constexpr Seconds first_mail_delay = 1min;
constexpr Seconds longest_mail_delay = 4h;
constexpr Seconds mail_lifetime = 5 * 24h;

// Up to a tenth more, so that what failed together does not come back together.
Seconds spread(Seconds delay, std::string_view message_id, int attempts) {
  const auto seed = base::hash64(std::string(message_id) + '#' + std::to_string(attempts));
  const auto tenth = static_cast<std::uint64_t>(delay.count() / 10 + 1);
  return delay + Seconds(static_cast<Seconds::rep>(seed % tenth));
}

}  // namespace

std::optional<base::Time> next_webhook_attempt(int attempts, base::Time now, std::string_view message_id,
                                               std::optional<Seconds> retry_after) {
  const auto index = static_cast<std::size_t>(std::max(attempts, 1) - 1);
  if (index >= webhook_delays.size()) return std::nullopt;
  Seconds delay = spread(webhook_delays[index], message_id, attempts);
  if (retry_after) delay = std::max(delay, std::min(*retry_after, longest_retry_after));
  return now + delay;
}

std::optional<base::Time> next_mail_attempt(int attempts, base::Time now, base::Time created,
                                            std::string_view message_id) {
  if (now - created >= mail_lifetime) return std::nullopt;
  Seconds delay = first_mail_delay;
  for (int i = 1; i < attempts && delay < longest_mail_delay; ++i) delay *= 2;
  return now + spread(std::min(delay, longest_mail_delay), message_id, attempts);
}

Seconds relay_rest(int failures) {
  if (failures <= 1) return 1min;
  return failures == 2 ? Seconds(5min) : Seconds(15min);
}

}  // namespace sotevahti::deliver
