#include "poll/week/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace sotevahti::poll::week {

using namespace std::chrono_literals;

namespace {

// Publishers of one kind: feeds over hosts, and how they publish.
struct Kind {
  const char* name;
  std::size_t feeds, hosts;
  double a_day;            // pieces of news on a weekday
  int from_hour, to_hour;  // local
  bool weekends;
  int batch;  // entries of one piece of news: a meeting's minutes
  bool validators, dated;
  base::Seconds max_age{0};
  int ttl_minutes = 0;
};

constexpr Kind kinds[] = {
    {"sttinfo", 60, 1, 1.0, 8, 17, false, 1, true, true, 5min, 0},
    {"oncloudos", 40, 1, 0.08, 12, 20, false, 20, false, false, 0s, 0},
    {"yle", 23, 1, 30, 5, 23, true, 1, true, true, 0s, 5},
    {"ministry", 14, 1, 4, 8, 18, false, 1, true, true, 0s, 0},
    {"media", 20, 8, 20, 5, 23, true, 1, true, true, 1min, 0},
    {"county", 60, 12, 1.5, 8, 16, false, 1, true, true, 0s, 60},
    {"ngo", 83, 16, 0.3, 8, 18, false, 1, false, true, 0s, 0},
};

constexpr int history_days = 90;

std::vector<base::Time> publications(const Kind& kind, int days, Dice& dice) {
  std::vector<base::Time> times;
  for (int day = -history_days; day < days; ++day) {
    const bool weekend = ((day % 7) + 7) % 7 >= 5;
    if (weekend && !kind.weekends) continue;
    const double wanted = weekend ? kind.a_day * 0.6 : kind.a_day;
    const int pieces = static_cast<int>(wanted) + (dice.roll() < wanted - static_cast<int>(wanted) ? 1 : 0);
    for (int i = 0; i < pieces; ++i) {
      const double hour = kind.from_hour + dice.roll() * (kind.to_hour - kind.from_hour);
      const base::Time at = start + day * 24h + base::Seconds(static_cast<std::int64_t>(hour * 3600));
      for (int n = 0; n < kind.batch; ++n) times.push_back(at + n * 1s);
    }
  }
  std::sort(times.begin(), times.end());
  return times;
}

void plan_outages(std::vector<Host>& hosts) {
  const auto plan = [&](const std::string& name, base::Seconds from, base::Seconds length, Outage::Kind kind) {
    for (auto& host : hosts)
      if (host.name == name) host.outages.push_back({start + from, start + from + length, kind});
  };
  plan("ministry-0.example", 33h, 6h, Outage::Kind::error_500);
  plan("sttinfo-0.example", 58h, 2h, Outage::Kind::retry_date);
  plan("yle-0.example", 82h, 1h, Outage::Kind::retry_seconds);
  plan("county-3.example", 20h, 36h, Outage::Kind::refused);
  plan("county-5.example", 100h, 24h, Outage::Kind::challenge);
  plan("ngo-2.example", 48h, 24h, Outage::Kind::silent);
  plan("ngo-7.example", 10h, 12h, Outage::Kind::no_name);
  plan("media-1.example", 130h, 3h, Outage::Kind::retry_seconds);
}

Feed make_feed(const Kind& kind, std::size_t number, std::size_t first_host, int days, Dice& dice) {
  Feed feed;
  feed.id = fmt::format("{}-{}", kind.name, number);
  feed.host = first_host + number % kind.hosts;
  feed.published = publications(kind, days, dice);
  // Some of every kind have what the others have not.
  feed.validators = dice.roll() < 0.15 ? !kind.validators : kind.validators;
  feed.dated = kind.dated;
  feed.max_age = kind.max_age;
  feed.ttl_minutes = kind.ttl_minutes;
  if (dice.roll() < 0.03) feed.skip_hours = 0b111111U;  // at night, UTC
  feed.gone = dice.roll() < 0.01;
  return feed;
}

}  // namespace

Sources make_sources(int days, std::size_t thin, std::uint32_t seed) {
  Dice dice(seed);
  Sources sources;
  std::size_t nth = 0;
  for (const Kind& kind : kinds) {
    const std::size_t first_host = sources.hosts.size();
    for (std::size_t i = 0; i < kind.hosts; ++i) {
      const auto latency = std::chrono::milliseconds(80 + static_cast<int>(dice.roll() * 600));
      sources.hosts.push_back({fmt::format("{}-{}.example", kind.name, i), latency, {}});
    }
    for (std::size_t i = 0; i < kind.feeds; ++i) {
      Feed feed = make_feed(kind, i, first_host, days, dice);
      if (nth++ % thin == 0) sources.feeds.push_back(std::move(feed));
    }
  }
  plan_outages(sources.hosts);
  return sources;
}

}  // namespace sotevahti::poll::week
