#include "cli/entry_lines.h"

#include <fmt/format.h>

#include "base/log.h"
#include "base/zone.h"
#include "cli/json.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

std::string local_minute(base::Time time) {
  const auto local = base::Zone::helsinki().to_local(time);
  return fmt::format("{} {:02}:{:02}", base::to_iso_date(local.day), local.hour, local.minute);
}

// The marks around a hit become bold, or go.
std::string marked(std::string_view snippet) {
  constexpr std::string_view begin = "\uE000";
  constexpr std::string_view end = "\uE001";
  std::string out;
  while (!snippet.empty()) {
    const auto from = snippet.find(begin);
    out += base::one_line(snippet.substr(0, from));
    if (from == snippet.npos) break;
    snippet.remove_prefix(from + begin.size());
    const auto to = snippet.find(end);
    out += styled(base::one_line(snippet.substr(0, to)), Style::bold);
    if (to == snippet.npos) break;
    snippet.remove_prefix(to + end.size());
  }
  return out;
}

std::string csv_cell(std::string_view text) {
  std::string cell = "\"";
  // A leading =, +, -, @, tab or return makes a spreadsheet run the cell as a formula.
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell += '\'';
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c == '\n' || c == '\r' ? ' ' : c;
  }
  return cell + "\"";
}

}  // namespace

std::string joined(const std::vector<std::string>& ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : ",") + id;
  return out.empty() ? "-" : out;
}

std::string_view to_string(tag::DeadlineKind kind) {
  switch (kind) {
    case tag::DeadlineKind::grant: return "grant";
    case tag::DeadlineKind::consultation: return "consultation";
    case tag::DeadlineKind::registration: return "registration";
    case tag::DeadlineKind::application: return "application";
    case tag::DeadlineKind::event: return "event";
  }
  return "";
}

std::string for_person(const archive::EntrySummary& entry, std::size_t width) {
  std::string out = fmt::format("{}  {}\n", styled(fmt::format("{:>6}", entry.id), Style::dim),
                                styled(fit(base::one_line(entry.title.str()), width - 8), Style::bold));
  std::string about = fmt::format("{}  {}  {}  {}", local_minute(entry.when()), base::one_line(entry.publisher),
                                  joined(entry.areas), joined(entry.topics));
  if (!entry.also.empty()) {
    about += "  also:";
    for (const auto& publisher : entry.also) about += " " + base::one_line(publisher);
  }
  out += "        " + styled(fit(about, width - 8), Style::dim) + "\n";
  for (const auto& stored : entry.deadlines)
    out += fmt::format("        {} {} {}\n", styled("▶", Style::yellow), base::to_iso_date(stored.deadline.closes),
                       to_string(stored.deadline.kind));
  if (!entry.snippet.empty()) out += fmt::format("        {}\n", marked(entry.snippet));
  return out;
}

std::string json_line(const archive::EntrySummary& entry) {
  JsonObject line;
  line.add("id", entry.id).add("story", entry.story).add("title", entry.title.view()).add("url", entry.url);
  line.add("publisher", entry.publisher).add("feed", entry.feed_id).add("kind", entry.kind).add("lang", entry.language);
  line.add("published", entry.published).add("arrived", std::optional(entry.arrived));
  line.add("areas", entry.areas).add("topics", entry.topics);
  std::vector<JsonObject> deadlines;
  for (const auto& stored : entry.deadlines) {
    JsonObject deadline;
    deadline.add("date", base::to_iso_date(stored.deadline.closes)).add("kind", to_string(stored.deadline.kind));
    if (stored.moved_from) deadline.add("moved_from", base::to_iso_date(*stored.moved_from));
    deadlines.push_back(std::move(deadline));
  }
  line.add("deadlines", std::move(deadlines)).add("tellings", entry.tellings).add("also", entry.also);
  return line.print();
}

std::string csv_head() { return "id,story,arrived,published,publisher,title,url,lang,kind,areas,topics,deadlines\r\n"; }

std::string csv_line(const archive::EntrySummary& entry) {
  std::vector<std::string> deadlines;
  for (const auto& stored : entry.deadlines) deadlines.push_back(base::to_iso_date(stored.deadline.closes));
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\r\n", entry.id, entry.story, base::to_rfc3339(entry.arrived),
                     entry.published ? base::to_rfc3339(*entry.published) : "", csv_cell(entry.publisher),
                     csv_cell(entry.title.view()), csv_cell(entry.url), entry.language, entry.kind,
                     csv_cell(joined(entry.areas)), csv_cell(joined(entry.topics)), csv_cell(joined(deadlines)));
}

}  // namespace sotevahti::cli
