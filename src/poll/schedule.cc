#include "poll/schedule.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "text/feed_date.h"

namespace sotevahti::poll {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t pace_entries = 20;
// The most that a publisher's "not before" is heeded: longer ones are mistakes in practice.
constexpr base::Seconds most_asked = 24h;
constexpr base::Seconds most_retry_after = 7 * 24h;

struct Backoff {
  std::string_view cause;
  base::Seconds first;
  base::Seconds most;
};
// What is likely to pass soon is tried again soon; what a person must mend is probed rarely.
constexpr Backoff backoffs[] = {
    {"dns", 15min, 12h},     {"connect", 15min, 12h},
    {"timeout", 15min, 12h}, {"reset", 15min, 12h},
    {"5xx", 15min, 12h},     {"429", 1h, 24h},
    {"tls", 1h, 24h},        {"http-4xx", 1h, 72h},
    {"gone", 24h, 14 * 24h}, {"too-large", 6h, 48h},
    {"not-a-feed", 2h, 24h}, {"challenge-page", 6h, 48h},
    {"malformed", 1h, 24h},  {"blocked-address", 24h, 72h},
    {"redirects", 6h, 48h},  {"no-feed-found", 24h, 14 * 24h},
};
constexpr Backoff other = {"", 1h, 24h};

Backoff backoff_of(std::string_view cause) {
  const auto* row =
      std::find_if(std::begin(backoffs), std::end(backoffs), [&](const Backoff& b) { return b.cause == cause; });
  return row == std::end(backoffs) ? other : *row;
}

base::Seconds jitter(base::Seconds interval, double chance) {
  return base::Seconds(static_cast<base::Seconds::rep>(static_cast<double>(interval.count()) * 0.2 * (chance - 0.5)));
}

// Moves out of the hours and days in which the feed says that it does not change.
base::Time skip(base::Time at, const feed::PollHints& hints) {
  for (int hour = 0; hour < 24 * 7; ++hour) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const int hour_of_day = static_cast<int>((at - day) / 1h);
    const int weekday = static_cast<int>(std::chrono::weekday(day).c_encoding());
    const auto has = [](const std::vector<int>& list, int value) {
      return std::find(list.begin(), list.end(), value) != list.end();
    };
    if (!has(hints.skip_hours, hour_of_day) && !has(hints.skip_days, weekday)) return at;
    at = std::chrono::floor<std::chrono::hours>(at) + 1h;
  }
  return at;  // every hour of the week is named: that can't be meant
}

}  // namespace

base::Seconds adapt_interval(base::Seconds present, std::vector<base::Time> times, bool brought_new, base::Time now,
                             const Bounds& bounds) {
  std::erase_if(times, [&](base::Time t) { return t > now; });
  std::sort(times.begin(), times.end(), std::greater<>());
  if (times.size() > pace_entries) times.resize(pace_entries);
  base::Seconds wanted;
  if (times.size() >= 2) {
    const base::Seconds gap = (times.front() - times.back()) / static_cast<int>(times.size() - 1);
    wanted = std::max<base::Seconds>(gap, now - times.front()) / 4;
  } else {
    const base::Seconds from = present > 0s ? present : bounds.usual;
    wanted = brought_new ? from * 2 / 3 : from * 4 / 3;
  }
  return std::clamp(wanted, bounds.least, bounds.most);
}

base::Seconds quiet_interval(base::Seconds present, std::optional<base::Time> last_new_entry, base::Time now,
                             const Bounds& bounds) {
  if (!last_new_entry) return adapt_interval(present, {}, false, now, bounds);
  const base::Seconds from = present > 0s ? present : bounds.usual;
  return std::clamp(std::max<base::Seconds>(from, (now - *last_new_entry) / 4), bounds.least, bounds.most);
}

base::Time next_poll(base::Time now, base::Seconds interval, const Asked& asked, const Bounds& bounds, double chance) {
  base::Seconds not_before = asked.max_age;
  if (asked.expires && *asked.expires > now) not_before = std::max(not_before, *asked.expires - now);
  if (asked.hints.ttl_minutes)
    not_before = std::max<base::Seconds>(not_before, std::chrono::minutes(*asked.hints.ttl_minutes));
  if (asked.hints.update_period_minutes)
    not_before = std::max<base::Seconds>(not_before, std::chrono::minutes(*asked.hints.update_period_minutes));
  not_before = std::min(not_before, most_asked);

  const base::Seconds wait = std::clamp(interval, bounds.least, bounds.most);
  base::Time at = now + std::max(not_before, wait + jitter(wait, chance));
  // Several feeds with one "not before" must not come back in one burst either.
  if (not_before > wait) at += std::chrono::abs(jitter(wait, chance));
  if (asked.retry_after) at = std::max(at, *asked.retry_after);
  return skip(at, asked.hints);
}

base::Time next_attempt(base::Time now, std::string_view cause, int failures, std::optional<base::Time> retry_after,
                        double chance) {
  const Backoff backoff = backoff_of(cause);
  base::Seconds wait = backoff.first;
  for (int i = 1; i < failures && wait < backoff.most; ++i) wait *= 2;
  wait = std::min(wait, backoff.most);
  const base::Time at = now + wait + jitter(wait, chance);
  return retry_after ? std::max(at, *retry_after + std::chrono::abs(jitter(wait, chance))) : at;
}

std::optional<base::Time> parse_retry_after(std::string_view value, base::Time now) {
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
  if (value.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc::result_out_of_range) return now + most_retry_after;
  if (error == std::errc() && end == value.data() + value.size()) {
    if (seconds < 0) return std::nullopt;
    return now + std::min(base::Seconds(seconds), most_retry_after);
  }
  const auto date = text::parse_feed_date(value);
  if (!date || *date <= now) return std::nullopt;
  return std::min(*date, now + most_retry_after);
}

base::Seconds parse_max_age(std::string_view value) {
  constexpr std::string_view name = "max-age=";
  for (std::size_t at = 0; (at = value.find(name, at)) != std::string_view::npos; at += name.size()) {
    const bool own_directive = at == 0 || value[at - 1] == ' ' || value[at - 1] == ',';  // not s-maxage
    std::int64_t seconds = 0;
    const char* from = value.data() + at + name.size();
    const auto [end, error] = std::from_chars(from, value.data() + value.size(), seconds);
    if (own_directive && error == std::errc() && end != from && seconds > 0)
      return std::min(base::Seconds(seconds), most_asked);
  }
  return 0s;
}

}  // namespace sotevahti::poll
