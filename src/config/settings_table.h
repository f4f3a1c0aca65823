// The one table of all settings: name, type, default, bounds and words of help of
// each key. Reading, the environment, the example, the man page and `config show`
// all go by it. Internal to the room; built once, any thread.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "config/toml_table.h"

namespace sotevahti::config {

struct Key {
  std::string_view name;        // "poll.host_gap_ms"
  std::string_view type;        // "time", "size", "path" ...
  std::string bounds;           // "10min to 7d"; empty where there are none
  std::string_view help;        // sentences
  std::string_view worked_out;  // how a default comes about that "" stands for; else empty
  // Sets it; says what is wrong, or nothing. A path comes out as it was written.
  std::function<std::string(const Value&, Settings&)> set;
  std::function<std::string(const Settings&)> show;  // as TOML
  // The member, where the key holds a path.
  std::function<std::filesystem::path*(Settings&)> path;

  std::string_view section() const { return name.substr(0, name.find('.')); }
  std::string_view key() const { return name.substr(name.find('.') + 1); }
  std::string variable() const;  // SOTEVAHTI_POLL_HOST_GAP_MS
};

const std::vector<Key>& setting_keys();
const Key* find_key(std::string_view name);
// "archive", "feeds" ... in the table's order.
const std::vector<std::string_view>& setting_sections();

// Bounds of a `[poll.hosts."..."]` table, which has no line in the table of keys.
inline constexpr int most_host_connections = 64;
inline constexpr int most_host_gap_ms = 600'000;

}  // namespace sotevahti::config
