#include "archive/entry_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "archive/deadline_store.h"
#include "base/zone.h"

namespace sotevahti::archive {
namespace {

using Json = nlohmann::ordered_json;

Json time_or_null(const std::optional<base::Time>& time) {
  return time ? Json(base::to_rfc3339(*time)) : Json(nullptr);
}

Json deadline_json(const StoredDeadline& stored) {
  Json deadline = {{"date", base::to_iso_date(stored.deadline.closes)},
                   {"kind", std::string(to_string(stored.deadline.kind))}};
  if (stored.moved_from) deadline["moved_from"] = base::to_iso_date(*stored.moved_from);
  if (stored.withdrawn) deadline["withdrawn"] = true;
  return deadline;
}

Json as_json(const EntrySummary& entry) {
  Json line = {{"id", entry.id},     {"story", entry.story},         {"title", entry.title.str()},
               {"url", entry.url},   {"publisher", entry.publisher}, {"feed", entry.feed_id},
               {"kind", entry.kind}, {"lang", entry.language}};
  line["published"] = time_or_null(entry.published);
  line["arrived"] = base::to_rfc3339(entry.arrived);
  line["areas"] = entry.areas;
  line["topics"] = entry.topics;
  line["deadlines"] = Json::array();
  for (const auto& stored : entry.deadlines) line["deadlines"].push_back(deadline_json(stored));
  line["tellings"] = entry.tellings;
  line["also"] = entry.also;
  return line;
}

std::string_view name_of(tag::Field field) {
  switch (field) {
    case tag::Field::title: return "title";
    case tag::Field::text: return "text";
    case tag::Field::url: return "url";
    case tag::Field::publisher: return "publisher";
    case tag::Field::feed: return "feed";
  }
  return "text";
}

Json tags_json(const std::vector<tag::Tag>& tags) {
  Json list = Json::array();
  for (const auto& tag : tags) {
    Json evidence = Json::array();
    for (const auto& piece : tag.evidence)
      evidence.push_back({{"field", name_of(piece.field)},
                          {"begin", piece.begin},
                          {"end", piece.end},
                          {"words", piece.words},
                          {"rule", piece.rule}});
    list.push_back({{"id", tag.id}, {"score", tag.score}, {"evidence", std::move(evidence)}});
  }
  return list;
}

Json revisions_json(const std::vector<Revision>& revisions) {
  Json list = Json::array();
  for (const auto& revision : revisions)
    list.push_back({{"replaced", base::to_rfc3339(revision.at)},
                    {"title", revision.title.str()},
                    {"text", revision.text.str()},
                    {"facts", revision.facts},
                    {"significant", revision.significant}});
  return list;
}

std::string one_line(const Json& object) { return object.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string joined(const std::vector<std::string>& ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : ",") + id;
  return out;
}

// A leading =, +, - or @ (wide ones too), tab or return makes a spreadsheet run the cell.
bool looks_like_formula(std::string_view text) {
  constexpr std::array<std::string_view, 10> beginnings = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view each) { return text.starts_with(each); });
}

}  // namespace

std::string entry_json(const EntrySummary& entry) { return one_line(as_json(entry)); }

std::string entry_json(const EntryDetail& entry) {
  Json object = as_json(entry.summary);
  object["guid"] = entry.guid;
  object["author"] = entry.author;
  object["text"] = entry.text.str();
  object["html"] = entry.html.str();
  object["tags"] = {{"areas", tags_json(entry.tags.areas)}, {"topics", tags_json(entry.tags.topics)}};
  object["categories"] = entry.categories;
  object["revisions"] = revisions_json(entry.revisions);
  object["story_why"] = entry.story_why;
  object["other_tellings"] = Json::array();
  for (const auto& telling : entry.tellings) object["other_tellings"].push_back(as_json(telling));
  return one_line(object);
}

std::string deadline_json(const DeadlineRow& row) {
  const auto& [stored, entry] = row;
  Json object = {{"id", stored.id},
                 {"kind", std::string(to_string(stored.deadline.kind))},
                 {"date", base::to_iso_date(stored.deadline.closes)},
                 {"time", nullptr},
                 {"moved_from", nullptr}};
  if (const auto at = stored.deadline.time_of_day)
    object["time"] = fmt::format("{:02}:{:02}", at->count() / 60, at->count() % 60);
  if (stored.moved_from) object["moved_from"] = base::to_iso_date(*stored.moved_from);
  object["withdrawn"] = stored.withdrawn;
  object["quote"] = stored.deadline.quote;
  object["entry"] = as_json(entry);
  return one_line(object);
}

std::string csv_head() { return "id,story,arrived,published,publisher,title,url,lang,kind,areas,topics,deadlines\r\n"; }

std::string csv_line(const EntrySummary& entry) {
  std::vector<std::string> deadlines;
  for (const auto& stored : entry.deadlines) deadlines.push_back(base::to_iso_date(stored.deadline.closes));
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\r\n", entry.id, entry.story, base::to_rfc3339(entry.arrived),
                     entry.published ? base::to_rfc3339(*entry.published) : "", csv_cell(entry.publisher),
                     csv_cell(entry.title.view()), csv_cell(entry.url), csv_cell(entry.language), csv_cell(entry.kind),
                     csv_cell(joined(entry.areas)), csv_cell(joined(entry.topics)), csv_cell(joined(deadlines)));
}

std::string csv_cell(std::string_view text) {
  std::string cell = "\"";
  const bool is_dash = text == "-";  // alone it is no formula
  if (!is_dash && looks_like_formula(text)) cell += '\'';
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c == '\n' || c == '\r' ? ' ' : c;
  }
  return cell + "\"";
}

}  // namespace sotevahti::archive
