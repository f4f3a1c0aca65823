#include "web/visit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace sotevahti::web {
namespace {

constexpr std::array<std::string_view, 3> languages = {"fi", "sv", "en"};

bool is_ours(std::string_view language) {
  return std::find(languages.begin(), languages.end(), language) != languages.end();
}

// RFC 9110 12.5.4: the highest weight wins; of equal ones the first.
std::string negotiate(std::string_view accepted) {
  std::string best = "fi";
  double best_weight = 0;
  while (!accepted.empty()) {
    const auto comma = accepted.find(',');
    std::string_view range = accepted.substr(0, comma);
    accepted.remove_prefix(comma == accepted.npos ? accepted.size() : comma + 1);
    range.remove_prefix(std::min(range.find_first_not_of(' '), range.size()));
    const std::string_view language = range.substr(0, range.find_first_of("-; "));
    double weight = 1;
    if (const auto q = range.find("q="); q != range.npos)
      std::from_chars(range.data() + q + 2, range.data() + range.size(), weight);
    if (is_ours(language) && weight > best_weight) {
      best = language;
      best_weight = weight;
    }
  }
  return best;
}

std::string_view language_cookie(std::string_view cookies) {
  constexpr std::string_view name = "lang=";
  const auto at = cookies.find(name);
  if (at == cookies.npos || (at > 0 && cookies[at - 1] != ' ' && cookies[at - 1] != ';')) return {};
  return cookies.substr(at + name.size(), 2);
}

}  // namespace

std::string choose_language(const Request& request) {
  if (const auto asked = request.parameter("lang"); is_ours(asked)) return std::string(asked);
  if (const auto kept = language_cookie(request.header("cookie")); is_ours(kept)) return std::string(kept);
  return negotiate(request.header("accept-language"));
}

archive::FilterNames Visit::filter_names() const {
  archive::FilterNames names;
  names.areas = data.taxonomy.area_ids();
  for (const auto& topic : data.taxonomy.topics) names.topics.push_back(topic.id);
  for (const auto& feed : data.catalogue.feeds()) names.feeds.push_back(feed.id);
  return names;
}

std::string Visit::number(std::size_t n) const { return messages.count("number", n); }

std::string Visit::language_tag(const std::string& of_entry) const {
  // Of what Finland's publishers write; a wrong tag makes a screen reader speak in tongues.
  constexpr std::array<std::string_view, 12> known = {"fi", "sv", "en", "se", "smn", "sms",
                                                      "ru", "et", "de", "so", "ar",  "uk"};
  const std::string_view base = std::string_view(of_entry).substr(0, of_entry.find('-'));
  return std::find(known.begin(), known.end(), base) == known.end() ? language : std::string(base);
}

std::string Visit::clock(base::Time time) const {
  const auto local = base::Zone::helsinki().to_local(time);
  return say("clock.short", {{"hour", std::to_string(local.hour)},
                             {"hour2", fmt::format("{:02}", local.hour)},
                             {"minute", fmt::format("{:02}", local.minute)}});
}

std::string Visit::short_day(base::Time time) const {
  const auto day = base::Zone::helsinki().to_local(time).day;
  return day.year() == today().year() ? wording.short_date(day) : wording.date(day);
}

std::string Visit::when(base::Time time) const {
  const auto local = base::Zone::helsinki().to_local(time);
  const auto days = (std::chrono::sys_days(today()) - std::chrono::sys_days(local.day)).count();
  const std::string clock_words = wording.clock(std::chrono::hours(local.hour) + std::chrono::minutes(local.minute));
  if (days == 0) return say("when.today", {{"clock", clock_words}});
  if (days == 1) return say("when.yesterday", {{"clock", clock_words}});
  return wording.date(local.day);
}

std::string Visit::day_heading(std::chrono::year_month_day day) const {
  const auto days = (std::chrono::sys_days(today()) - std::chrono::sys_days(day)).count();
  const std::string weekday = wording.weekday(day);
  const std::string date = wording.date(day);
  return say(days == 0   ? "day.today"
             : days == 1 ? "day.yesterday"
                         : "day.other",
             {{"weekday", weekday}, {"date", date}});
}

}  // namespace sotevahti::web
