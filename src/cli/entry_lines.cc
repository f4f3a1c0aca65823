#include "cli/entry_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/deadline_store.h"
#include "base/log.h"
#include "base/zone.h"
#include "cli/prose.h"
#include "cli/terminal.h"

namespace sotevahti::cli {
namespace {

constexpr std::size_t number_columns = 10;  // of an entry's number in our days
constexpr std::size_t least_room = 12;

std::string local_minute(base::Time time) {
  const auto local = base::Zone::helsinki().to_local(time);
  return fmt::format("{} {:02}:{:02}", base::to_iso_date(local.day), local.hour, local.minute);
}

}  // namespace

std::string joined(const std::vector<std::string>& ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : ",") + id;
  return out.empty() ? "-" : out;
}

std::string for_person(const archive::EntrySummary& entry, std::size_t width) {
  const std::string number = fmt::format("{:>{}}", entry.id, number_columns);
  const std::string indent(number_columns + 2, ' ');
  const std::size_t room = width > indent.size() + least_room ? width - indent.size() : least_room;
  const std::string title = fit(base::one_line(entry.title.str()), room);
  std::string out = fmt::format("{}  {}\n", styled(number, Style::dim), linked(styled(title, Style::bold), entry.url));
  std::string about = fmt::format("{}  {}  {}  {}", local_minute(entry.when()), base::one_line(entry.publisher),
                                  joined(entry.areas), joined(entry.topics));
  if (!entry.also.empty()) {
    about += "  also:";
    for (const auto& publisher : entry.also) about += " " + base::one_line(publisher);
  }
  out += indent + styled(fit(about, room), Style::dim) + "\n";
  for (const auto& stored : entry.deadlines)
    out += fmt::format("{}{} {} {}\n", indent, styled("▶", Style::yellow), base::to_iso_date(stored.deadline.closes),
                       tag::to_string(stored.deadline.kind));
  return out + prose(entry.snippet, std::max(width, indent.size() + least_room), indent);
}

}  // namespace sotevahti::cli
