// When a feed is asked next: the rules of a model citizen, as pure arithmetic. The
// interval follows the feed's own pace within bounds; what the publisher asks for
// (max-age, ttl, skipHours ...) is "not before"; failures back off by class and are
// never given up. Randomness comes in as a number, time as an argument.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "archive/feed_store.h"
#include "base/clock.h"
#include "config/catalogue.h"
#include "feed/document.h"

namespace sotevahti::poll {

struct Bounds {
  base::Seconds least{600};
  base::Seconds usual{3600};  // where the pace is not known
  base::Seconds most{86400};
};

// What a publisher says about the next request.
struct Asked {
  base::Seconds max_age{0};           // Cache-Control
  std::optional<base::Time> expires;  // Expires
  std::optional<base::Time> retry_after;
  base::Seconds not_before{0};   // ttl, sy:updatePeriod: of the document as it was last read
  std::uint32_t skip_hours = 0;  // bit n: not in hour n, UTC
  std::uint32_t skip_days = 0;   // bit 0: not on Sundays
};
// What the document asks, until it is read again: a 304 does not repeat it.
void keep_hints(archive::FeedState& state, const feed::PollHints& hints);
void recall_hints(Asked& asked, const archive::FeedState& state);

// A feed whose row names an interval is asked at that, whatever its pace.
Bounds bounds_for(const config::Feed& feed, const Bounds& usual);

// A quarter of the time between the feed's entries (the last 20 of them), or of its
// present silence where that is longer: a feed that brings an entry a day is asked
// some four times a day. `times` may stand in any order; fewer than two say nothing,
// and the interval then grows or shrinks by whether the poll brought something new.
base::Seconds adapt_interval(base::Seconds present, std::vector<base::Time> times, bool brought_new, base::Time now,
                             const Bounds& bounds);

// After an answer without anything new, where only the last arrival is known: the
// interval grows with the silence.
base::Seconds quiet_interval(base::Seconds present, std::optional<base::Time> last_new_entry, base::Time now,
                             const Bounds& bounds);

// How far apart the news of a feed are, by the times of its entries: those within some
// hours are one piece of news. 0 where fewer than two are known.
base::Seconds usual_gap(std::vector<base::Time> times, base::Time now);

// `chance` in [0, 1) becomes up to a tenth of the interval more or less, never less than
// the bound or than what was asked for.
base::Time next_poll(base::Time now, base::Seconds interval, const Asked& asked, const Bounds& bounds, double chance);

// `at`, or some minutes after the hours and days that the feed wants left out.
base::Time when_open(base::Time at, std::uint32_t skip_hours, std::uint32_t skip_days, double chance);

// After the n-th failure in a row (1 is the first). Retry-After is a floor.
base::Time next_attempt(base::Time now, std::string_view cause, int failures, std::optional<base::Time> retry_after,
                        double chance);

// A Retry-After value: seconds or a date (RFC 9110 10.2.3); at most a week ahead.
std::optional<base::Time> parse_retry_after(std::string_view value, base::Time now);
// The max-age of a Cache-Control value, 0 where there is none.
base::Seconds parse_max_age(std::string_view value);

}  // namespace sotevahti::poll
