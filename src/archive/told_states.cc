#include "archive/told_states.h"

#include "archive/meta.h"
#include "archive/query.h"

namespace sotevahti::archive {
namespace {

constexpr std::string_view key = "source note";

}  // namespace

std::optional<base::Time> ToldStates::last_note() {
  const auto at = read_meta(database_, key);
  return at ? std::optional(base::from_unix(std::stoll(*at))) : std::nullopt;
}

void ToldStates::begin(base::Time at) { write_meta(database_, key, std::to_string(base::to_unix(at))); }

std::unordered_map<std::string, std::string> ToldStates::states() {
  std::unordered_map<std::string, std::string> states;
  Query rows(database_, "SELECT id, told_state FROM feeds WHERE told_state <> ''");
  while (rows.step()) states.emplace(rows.text(0), rows.text(1));
  return states;
}

void ToldStates::write(const std::vector<std::pair<std::string, std::string>>& states, base::Time at) {
  for (const auto& [feed, state] : states) run(database_, "UPDATE feeds SET told_state = ? WHERE id = ?", state, feed);
  begin(at);
}

}  // namespace sotevahti::archive
