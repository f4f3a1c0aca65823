// What of tags.d a single value cannot show: rules that can never count, genitives of names that nothing has. Internal
// to the room; one thread.
#pragma once
#include <string_view>
#include <vector>

#include "config/problems.h"
#include "config/taxonomy.h"
#include "config/toml_table.h"

namespace sotevahti::config {

// `table` is where the rules stand; `sets` are the names that "@name" may be.
void check_rules(const TopicRules& rules, const Table& table, const std::vector<std::string_view>& sets);

// `spot` is where the area's genitives stand.
void check_genitives(const Area& area, const std::vector<Place>& places, const Spot& spot, Problems& problems);

}  // namespace sotevahti::config
