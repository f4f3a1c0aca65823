#include "config/settings.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "config/nearest.h"
#include "config/problems.h"
#include "config/settings_checks.h"
#include "config/settings_table.h"
#include "config/toml_table.h"
#include "config/values.h"

namespace sotevahti::config {
namespace {

namespace fs = std::filesystem;

class Loading {
 public:
  explicit Loading(const fs::path& file) {
    loaded_.file = file;
    for (const Key& key : setting_keys()) loaded_.origins.emplace(key.name, "default");
  }

  base::Result<LoadedSettings> run() {
    if (!loaded_.file.empty()) read_file();
    read_environment();
    if (!problems_.empty()) return problems_.failure();
    fill_hosts();
    fill_defaults(loaded_, written_);
    check_together(loaded_.settings, written_, problems_);
    if (!problems_.empty()) return problems_.failure();
    return std::move(loaded_);
  }

 private:
  void read_file();
  void read_section(Table section, std::string_view name);
  void read_hosts(Table hosts);
  void read_host(Table table, const std::string& host);
  std::optional<int> read_number(Table& table, std::string_view key, std::string_view origin, int least, int most);
  void fill_hosts();
  void read_environment();
  void refuse_unknown_variable(std::string_view name);
  void set(const Key& key, const Value& value, const Spot& spot, const fs::path& relative_to);

  struct HostTable {
    std::optional<int> connections, gap_ms;
  };

  LoadedSettings loaded_;
  std::map<std::string, HostTable> hosts_;
  Written written_;
  Problems problems_;
};

void Loading::set(const Key& key, const Value& value, const Spot& spot, const fs::path& relative_to) {
  if (const std::string wrong = key.set(value, loaded_.settings); !wrong.empty()) {
    problems_.add(spot, fmt::format("{}: {}", key.name, wrong));
    return;
  }
  loaded_.origins[std::string(key.name)] = to_string(spot);
  written_[std::string(key.name)] = spot;
  fs::path* path = key.path ? key.path(loaded_.settings) : nullptr;
  const bool is_relative = path != nullptr && !path->empty() && path->is_relative();
  if (is_relative && !path->native().starts_with(credentials_prefix)) *path = (relative_to / *path).lexically_normal();
}

std::string wrong_section(std::string_view name, bool is_table) {
  std::string owners;
  for (const Key& key : setting_keys()) {
    if (key.key() == name) owners += fmt::format("{}[{}]", owners.empty() ? "" : " or ", key.section());
  }
  if (!owners.empty())
    return fmt::format("unknown {0} \"{1}\"; {1} belongs in {2}", is_table ? "table" : "key", name, owners);
  const std::string_view meant = nearest(name, setting_sections());
  const std::string hint = meant.empty() ? "" : fmt::format("; did you mean [{}]?", meant);
  return is_table ? fmt::format("unknown table [{}]{}", name, hint) : fmt::format("unknown key \"{}\"{}", name, hint);
}

std::string wrong_key(std::string_view name, std::string_view section) {
  std::vector<std::string_view> known;
  std::string elsewhere;
  for (const Key& key : setting_keys()) {
    if (key.section() == section) known.push_back(key.key());
    if (key.key() == name && elsewhere.empty()) elsewhere = fmt::format("; it belongs in [{}]", key.section());
  }
  if (section == "poll") known.emplace_back("hosts");
  const std::string hint = did_you_mean(name, known);
  return fmt::format("unknown key \"{}\" in [{}]{}", name, section, elsewhere.empty() ? hint : elsewhere);
}

void Loading::read_file() {
  const auto document = Document::read(loaded_.file, problems_);
  if (!document) return;
  Table root = document->root();
  const auto& sections = setting_sections();
  for (const std::string_view name : root.keys()) {
    const bool is_known = std::find(sections.begin(), sections.end(), name) != sections.end();
    if (!is_known) {
      root.refuse(name, wrong_section(name, root.is_table(name)));
    } else if (auto section = root.table(name)) {
      read_section(std::move(*section), name);
    }
  }
}

void Loading::read_section(Table section, std::string_view name) {
  const fs::path dir = loaded_.file.parent_path();
  for (const std::string_view key_name : section.keys()) {
    const Key* key = find_key(fmt::format("{}.{}", name, key_name));
    if (key != nullptr) {
      if (const auto value = section.value(key_name)) set(*key, *value, section.spot(key_name), dir);
    } else if (name == "poll" && key_name == "hosts") {
      if (auto hosts = section.table(key_name)) read_hosts(std::move(*hosts));
    } else {
      section.refuse(key_name, wrong_key(key_name, name));
    }
  }
}

void Loading::read_hosts(Table hosts) {
  for (const std::string_view name : hosts.keys()) {
    std::string host(name);
    std::transform(host.begin(), host.end(), host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (const std::string wrong = wrong_host_name(host); !wrong.empty()) {
      hosts.refuse(name, fmt::format("poll.hosts: {}", wrong));
    } else if (auto table = hosts.table(name)) {
      read_host(std::move(*table), host);
    }
  }
}

void Loading::read_host(Table table, const std::string& host) {
  const std::string name = fmt::format("poll.hosts.{}", as_toml(host));
  HostTable& read = hosts_[host];
  read.connections = read_number(table, "connections", name, 1, most_host_connections);
  read.gap_ms = read_number(table, "gap_ms", name, 0, most_host_gap_ms);
  table.refuse_unknown();
}

// What a host's table leaves out is as for every host.
void Loading::fill_hosts() {
  auto& poll = loaded_.settings.poll;
  for (const auto& [host, read] : hosts_) {
    poll.hosts[host] = {read.connections.value_or(poll.per_host),
                        read.gap_ms ? milliseconds(*read.gap_ms) : poll.host_gap};
  }
}

std::optional<int> Loading::read_number(Table& table, std::string_view key, std::string_view origin, int least,
                                        int most) {
  const auto value = table.value(key);
  if (!value) return std::nullopt;
  const std::string name = fmt::format("{}.{}", origin, key);
  const auto* number = std::get_if<std::int64_t>(&value->held);
  if (number == nullptr || *number < least || *number > most) {
    table.refuse(key, fmt::format("{}: write a whole number without quotes, {} to {}", name, least, most));
    return std::nullopt;
  }
  loaded_.origins[name] = to_string(table.spot(key));
  return static_cast<int>(*number);
}

void Loading::read_environment() {
  for (const Key& key : setting_keys()) {
    const std::string variable = key.variable();
    const std::string text = environment(variable.c_str());
    if (text.empty()) continue;
    set(key, {text, as_toml(text), true}, {"environment " + variable}, fs::current_path());
  }
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view assignment = *entry;
    refuse_unknown_variable(assignment.substr(0, assignment.find('=')));
  }
}

// Only variables that begin like a section of ours: others may have a meaning elsewhere.
void Loading::refuse_unknown_variable(std::string_view name) {
  std::vector<std::string> known;
  bool is_ours = false;
  for (const Key& key : setting_keys()) {
    known.push_back(key.variable());
    if (known.back() == name) return;
    const auto section_end = std::string_view("SOTEVAHTI_").size() + key.section().size() + 1;
    is_ours = is_ours || name.starts_with(std::string_view(known.back()).substr(0, section_end));
  }
  if (!is_ours) return;
  const std::vector<std::string_view> views(known.begin(), known.end());
  problems_.add({fmt::format("environment {}", name)}, fmt::format("stands for no key{}", did_you_mean(name, views)));
}

}  // namespace

base::Result<fs::path> find_settings_file(const std::string& given) {
  std::error_code error;
  const std::string variable = environment("SOTEVAHTI_CONFIG");
  if (!given.empty() || !variable.empty()) {
    const fs::path named = given.empty() ? variable : given;
    if (fs::exists(named, error)) return named;
    return base::fail(fmt::format("{}: there is no such configuration{}", named.string(),
                                  given.empty() ? "; SOTEVAHTI_CONFIG names it" : ""));
  }
  for (const fs::path usual : {"sotevahti.toml", "/etc/sotevahti/sotevahti.toml"}) {
    if (fs::exists(usual, error)) return usual;
  }
  return fs::path();
}

base::Result<LoadedSettings> load_settings(const fs::path& file) { return Loading(file).run(); }

}  // namespace sotevahti::config
