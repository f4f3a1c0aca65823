#include "web/choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/log.h"
#include "digest/texts.h"
#include "web/narrowing.h"
#include "web/page.h"

namespace sotevahti::web {
namespace {

using archive::Filter;
using archive::Rhythm;

constexpr std::array<std::string_view, 7> days = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::size_t longest_name = 200;  // octets; the form lets a hundred characters in
constexpr std::size_t most_named = 3;

std::string clock_text(std::chrono::minutes time) {
  return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

// "7.30" is how Finland writes it, "7" what a hurried reader does.
std::string clock_of(std::string_view written) {
  std::string time(written);
  std::replace(time.begin(), time.end(), '.', ':');
  if (time.find(':') == time.npos) time += ":00";
  return time;
}

// The values of one kind, where the filter names them in one condition at its top.
std::vector<std::string> take(Filter& filter, Filter::Kind kind) {
  const auto conditions = filter.kind == Filter::Kind::both ? filter.parts : std::vector<Filter>{filter};
  const auto of_kind = [&](const Filter& each) { return each.kind == kind; };
  if (std::count_if(conditions.begin(), conditions.end(), of_kind) != 1) return {};
  std::vector<std::string> values = chosen(filter, kind);
  filter = widened(std::move(filter), kind);
  return values;
}

void take_filter(Choices& choices, std::string_view text) {
  auto filter = archive::parse_filter(text);
  if (!filter) {
    choices.words = text;
    return;
  }
  choices.areas = take(*filter, Filter::Kind::area);
  choices.topics = take(*filter, Filter::Kind::topic);
  choices.kinds = take(*filter, Filter::Kind::kind);
  choices.words = archive::print_filter(*filter);
}

void take_rhythm(Choices& choices, const Rhythm& rhythm) {
  constexpr std::array<std::string_view, 5> names = {"immediate", "daily", "weekdays", "weekly", "monthly"};
  choices.rhythm = names[static_cast<std::size_t>(rhythm.kind)];
  choices.day = days[rhythm.day.c_encoding() % days.size()];
  choices.day_of_month = std::to_string(rhythm.day_of_month);
  choices.skip_holidays = rhythm.skip_holidays;
  if (!rhythm.is_immediate()) {
    choices.at = clock_text(rhythm.at);
  } else if (rhythm.quiet_from == rhythm.quiet_until) {
    choices.quiet_from = choices.quiet_until = "";
  } else {
    choices.quiet_from = clock_text(rhythm.quiet_from);
    choices.quiet_until = clock_text(rhythm.quiet_until);
  }
}

void add_condition(std::string& filter, std::string_view key, const std::vector<std::string>& values) {
  if (values.empty()) return;
  filter += fmt::format("{}{}:{}", filter.empty() ? "" : " ", key, fmt::join(values, ","));
}

// Words are read on their own first, so that a fault in them is shown where it stands in them.
void choose_filter(const Visit& visit, const Choices& choices, Chosen& chosen) {
  const auto names = visit.filter_names();
  const auto fault = [&](const archive::FilterError& error) {
    chosen.faults["words"] = {visit.say("fault.words") + " " + mistake_words(visit, error), ""};
  };
  const auto words = archive::parse_filter(choices.words, names);
  if (!words) return fault(words.error());
  std::string filter;
  add_condition(filter, "area", choices.areas);
  add_condition(filter, "topic", choices.topics);
  add_condition(filter, "kind", choices.kinds);
  if (const std::string said = archive::print_filter(*words); !said.empty()) {
    const bool is_joined = words->kind == Filter::Kind::either && !filter.empty();
    filter += (filter.empty() ? "" : " ") + (is_joined ? "(" + said + ")" : said);
  }
  const auto whole = archive::parse_filter(filter, names);
  if (!whole) return fault(whole.error());
  chosen.subscription.filter = archive::print_filter(*whole);
}

void choose_rhythm(const Visit& visit, const Choices& choices, Chosen& chosen) {
  std::string text = choices.rhythm;
  std::string field = "at";
  const auto fail = [&](std::string_view key) { chosen.faults[field] = {visit.say(key), ""}; };
  const std::string at = clock_of(choices.at);
  if (choices.rhythm == "immediate") {
    field = "quiet_from";
    const bool is_quiet = !choices.quiet_from.empty() || !choices.quiet_until.empty();
    if (is_quiet) text += fmt::format(" quiet {}-{}", clock_of(choices.quiet_from), clock_of(choices.quiet_until));
  } else if (!Rhythm::parse("daily " + at)) {
    return fail("fault.time");
  } else if (choices.rhythm == "weekly") {
    field = "day";
    text += " " + choices.day + " " + at;
  } else if (choices.rhythm == "monthly") {
    field = "day_of_month";
    text += " " + choices.day_of_month + " " + at;
  } else {
    field = "rhythm";
    text += " " + at;
  }
  if (choices.skip_holidays) text += " holidays";
  const auto rhythm = Rhythm::parse(text);
  if (rhythm) chosen.subscription.rhythm = *rhythm;
  else fail(field == "quiet_from" ? "fault.time" : "fault." + field);
}

std::string names_of(const std::vector<std::string>& ids, const std::function<std::string(const std::string&)>& name) {
  std::string all;
  for (std::size_t i = 0; i < std::min(ids.size(), most_named); ++i) all += (i > 0 ? ", " : "") + name(ids[i]);
  return all + (ids.size() > most_named ? " …" : "");
}

// Of what is chosen, and never of a stranger's own words: it is told to an address that nobody has confirmed.
std::string name_of(const Visit& visit, const Choices& choices) {
  const auto& taxonomy = visit.data.taxonomy;
  const std::string areas = names_of(choices.areas, [&](const std::string& id) {
    const auto* area = taxonomy.area(id);
    return area ? area->short_name.in(visit.language) : std::string();
  });
  const std::string topics = names_of(choices.topics, [&](const std::string& id) {
    const auto* topic = taxonomy.topic(id);
    return topic ? topic->name.in(visit.language) : std::string();
  });
  if (areas.empty() && topics.empty()) return visit.say(choices.is_everything() ? "choices.all" : "choices.own");
  return areas + (areas.empty() || topics.empty() ? "" : ": ") + topics;
}

void choose_name(const Visit& visit, const Choices& choices, Chosen& chosen) {
  if (choices.name.size() > longest_name) chosen.faults["name"] = {visit.say("fault.name"), ""};
  else chosen.subscription.name = choices.name.empty() ? name_of(visit, choices) : base::one_line(choices.name);
}

}  // namespace

Choices Choices::of(const Form& form, const Visit& visit) {
  Choices choices;
  choices.areas = form.values("area");
  choices.topics = form.values("topic");
  choices.kinds = form.values("kind");
  choices.words = form.value("words");
  const auto take = [&](std::string_view field, std::string& into) {
    if (form.has(field)) into = form.value(field);
  };
  take("rhythm", choices.rhythm);
  take("at", choices.at);
  take("day", choices.day);
  take("day_of_month", choices.day_of_month);
  take("quiet_from", choices.quiet_from);
  take("quiet_until", choices.quiet_until);
  choices.skip_holidays = form.has("skip_holidays");
  choices.language = visit.language;
  take("language", choices.language);
  choices.name = form.value("name");
  return choices;
}

Choices Choices::of(const archive::Subscription& subscription) {
  Choices choices;
  take_filter(choices, subscription.filter);
  take_rhythm(choices, subscription.rhythm);
  choices.language = subscription.language;
  choices.name = subscription.name;
  return choices;
}

Choices Choices::of_filter(std::string_view filter, const Visit& visit) {
  Choices choices;
  take_filter(choices, filter);
  choices.language = visit.language;
  return choices;
}

Chosen choose(const Visit& visit, const Choices& choices, archive::Subscription base) {
  Chosen chosen;
  chosen.subscription = std::move(base);
  choose_filter(visit, choices, chosen);
  choose_rhythm(visit, choices, chosen);
  choose_name(visit, choices, chosen);
  if (digest::Texts::has_language(choices.language)) chosen.subscription.language = choices.language;
  else chosen.faults["language"] = {visit.say("fault.language"), ""};
  return chosen;
}

}  // namespace sotevahti::web
