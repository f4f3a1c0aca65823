#include "config/taxonomy_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "config/nearest.h"

namespace sotevahti::config {
namespace {

using Words = std::vector<std::string_view>;

template <class Text>
bool holds(const std::vector<Text>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Each alternative of a term has letters, and each "@name" is a set.
void check_term(const Table& table, std::string_view key, const std::string& term, const Words& sets) {
  std::string_view rest = term;
  while (true) {
    const auto bar = rest.find('|');
    const std::string_view one = rest.substr(0, bar);
    if (one.find_first_not_of(" =*.@|") == std::string_view::npos) {
      table.refuse(key, fmt::format("{} holds \"{}\", which can never match: write a word", key, term));
      return;
    }
    for (auto at = one.find('@'); at != std::string_view::npos; at = one.find('@', at + 1)) {
      const std::string_view name = one.substr(at + 1, one.substr(at + 1).find_first_of(" |"));
      if (holds(sets, name)) continue;
      table.refuse(key, fmt::format("\"{}\" names the set \"{}\", which is not in [sets]{}", term, name,
                                    did_you_mean(name, sets)));
    }
    if (bar == std::string_view::npos) return;
    rest.remove_prefix(bar + 1);
  }
}

}  // namespace

void check_rules(const TopicRules& rules, const Table& table, const Words& sets) {
  const auto check_counts = [&](std::string_view key, const std::string& term) {
    if (holds(rules.except, term))
      table.refuse(key, fmt::format("\"{}\" can never count, for it stands in not too: take it out of one", term));
  };
  const auto check_all = [&](std::string_view key, const std::vector<std::string>& terms) {
    for (const std::string& term : terms) {
      check_term(table, key, term, sets);
      check_counts(key, term);
    }
  };
  check_all("strong", rules.strong);
  check_all("title", rules.title);
  check_all("weak", rules.weak);
  for (const std::string& phrase : rules.except) check_term(table, "not", phrase, sets);
  for (const auto& [term, other] : rules.with) {
    check_term(table, "with", term, sets);
    check_term(table, "with", other, sets);
    check_counts("with", term);
  }
}

void check_genitives(const Area& area, const std::vector<Place>& places, const Spot& spot, Problems& problems) {
  Words names(area.aliases.begin(), area.aliases.end());
  names.push_back(area.short_name.fi);
  for (const Place& place : places)
    if (holds(place.areas, area.id)) names.push_back(place.name);
  for (const auto& [name, genitive] : area.genitives) {
    if (genitive.empty()) problems.add(spot, fmt::format("the genitive of \"{}\" is empty", name));
    if (holds(names, name)) continue;
    problems.add(spot, fmt::format("genitives: \"{}\" is neither an alias nor a place of {}{}", name, area.id,
                                   did_you_mean(name, names)));
  }
}

}  // namespace sotevahti::config
