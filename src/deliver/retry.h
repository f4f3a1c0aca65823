// When a message that failed is tried again, and when it is given up. The spread of a
// delay comes from the message's id, so the same failure gives the same plan. Pure.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace sotevahti::deliver {

inline constexpr base::Seconds longest_retry_after = std::chrono::hours(24);

// After the attempt number `attempts` (1 is the first) of a webhook failed: 5 s, 5 min, 30 min,
// 2, 5, 10, 14, 20, 24 h, up to a tenth more; nothing after the tenth attempt. A receiver that
// named a later time (Retry-After, at most longest_retry_after) is given it.
std::optional<base::Time> next_webhook_attempt(int attempts, base::Time now, std::string_view message_id,
                                               std::optional<base::Seconds> retry_after = std::nullopt);

// After a relay put a mail off: from a minute, doubling up to four hours, until five days after
// it was written.
std::optional<base::Time> next_mail_attempt(int attempts, base::Time now, base::Time created,
                                            std::string_view message_id);

// How long all mail rests after the relay failed so many times in a row: a minute, up to a quarter
// of an hour. Mail does not grow too old by it.
base::Seconds relay_rest(int failures);

}  // namespace sotevahti::deliver
