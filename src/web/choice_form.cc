#include "web/choice_form.h"

#include <algorithm>
#include <array>

namespace sotevahti::web {
namespace {

constexpr std::array<std::string_view, 5> rhythms = {"immediate", "daily", "weekdays", "weekly", "monthly"};
constexpr std::array<std::string_view, 7> week = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 3> languages = {"fi", "sv", "en"};
constexpr int last_day_of_every_month = 28;

struct Option {
  std::string value, words;
};

bool is_among(std::string_view value, const std::vector<std::string>& values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

struct Boxes {
  Literal field;
  std::string_view heading;  // a key of the messages
  const std::vector<Option>& options;
  const std::vector<std::string>& ticked;
};

void put_boxes(Html& html, const Boxes& boxes) {
  html.put("<ul class=\"boxes ").put(boxes.field).put("s\">");
  for (const Option& option : boxes.options) {
    html.put("<li><label><input type=\"checkbox\" name=\"").put(boxes.field).put("\"");
    html.attribute("value", option.value);
    html.put(is_among(option.value, boxes.ticked) ? Literal(" checked> ") : Literal("> "));
    html.text(option.words).put("</label></li>");
  }
  html.put("</ul>\n");
}

void put_group(Html& html, const Visit& visit, const Boxes& boxes) {
  html.put("<fieldset><legend>").text(visit.say(boxes.heading)).put(" <small>").text(visit.say("choices.none"));
  html.put("</small></legend>");
  put_boxes(html, boxes);
  html.put("</fieldset>\n");
}

void put_subjects(Html& html, const Visit& visit, const Choices& choices) {
  std::vector<Option> areas, topics, kinds;
  for (const auto& area : visit.data.taxonomy.areas) areas.push_back({area.id, area.short_name.in(visit.language)});
  for (const auto& topic : visit.data.taxonomy.topics) topics.push_back({topic.id, topic.name.in(visit.language)});
  for (const auto kind : config::entry_kinds)
    kinds.push_back({std::string(kind), visit.say("kind." + std::string(kind))});
  for (auto* options : {&areas, &topics})
    std::sort(options->begin(), options->end(), [](const Option& a, const Option& b) {
      return digest::alphabetical_key(a.words) < digest::alphabetical_key(b.words);
    });
  put_group(html, visit, {"area", "facet.area", areas, choices.areas});
  put_group(html, visit, {"topic", "facet.topic", topics, choices.topics});
  put_group(html, visit, {"kind", "facet.kind", kinds, choices.kinds});
}

void put_words(Html& html, const Visit& visit, const Choices& choices, const Faults& faults) {
  html.put("<p class=\"field\"><label for=\"words\">").text(visit.say("choices.words")).put("</label>");
  html.put("<input id=\"words\" name=\"words\" autocomplete=\"off\" spellcheck=\"false\" maxlength=\"1000\"");
  html.attribute("value", choices.words).attribute("placeholder", visit.say("choices.words.example"));
  put_fault_link(html, "words", faults);
  html.put("><small>").text(visit.say("choices.words.help")).put("</small>");
  put_fault(html, "words", faults);
  html.put("</p>\n");
}

void put_select(Html& html, Literal field, const std::vector<Option>& options, std::string_view selected) {
  html.put("<select id=\"").put(field).put("\" name=\"").put(field).put("\">");
  for (const Option& option : options) {
    html.put("<option").attribute("value", option.value);
    html.put(option.value == selected ? Literal(" selected>") : Literal(">")).text(option.words).put("</option>");
  }
  html.put("</select>");
}

void put_time(Html& html, Literal field, const std::string& value, const Faults& faults) {
  html.put("<input type=\"time\" id=\"").put(field).put("\" name=\"").put(field).put("\"").attribute("value", value);
  put_fault_link(html, field.view(), faults);
  html.put(">");
}

void put_label(Html& html, const Visit& visit, Literal field, std::string_view words) {
  html.put("<label for=\"").put(field).put("\">").text(visit.say(words)).put("</label> ");
}

// Which of them count shows with the rhythm that is chosen (style.css); without that they all stand there.
void put_when(Html& html, const Visit& visit, const Choices& choices, const Faults& faults) {
  html.put("<div class=\"when\"><p class=\"at\">");
  put_label(html, visit, "at", "choices.at");
  put_time(html, "at", choices.at, faults);
  put_fault(html, "at", faults);
  html.put("</p><p class=\"weekly\">");
  std::vector<Option> days, of_month;
  for (const auto day : week) days.push_back({std::string(day), visit.say("weekday." + std::string(day))});
  put_label(html, visit, "day", "choices.day");
  put_select(html, "day", days, choices.day);
  put_fault(html, "day", faults);
  html.put("</p><p class=\"monthly\">");
  for (int day = 1; day <= last_day_of_every_month; ++day) {
    const std::string number = std::to_string(day);
    of_month.push_back({number, visit.say("choices.day_of_month.each", {{"n", number}})});
  }
  put_label(html, visit, "day_of_month", "choices.day_of_month");
  put_select(html, "day_of_month", of_month, choices.day_of_month);
  put_fault(html, "day_of_month", faults);
  html.put("</p><p class=\"quiet\">");
  put_label(html, visit, "quiet_from", "choices.quiet");
  put_time(html, "quiet_from", choices.quiet_from, faults);
  html.put(" <label for=\"quiet_until\" aria-label=\"").text(visit.say("choices.quiet_until")).put("\">–</label> ");
  put_time(html, "quiet_until", choices.quiet_until, faults);
  put_fault(html, "quiet_from", faults);
  html.put("</p><p class=\"holidays\"><label><input type=\"checkbox\" name=\"skip_holidays\" value=\"1\"");
  html.put(choices.skip_holidays ? Literal(" checked> ") : Literal("> ")).text(visit.say("choices.holidays"));
  html.put("</label></p></div>\n");
}

void put_rhythm(Html& html, const Visit& visit, const Choices& choices, const Faults& faults) {
  html.put("<fieldset class=\"rhythm\" id=\"rhythm\"><legend>")
      .text(visit.say("choices.rhythm"))
      .put("</legend><ul class=\"radios\">");
  for (const auto rhythm : rhythms) {
    html.put("<li><label><input type=\"radio\" name=\"rhythm\"").attribute("value", rhythm);
    html.put(rhythm == choices.rhythm ? Literal(" checked> ") : Literal("> "));
    html.text(visit.say("rhythm." + std::string(rhythm))).put("</label></li>");
  }
  html.put("</ul>");
  put_fault(html, "rhythm", faults);
  put_when(html, visit, choices, faults);
  html.put("</fieldset>\n");
}

void put_language(Html& html, const Visit& visit, const Choices& choices, const Faults& faults) {
  std::vector<Option> options;
  for (const auto language : languages)
    options.push_back({std::string(language), visit.say("language." + std::string(language))});
  html.put("<p class=\"field\">");
  put_label(html, visit, "language", "choices.language");
  put_select(html, "language", options, choices.language.empty() ? visit.language : choices.language);
  put_fault(html, "language", faults);
  html.put("</p>\n");
}

}  // namespace

void put_fault_link(Html& html, std::string_view field, const Faults& faults) {
  if (!faults.contains(field)) return;
  html.put(" aria-invalid=\"true\"").attribute("aria-describedby", "fault-" + std::string(field));
}

void put_fault(Html& html, std::string_view field, const Faults& faults) {
  const auto fault = faults.find(field);
  if (fault == faults.end()) return;
  html.put("<span class=\"fault\"").attribute("id", "fault-" + std::string(field)).put(">").text(fault->second.text);
  if (!fault->second.detail.empty()) html.put(" <span lang=\"en\">").text(fault->second.detail).put("</span>");
  html.put("</span>");
}

void put_fault_count(Html& html, const Visit& visit, const Faults& faults) {
  if (faults.empty()) return;
  html.put("<div class=\"faults\" role=\"alert\"><p>").text(visit.count("fault.count", faults.size())).put("</p><ul>");
  for (const auto& [field, fault] : faults)
    html.put("<li><a").attribute("href", "#" + field).put(">").text(fault.text).put("</a></li>");
  html.put("</ul></div>\n");
}

void put_choices(Html& html, const Visit& visit, const Choices& choices, const Faults& faults) {
  put_subjects(html, visit, choices);
  put_words(html, visit, choices, faults);
  put_rhythm(html, visit, choices, faults);
  put_language(html, visit, choices, faults);
}

}  // namespace sotevahti::web
