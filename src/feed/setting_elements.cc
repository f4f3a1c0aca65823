// Language, generator, and what a feed asks of those who poll or show it.
#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "feed/ascii.h"
#include "feed/place.h"

namespace sotevahti::feed {
namespace {

// A year: more says nothing to a poller.
constexpr int longest_interval_minutes = 366 * 24 * 60;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end != text.data() ? std::optional(value) : std::nullopt;
}

void read_language(const Element& element, Place& place) {
  std::string language = element.text();
  std::replace(language.begin(), language.end(), '_', '-');
  if (!language.empty()) place.part.language = std::move(language);
}

void read_generator(const Element& element, Place& place) {
  Generator generator;
  generator.name = element.text();
  for (const std::string_view name : {"href", "url", "uri"}) {
    const auto address = element.attribute(name);
    if (address && generator.url.empty()) generator.url = resolved(element, *address);
  }
  generator.version = element.attribute_or("version");
  place.part.generator = std::move(generator);
}

void read_generator_agent(const Element& element, Place& place) {
  const std::string agent = resolved(element, element.attribute_or("resource"));
  place.part.generator = Generator{agent, agent, {}};
}

void read_ttl(const Element& element, Place& place) {
  place.part.ttl = element.text();
  const auto minutes = number(*place.part.ttl);
  if (place.is_feed() && minutes && *minutes > 0) {
    place.document.hints.ttl_minutes = std::min(*minutes, longest_interval_minutes);
  }
}

void add_once(std::vector<int>& numbers, int number) {
  if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
}

void read_skip_hours(const Element& element, Place& place) {
  element.each_child([&](const Element& hour) {
    const auto value = number(hour.text());
    // RSS 0.91 counts to 24, RSS 2.0 from 0 to 23.
    if (value && *value >= 0 && *value <= 24) add_once(place.document.hints.skip_hours, *value % 24);
  });
}

void read_skip_days(const Element& element, Place& place) {
  constexpr std::array<std::string_view, 7> days = {"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};
  element.each_child([&](const Element& day) {
    const auto found = std::find(days.begin(), days.end(), lower(day.text()));
    if (found != days.end()) add_once(place.document.hints.skip_days, static_cast<int>(found - days.begin()));
  });
}

int period_minutes(std::string_view period) {
  constexpr int day = 24 * 60;
  if (equal_ignoring_case(period, "hourly")) return 60;
  if (equal_ignoring_case(period, "daily")) return day;
  if (equal_ignoring_case(period, "weekly")) return 7 * day;
  if (equal_ignoring_case(period, "monthly")) return 30 * day;
  return equal_ignoring_case(period, "yearly") ? 365 * day : 0;
}

// Period and frequency come in any order: the interval is made of both when one is read.
void take_update(Place& place) {
  PollHints& hints = place.document.hints;
  const int period = period_minutes(place.update_period.empty() ? "daily" : place.update_period);
  if (place.is_feed() && period > 0) hints.update_period_minutes = std::max(period / place.update_frequency, 1);
}

void read_update_period(const Element& element, Place& place) {
  place.update_period = element.text();
  take_update(place);
}

void read_update_frequency(const Element& element, Place& place) {
  const auto times = number(element.text());
  if (times && *times > 0) place.update_frequency = *times;
  take_update(place);
}

void read_archive(const Element&, Place& place) { place.document.hints.is_archive |= place.is_feed(); }
void read_complete(const Element&, Place& place) { place.document.hints.is_complete |= place.is_feed(); }

void read_duration(const Element& element, Place& place) { place.part.duration = element.text(); }

void read_explicit(const Element& element, Place& place) {
  const std::string word = lower(element.text());
  std::optional<bool> answer;
  if (word == "yes" || word == "true") answer = true;
  if (word == "no" || word == "false" || word == "clean") answer = false;
  place.part.explicit_content = answer;
}

void read_block(const Element& element, Place& place) { place.part.block = equal_ignoring_case(element.text(), "yes"); }

constexpr std::array rows = {
    ElementRow{Ns::rss, "language", read_language},
    ElementRow{Ns::dublin_core, "language", read_language},
    ElementRow{Ns::rss, "generator", read_generator},
    ElementRow{Ns::admin, "generatoragent", read_generator_agent},
    ElementRow{Ns::rss, "ttl", read_ttl},
    ElementRow{Ns::rss, "skiphours", read_skip_hours},
    ElementRow{Ns::rss, "skipdays", read_skip_days},
    ElementRow{Ns::syndication, "updateperiod", read_update_period},
    ElementRow{Ns::syndication, "updatefrequency", read_update_frequency},
    ElementRow{Ns::history, "archive", read_archive},
    ElementRow{Ns::history, "complete", read_complete},
    ElementRow{Ns::itunes, "duration", read_duration},
    ElementRow{Ns::itunes, "explicit", read_explicit},
    ElementRow{Ns::itunes, "block", read_block},
};

}  // namespace

std::span<const ElementRow> setting_elements() { return rows; }

}  // namespace sotevahti::feed
