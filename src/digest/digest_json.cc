#include "digest/digest_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/zone.h"
#include "digest/item_wording.h"
#include "text/one_line.h"

namespace sotevahti::digest {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(Block::Kind kind) {
  switch (kind) {
    case Block::Kind::moved: return "deadline-moved";
    case Block::Kind::closing: return "closing-soon";
    case Block::Kind::area: return "new";
    case Block::Kind::meeting: return "meeting";
    case Block::Kind::changed: return "changed";
  }
  return "new";
}

Json deadline_json(const Deadline& deadline, const Material& material) {
  Json json;
  json["kind"] = to_string(deadline.kind);
  json["closes"] = base::to_iso_date(deadline.closes);
  if (deadline.time_of_day) {
    const auto minutes = deadline.time_of_day->count();
    json["time"] = fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  }
  json["days_left"] = days_left(deadline, material);
  if (deadline.moved_from) json["moved_from"] = base::to_iso_date(*deadline.moved_from);
  if (deadline.withdrawn) json["withdrawn"] = true;
  return json;
}

Json telling_json(const Telling& telling) {
  Json json;
  json["publisher"] = telling.publisher;
  json["language"] = telling.language;
  json["title"] = telling.title.str();
  json["url"] = safe_url(telling.url);
  return json;
}

Json to_json(const Story& story, const Material& material) {
  Json json;
  json["id"] = story.id;
  json["story"] = story.story;
  json["title"] = story.title.str();
  json["url"] = safe_url(story.url);
  json["page"] = safe_url(story.page);
  json["language"] = story.language;
  json["publisher"] = story.publisher;
  json["kind"] = story.kind;
  json["areas"] = story.areas;
  json["topics"] = story.topics;
  if (story.published) json["published"] = base::to_rfc3339(*story.published);
  json["arrived"] = base::to_rfc3339(story.arrived);
  json["lead"] = text::one_line_of(story.lead.view(), 600);
  json["deadlines"] = Json::array();
  for (const Deadline& deadline : story.deadlines) json["deadlines"].push_back(deadline_json(deadline, material));
  json["also"] = Json::array();
  for (const Telling& telling : story.also) json["also"].push_back(telling_json(telling));
  json["why"] = Json::array();
  for (const Reason& reason : story.reasons) json["why"].push_back({{"tag", reason.tag}, {"words", reason.words}});
  if (story.late_find) json["late_find"] = true;
  if (story.reminder) json["reminder"] = true;
  for (const Change& change : story.changes)
    json["changes"].push_back(
        {{"at", base::to_rfc3339(change.at)}, {"before", change.before}, {"after", change.after}});
  return json;
}

Json block_json(const Block& block, const Material& material) {
  Json json;
  json["kind"] = name_of(block.kind);
  if (!block.area.empty()) json["area"] = block.area;
  if (block.kind == Block::Kind::meeting) {
    json["publisher"] = block.publisher;
    json["board"] = block.board;
    if (block.met) json["met"] = base::to_rfc3339(*block.met);
    json["routine_items"] = block.routine;
  }
  json["stories"] = Json::array();
  for (const Story& story : block.stories) json["stories"].push_back(to_json(story, material));
  return json;
}

Json section_json(const SectionOutline& section, const Material& material) {
  Json json;
  json["subscription"] = section.section.subscription;
  json["name"] = section.section.name;
  json["filter"] = section.section.filter;
  json["from"] = base::to_rfc3339(section.section.from);
  json["to"] = base::to_rfc3339(section.section.to);
  json["blocks"] = Json::array();
  for (const Block& block : section.blocks) json["blocks"].push_back(block_json(block, material));
  return json;
}

}  // namespace

std::string digest_json(const Outline& outline, const std::string& subject) {
  const Material& material = outline.material;
  Json json;
  json["subject"] = subject;
  json["language"] = material.language;
  json["at"] = base::to_rfc3339(material.at);
  if (!material.page_url.empty()) json["page"] = material.page_url;
  json["counts"] = {{"new", outline.counts.fresh},
                    {"closing", outline.counts.closing},
                    {"moved", outline.counts.moved},
                    {"changed", outline.counts.changed}};
  json["sections"] = Json::array();
  for (const SectionOutline& section : outline.sections) json["sections"].push_back(section_json(section, material));
  json["sources"] = {{"read", material.sources.read}, {"total", material.sources.total}};
  json["sources"]["unreached"] = Json::array();
  for (const Unreached& feed : material.sources.unreached)
    json["sources"]["unreached"].push_back({{"title", feed.title}, {"since", base::to_rfc3339(feed.since)}});
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string story_json(const Story& story, const Material& material) {
  return to_json(story, material).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sotevahti::digest
