#include "cli/entry_lines.h"

#include <fmt/format.h>

#include "base/log.h"
#include "base/zone.h"
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

}  // namespace sotevahti::cli
