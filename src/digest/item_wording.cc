#include "digest/item_wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/one_line.h"
#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::digest {
namespace {

// Bounds of one item, so that no stranger's text can fill a mail.
constexpr std::size_t title_characters = 220;
constexpr std::size_t lead_characters = 260;
constexpr std::size_t name_characters = 120;
constexpr std::size_t evidence_characters = 40;
constexpr std::size_t url_bytes = 1500;
constexpr std::size_t names_listed = 6;
constexpr std::size_t deadlines_listed = 4;
constexpr std::size_t changes_listed = 3;
constexpr std::size_t facts_listed = 4;
constexpr std::size_t reasons_listed = 3;

bool was_moved(const Deadline& deadline) {
  return deadline.withdrawn || (deadline.moved_from && *deadline.moved_from != deadline.closes);
}

}  // namespace

std::string ItemWording::heading(const Block& block) const {
  const std::string& language = material_.language;
  switch (block.kind) {
    case Block::Kind::moved: return messages_.say("heading.moved");
    case Block::Kind::closing: return messages_.say("heading.closing");
    case Block::Kind::changed: return messages_.say("heading.changed");
    case Block::Kind::area:
      return block.area.empty() ? messages_.say("heading.no_area") : area_name(taxonomy_, block.area, language);
    case Block::Kind::meeting: break;
  }
  const std::string board = name_line(block.board);
  const std::string publisher = name_line(block.publisher);
  if (!block.met) return messages_.say("meeting.heading", {{"board", board}, {"publisher", publisher}});
  return messages_.say("meeting.heading_on",
                       {{"board", board}, {"publisher", publisher}, {"date", wording_.date(local_day(*block.met))}});
}

std::string ItemWording::title(const Story& story) const {
  return text::one_line_of(story.title.view(), title_characters);
}
std::string ItemWording::lead(const Story& story) const {
  return text::one_line_of(story.lead.view(), lead_characters);
}
std::string ItemWording::url(const Story& story) const { return safe_url(story.url, story.page); }

std::vector<std::string> ItemWording::deadlines(const Story& story) const {
  std::vector<std::string> lines;
  for (const Deadline& deadline : story.deadlines) {
    if (lines.size() == deadlines_listed) break;
    if (days_left(deadline, material_) < 0 && !was_moved(deadline)) continue;
    lines.push_back(sentence_case(deadline_line(deadline, story.reminder)));
  }
  return lines;
}

std::string ItemWording::deadline_line(const Deadline& deadline, bool reminder) const {
  const std::string what = messages_.say(fmt::format("deadline.{}", to_string(deadline.kind)));
  const std::string date = wording_.date(deadline.closes);
  if (deadline.withdrawn) return messages_.say("deadline.withdrawn", {{"what", what}, {"date", date}});
  const std::string weekday = wording_.weekday_short(deadline.closes);
  std::string line = deadline.time_of_day
                         ? messages_.say("deadline.when_at", {{"what", what},
                                                              {"weekday", weekday},
                                                              {"date", date},
                                                              {"clock", wording_.clock(*deadline.time_of_day)}})
                         : messages_.say("deadline.when", {{"what", what}, {"weekday", weekday}, {"date", date}});
  if (was_moved(deadline))
    line += ", " + messages_.say("deadline.was", {{"date", wording_.date(*deadline.moved_from)}});
  // Held to what stands before: a line does not begin with the dot.
  line += "\u00a0· " + wording_.days_left(days_left(deadline, material_));
  if (reminder) line += "\u00a0· " + messages_.say("deadline.reminder");
  return line;
}

std::vector<std::string> ItemWording::changes(const Story& story) const {
  if (std::any_of(story.deadlines.begin(), story.deadlines.end(), was_moved)) return {};
  std::vector<std::string> lines;
  for (const Change& change : story.changes)
    if (lines.size() < changes_listed) lines.push_back(sentence_case(change_line(change)));
  return lines;
}

std::string ItemWording::change_line(const Change& change) const {
  const std::string before = facts(change.before);
  const std::string after = facts(change.after);
  if (before.empty() && after.empty()) return messages_.say("story.change.text");
  if (before.empty()) return messages_.say("story.change.added", {{"after", after}});
  if (after.empty()) return messages_.say("story.change.removed", {{"before", before}});
  return messages_.say("story.change", {{"before", before}, {"after", after}});
}

std::string ItemWording::facts(const std::vector<std::string>& all) const {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < std::min(all.size(), facts_listed); ++i) words.push_back(wording_.fact(all[i]));
  return text::one_line_of(joined(words, ", "), name_characters) + (all.size() > facts_listed ? " …" : "");
}

std::string ItemWording::source(const Story& story, const Block& block) const {
  std::vector<std::string> parts;
  if (block.kind != Block::Kind::meeting) parts.push_back(name_line(story.publisher));
  if (block.kind != Block::Kind::area) parts.push_back(topic(story));  // in an area's block it stands above
  if (story.late_find && story.published)
    parts.push_back(messages_.say("story.late", {{"date", wording_.date(local_day(*story.published))}}));
  else if (block.kind != Block::Kind::meeting)
    parts.push_back(wording_.short_date(local_day(story.published.value_or(story.arrived))));
  if (const std::string names = also(story); !names.empty())
    parts.push_back(messages_.say("story.also", {{"names", names}}));
  std::erase(parts, "");
  return joined(parts, " · ");
}

std::string ItemWording::also(const Story& story) const {
  std::vector<std::string> names;
  for (const Telling& telling : story.also) {
    const std::string name = name_line(telling.publisher);
    const bool said = name == story.publisher || std::find(names.begin(), names.end(), name) != names.end();
    if (!name.empty() && !said) names.push_back(name);
  }
  return shortened(std::move(names));
}

std::string ItemWording::why(const Story& story) const {
  std::vector<std::string> reasons;
  for (const Reason& reason : story.reasons) {
    if (reasons.size() == reasons_listed) break;
    const std::string words = text::one_line_of(reason.words, evidence_characters);
    reasons.push_back(words.empty() ? reason.tag
                                    : messages_.say("story.reason", {{"tag", reason.tag}, {"words", words}}));
  }
  return reasons.empty() ? "" : messages_.say("story.why", {{"reasons", joined(reasons, ", ")}});
}

std::string ItemWording::topic(const Story& story) const {
  return story.topics.empty() ? "" : topic_name(taxonomy_, story.topics[0], material_.language);
}

const Telling* ItemWording::twin(const Story& story) const {
  for (const Telling& telling : story.also)
    if (!safe_language(telling.language).empty() && telling.language != story.language &&
        !safe_url(telling.url).empty())
      return &telling;
  return nullptr;
}

std::string ItemWording::shortened(std::vector<std::string> names) const {
  if (names.size() <= names_listed + 1) return joined(names, ", ");
  const std::size_t more = names.size() - names_listed;
  names.resize(names_listed);
  names.push_back(messages_.count("sources.others", more));
  return joined(names, ", ");
}

std::string name_line(std::string_view name) { return text::one_line_of(name, name_characters); }

std::string safe_url(const std::string& url, const std::string& instead) {
  if (url.size() <= url_bytes && text::Url::parse(url)) return url;
  return instead.size() <= url_bytes && text::Url::parse(instead) ? instead : std::string();
}

std::string safe_language(const std::string& language) {
  const bool is_tag = language.size() >= 2 && language.size() <= 12 &&
                      std::all_of(language.begin(), language.end(),
                                  [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; });
  return is_tag ? language : std::string();
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  // ä, å and ö begin with the same byte as Ä, Å and Ö; the second byte is 0x20 lower.
  if (text.starts_with("ä") || text.starts_with("å") || text.starts_with("ö"))
    text[1] = static_cast<char>(text[1] - 0x20);
  return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

}  // namespace sotevahti::digest
