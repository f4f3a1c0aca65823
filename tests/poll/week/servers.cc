#include "poll/week/servers.h"

#include <fmt/format.h>

#include <algorithm>

namespace sotevahti::poll::week {

using namespace std::chrono_literals;

namespace {

// Askers count whole seconds.
constexpr Moment counted = 1s;

base::Time wall(Moment now) { return start + std::chrono::floor<base::Seconds>(now); }

std::string http_date(base::Time time) {
  constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{}, {:02} Feb {} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), static_cast<int>(date.year()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace

Servers::Servers(const Sources& sources)
    : sources_(sources), hosts_(sources.hosts.size()), feeds_(sources.feeds.size()) {}

const Outage* Servers::outage_at(const Host& host, Moment now) const {
  const auto found = std::find_if(host.outages.begin(), host.outages.end(),
                                  [&](const Outage& o) { return wall(now) >= o.from && wall(now) < o.to; });
  return found == host.outages.end() ? nullptr : &*found;
}

bool Servers::was_down(std::size_t feed, base::Time from, base::Time to) const {
  const auto& outages = sources_.hosts[sources_.feeds[feed].host].outages;
  return std::any_of(outages.begin(), outages.end(), [&](const Outage& o) { return o.from < to && o.to > from; });
}

Moment Servers::begin(std::size_t feed, const std::string& etag, Moment now) {
  judge(feed, etag, now);
  const Host& host = sources_.hosts[sources_.feeds[feed].host];
  const Outage* outage = outage_at(host, now);
  return outage != nullptr && outage->kind == Outage::Kind::silent ? Moment(30s) : host.latency;
}

// Whatever the asker knows: these are the wishes of the servers.
void Servers::judge(std::size_t index, const std::string& etag, Moment now) {
  const Feed& feed = sources_.feeds[index];
  HostSeen& host = hosts_[feed.host];
  FeedSeen& seen = feeds_[index];
  ++requests_;
  if (++host.active > 2) breaks(Rule::connections);
  if (host.last_start && now - *host.last_start < 1s) breaks(Rule::gap);
  if (now < host.quiet_until) breaks(Rule::retry_after);
  if (seen.not_before && now < *seen.not_before) breaks(Rule::not_before);
  const auto hour = static_cast<unsigned>((wall(now) - std::chrono::floor<std::chrono::days>(wall(now))) / 1h);
  if (seen.not_before && (feed.skip_hours >> hour & 1U) != 0) breaks(Rule::not_before);
  if (seen.last_start && now - *seen.last_start < 10min - counted) breaks(Rule::too_often);
  if (!seen.etag.empty() && etag.empty()) breaks(Rule::unconditional);
  host.last_start = seen.last_start = now;
  most_at_once_ = std::max(most_at_once_, host.active);
  host.last_minute.push_back(now);
  while (now - host.last_minute.front() >= 1min) host.last_minute.pop_front();
  largest_burst_ = std::max(largest_burst_, host.last_minute.size());
}

Reply Servers::end(std::size_t index, const std::string& etag, Moment now) {
  const Feed& feed = sources_.feeds[index];
  HostSeen& host = hosts_[feed.host];
  FeedSeen& seen = feeds_[index];
  --host.active;
  if (const Outage* outage = outage_at(sources_.hosts[feed.host], now)) return refuse(*outage, host, now);
  Reply reply;
  if (feed.gone) {
    reply.status = 404;
    return reply;
  }
  reply.newest = static_cast<std::size_t>(std::upper_bound(feed.published.begin(), feed.published.end(), wall(now)) -
                                          feed.published.begin());
  if (feed.validators) reply.etag = fmt::format("W/\"{}-{}\"", feed.id, reply.newest);
  if (feed.max_age > 0s) reply.cache_control = fmt::format("public, max-age={}", feed.max_age.count());
  reply.status = !reply.etag.empty() && reply.etag == etag ? 304 : 200;
  ++answered_;
  if (reply.status == 304) ++unchanged_;
  seen.etag = reply.etag;
  seen.not_before = now + std::max<Moment>(feed.max_age, feed.ttl_minutes * 1min) - counted;
  return reply;
}

Reply Servers::refuse(const Outage& outage, HostSeen& seen, Moment now) {
  Reply reply;
  switch (outage.kind) {
    case Outage::Kind::error_500: reply.status = 500; break;
    case Outage::Kind::refused: reply.cause = "connect"; break;
    case Outage::Kind::silent: reply.cause = "timeout"; break;
    case Outage::Kind::no_name: reply.cause = "dns"; break;
    case Outage::Kind::challenge: reply.cause = "challenge-page"; break;
    case Outage::Kind::retry_seconds:
      reply.status = 429;
      reply.retry_after = "1800";
      seen.quiet_until = std::max<Moment>(seen.quiet_until, now + 1800s - counted);
      break;
    case Outage::Kind::retry_date:
      reply.status = 503;
      reply.retry_after = http_date(outage.to);
      seen.quiet_until = outage.to - start;
      break;
  }
  return reply;
}

}  // namespace sotevahti::poll::week
