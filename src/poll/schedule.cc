#include "poll/schedule.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "text/retry_after.h"

namespace sotevahti::poll {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t pace_entries = 20;
// The most that a publisher's "not before" is heeded: longer ones are mistakes in practice.
constexpr base::Seconds most_asked = 24h;
constexpr base::Seconds most_retry_after = 7 * 24h;

// A feed that is due may wait so long for its turn at a host that has many.
constexpr base::Seconds longest_turn = 2min;
// Those who wait for an hour to end do not all come at its stroke.
constexpr base::Seconds opening_spread = 10min;

struct Backoff {
  std::string_view cause;
  base::Seconds first;
  base::Seconds most;
};
// What is likely to pass soon is tried again soon; what a person must mend is probed rarely.
constexpr Backoff backoffs[] = {
    {"dns", 15min, 12h},      {"connect", 15min, 12h},
    {"timeout", 15min, 12h},  {"reset", 15min, 12h},
    {"5xx", 15min, 12h},      {"429", 1h, 24h},
    {"tls", 1h, 24h},         {"http-4xx", 1h, 72h},
    {"gone", 24h, 14 * 24h},  {"too-large", 6h, 48h},
    {"not-a-feed", 2h, 24h},  {"challenge-page", 6h, 48h},
    {"malformed", 1h, 24h},   {"blocked-address", 24h, 72h},
    {"redirects", 6h, 48h},   {"no-feed-found", 24h, 14 * 24h},
    {"not-stored", 5min, 1h}, {"robots", 24h, 14 * 24h},
};
constexpr Backoff other = {"", 1h, 24h};

Backoff backoff_of(std::string_view cause) {
  const auto* row =
      std::find_if(std::begin(backoffs), std::end(backoffs), [&](const Backoff& b) { return b.cause == cause; });
  return row == std::end(backoffs) ? other : *row;
}

base::Seconds share(base::Seconds whole, double part) {
  return base::Seconds(static_cast<base::Seconds::rep>(static_cast<double>(whole.count()) * part));
}

bool is_open(base::Time at, std::uint32_t hours, std::uint32_t days) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto hour_of_day = static_cast<unsigned>((at - day) / 1h);
  const unsigned weekday = std::chrono::weekday(day).c_encoding();
  return (hours >> hour_of_day & 1U) == 0 && (days >> weekday & 1U) == 0;
}

// Moves out of the hours and days in which the feed says that it does not change.
base::Time skip(base::Time at, std::uint32_t hours, std::uint32_t days) {
  if (hours == 0 && days == 0) return at;
  for (int hour = 0; hour < 24 * 7; ++hour) {
    if (is_open(at, hours, days) && is_open(at + longest_turn, hours, days)) return at;
    at = std::chrono::floor<std::chrono::hours>(at) + 1h;
  }
  return at;  // every hour of the week is named: that can't be meant
}

std::uint32_t bits(const std::vector<int>& numbers) {
  std::uint32_t set = 0;
  for (const int number : numbers) set |= 1U << number;
  return set;
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

base::Seconds usual_gap(std::vector<base::Time> times, base::Time now) {
  constexpr base::Seconds one_piece = 6h;
  std::erase_if(times, [&](base::Time t) { return t > now; });
  std::sort(times.begin(), times.end(), std::greater<>());
  std::vector<base::Time> news;
  for (const auto time : times)
    if (news.size() < pace_entries && (news.empty() || news.back() - time >= one_piece)) news.push_back(time);
  if (news.size() < 2) return 0s;
  return (news.front() - news.back()) / static_cast<int>(news.size() - 1);
}

void keep_hints(archive::FeedState& state, const feed::PollHints& hints) {
  const int minutes = std::max(hints.ttl_minutes.value_or(0), hints.update_period_minutes.value_or(0));
  state.not_before = std::clamp<base::Seconds>(std::chrono::minutes(minutes), 0s, most_asked);
  state.skip_hours = bits(hints.skip_hours);
  state.skip_days = bits(hints.skip_days);
}

void recall_hints(Asked& asked, const archive::FeedState& state) {
  asked.not_before = state.not_before;
  asked.skip_hours = state.skip_hours;
  asked.skip_days = state.skip_days;
}

Bounds bounds_for(const config::Feed& feed, const Bounds& usual) {
  if (!feed.interval) return usual;
  return {*feed.interval, *feed.interval, *feed.interval};
}

base::Time next_poll(base::Time now, base::Seconds interval, const Asked& asked, const Bounds& bounds, double chance) {
  base::Seconds not_before = std::max(asked.max_age, asked.not_before);
  for (const auto& until : {asked.expires, asked.retry_after})
    if (until && *until > now) not_before = std::max(not_before, *until - now);
  not_before = std::min(not_before, most_asked);

  // Several feeds with one "not before" must not come back in one burst either.
  const base::Seconds own = std::clamp(interval, bounds.least, bounds.most);
  const base::Seconds wait = std::max(not_before, own);
  const base::Seconds soonest = std::max({wait - own / 10, bounds.least, not_before});
  const base::Seconds latest = wait + own / 10;
  const base::Time at = now + soonest + share(latest - soonest, chance);
  return when_open(at, asked.skip_hours, asked.skip_days, chance);
}

base::Time when_open(base::Time at, std::uint32_t skip_hours, std::uint32_t skip_days, double chance) {
  const base::Time open = skip(at, skip_hours, skip_days);
  return open == at ? at : open + share(opening_spread, chance);
}

base::Time next_attempt(base::Time now, std::string_view cause, int failures, std::optional<base::Time> retry_after,
                        double chance) {
  const Backoff backoff = backoff_of(cause);
  base::Seconds wait = backoff.first;
  for (int i = 1; i < failures && wait < backoff.most; ++i) wait *= 2;
  wait = std::min(wait, backoff.most);
  const base::Time at = now + wait - wait / 10 + share(wait / 5, chance);
  return retry_after ? std::max(at, *retry_after + share(wait / 10, chance)) : at;
}

std::optional<base::Time> parse_retry_after(std::string_view value, base::Time now) {
  const auto wait = text::parse_retry_after(value, now, most_retry_after);
  return wait ? std::optional(now + *wait) : std::nullopt;
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
