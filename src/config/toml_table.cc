#include "config/toml_table.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "base/content.h"
#include "base/hash.h"
#include "config/nearest.h"

namespace sotevahti::config {
namespace {

constexpr std::size_t most_bytes = std::size_t{16} << 20;  // of a file: twenty thousand feeds are 8 MB

std::string_view kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "a list";
    case toml::node_type::string: return "a text";
    case toml::node_type::integer: return "a whole number";
    case toml::node_type::floating_point: return "a number with a fraction";
    case toml::node_type::boolean: return "true or false";
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time: return "a date";
    case toml::node_type::none: break;
  }
  return "nothing";
}

// Line breaks would forge lines of a log, a mail's head or a request.
bool is_one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// toml++ says where and what; an admin who does not know TOML needs what to write.
std::string_view remedy(std::string_view cause) {
  constexpr std::pair<std::string_view, std::string_view> remedies[] = {
      {"not representable", "write a smaller number"},
      {"redefine", "it stands twice: take one of them out"},
      {"string", "a text ends with the quote that it begins with, on the same line; write \\\\ for a backslash"},
      {"table header", "write [name] on a line of its own"},
      {"array", "write a list as [\"...\", \"...\"]"},
      {"inline table", "write {name = \"...\", name = \"...\"} on one line"},
      {"utf-8", "save the file as UTF-8"},
      {"expected a comment or whitespace", "one key a line: key = value"},
      {"key-value pair", "write key = value"},
  };
  for (const auto& [word, remedy] : remedies) {
    if (cause.find(word) != std::string_view::npos) return remedy;
  }
  return "a text stands in quotes: key = \"...\"";
}

std::string as_sentence(std::string_view cause) {
  constexpr std::string_view opening = "Error while parsing ";
  const bool opens_so = cause.starts_with(opening);
  if (opens_so) cause.remove_prefix(opening.size());
  return fmt::format("is no TOML{}{}; {}", opens_so ? ", in the " : ": ", cause, remedy(cause));
}

}  // namespace

Table::Table(const toml::table& table, std::string name, const std::string& source, Problems& problems)
    : table_(table), name_(std::move(name)), source_(source), problems_(problems) {}

int Table::line() const { return static_cast<int>(table_.source().begin.line); }

Spot Table::spot_of(const toml::node& node) const { return {source_, static_cast<int>(node.source().begin.line), 0}; }

Spot Table::spot(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return node == nullptr ? spot() : spot_of(*node);
}

std::string Table::path_to(std::string_view key) const {
  const bool is_bare = std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  std::string own = is_bare ? std::string(key) : as_toml(key);
  const auto from = name_.find_first_not_of('[');
  if (from == std::string::npos) return own;
  return fmt::format("{}.{}", name_.substr(from, name_.find_last_not_of(']') + 1 - from), own);
}

bool Table::has(std::string_view key) const { return table_.contains(key); }

bool Table::is_table(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return node != nullptr && (node->is_table() || node->is_array_of_tables());
}

std::vector<std::string_view> Table::keys() const {
  std::vector<std::string_view> keys;
  for (const auto& [key, node] : table_) keys.push_back(key.str());
  return keys;
}

const toml::node* Table::find(std::string_view key) {
  asked_.push_back(key);
  return table_.get(key);
}

void Table::wrong_type(std::string_view key, const toml::node& found, std::string_view wanted) const {
  problems_.add(spot_of(found), fmt::format("{} is {}: write {}", key, kind_of(found), wanted));
}

std::optional<std::string_view> Table::text_of(std::string_view key, const toml::node& node,
                                               std::string_view wanted) const {
  const auto* found = node.as_string();
  if (found == nullptr) {
    wrong_type(key, node, wanted);
    return std::nullopt;
  }
  if (!is_one_line(found->get())) {
    problems_.add(spot_of(node), fmt::format("{} holds a line break or control character: write it on one line", key));
    return std::nullopt;
  }
  return found->get();
}

std::optional<std::string_view> Table::text(std::string_view key, std::string_view example) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_string()) {
    wrong_type(key, *node, fmt::format("a text in quotes, {} = \"{}\"", key, example));
    return std::nullopt;
  }
  return text_of(key, *node, "");
}

std::string_view Table::required_text(std::string_view key) {
  const bool absent = !has(key);
  const auto found = text(key);
  if (absent || (found && found->empty())) {
    refuse(key, fmt::format("{} needs {}: write {} = \"...\"", name_, key, key));
  }
  return found.value_or("");
}

std::optional<bool> Table::flag(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* found = node->as_boolean()) return found->get();
  wrong_type(key, *node, fmt::format("{} = true or {} = false, without quotes", key, key));
  return std::nullopt;
}

std::optional<std::string_view> Table::word(std::string_view key, const std::vector<std::string_view>& known) {
  const auto found = text(key);
  if (!found || found->empty() || std::find(known.begin(), known.end(), *found) != known.end()) return found;
  const std::string hint = did_you_mean(*found, known);
  refuse(key, fmt::format("unknown {} \"{}\"{} {} one of {}", key, *found, hint.empty() ? ":" : hint,
                          hint.empty() ? "write" : "Write", fmt::join(known, ", ")));
  return found;
}

std::optional<Table> Table::table(std::string_view key, std::string_view wanted) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* found = node->as_table()) return Table(*found, fmt::format("[{}]", path_to(key)), source_, problems_);
  wrong_type(key, *node, wanted.empty() ? fmt::format("a table, [{}]", path_to(key)) : std::string(wanted));
  return std::nullopt;
}

std::vector<std::string_view> Table::texts(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return {};
  const std::string wanted = fmt::format("a list of texts, {} = [\"...\", \"...\"]", key);
  const auto* list = node->as_array();
  if (list == nullptr) {
    wrong_type(key, *node, wanted);
    return {};
  }
  std::vector<std::string_view> found;
  found.reserve(list->size());
  for (const toml::node& item : *list) {
    const auto one = text_of(key, item, wanted);
    if (!one) continue;
    if (one->empty()) {
      problems_.add(spot_of(item), fmt::format("{} holds an empty text: take it out", key));
    } else {
      found.push_back(*one);
    }
  }
  return found;
}

std::vector<Table> Table::tables(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return {};
  const std::string wanted = fmt::format("tables, each under its own [[{}]]", path_to(key));
  const auto* list = node->as_array();
  if (list == nullptr) {
    wrong_type(key, *node, wanted);
    return {};
  }
  const std::string name = fmt::format("[[{}]]", path_to(key));
  std::vector<Table> found;
  found.reserve(list->size());
  for (const toml::node& item : *list) {
    if (const auto* one = item.as_table()) {
      found.emplace_back(*one, name, source_, problems_);
    } else {
      wrong_type(key, item, wanted);
    }
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> Table::pairs(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return {};
  const std::string wanted = fmt::format("a list of pairs, {} = [[\"...\", \"...\"]]", key);
  const auto* list = node->as_array();
  if (list == nullptr) {
    wrong_type(key, *node, wanted);
    return {};
  }
  std::vector<std::pair<std::string, std::string>> found;
  for (const toml::node& item : *list) {
    const auto* pair = item.as_array();
    if (pair == nullptr || pair->size() != 2) {
      problems_.add(spot_of(item), fmt::format("{} holds what is no pair: write {}", key, wanted));
      continue;
    }
    const auto first = text_of(key, *pair->get(0), wanted);
    const auto second = text_of(key, *pair->get(1), wanted);
    if (first && second) found.emplace_back(*first, *second);
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> Table::map(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return {};
  const std::string wanted = fmt::format("{} = {{name = \"...\"}}", key);
  const auto* names = node->as_table();
  if (names == nullptr) {
    wrong_type(key, *node, wanted);
    return {};
  }
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& [name, item] : *names) {
    if (const auto one = text_of(name.str(), item, wanted)) found.emplace_back(name.str(), *one);
  }
  return found;
}

std::optional<Value> Table::value(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  Value found;
  found.kind = kind_of(*node);
  if (const auto* word = node->as_string()) {
    if (!text_of(key, *node, "")) return std::nullopt;
    found.held = word->get();
  } else if (const auto* number = node->as_integer()) {
    found.held = number->get();
  } else if (node->is_array()) {
    std::vector<std::string> list;
    for (const std::string_view item : texts(key)) list.emplace_back(item);
    found.held = std::move(list);
  }
  return found;
}

void Table::refuse_unknown() const {
  for (const auto& [key, node] : table_) {
    if (std::find(asked_.begin(), asked_.end(), key.str()) != asked_.end()) continue;
    const int line = static_cast<int>(key.source().begin.line);
    problems_.add({source_, line, 0},
                  fmt::format("unknown key \"{}\"{}{}", key.str(), name_.empty() ? "" : " in " + name_,
                              did_you_mean(key.str(), asked_)));
  }
}

Document::Document(std::unique_ptr<toml::table> table, std::string name, std::uint64_t hash, Problems& problems)
    : table_(std::move(table)),
      name_(std::make_unique<std::string>(std::move(name))),
      hash_(hash),
      problems_(&problems) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Table Document::root() const { return {*table_, "", *name_, *problems_}; }

std::optional<Document> Document::read(const std::filesystem::path& file, Problems& problems) {
  return read(file, file.string(), problems);
}

std::optional<Document> Document::read(const std::filesystem::path& file, std::string name, Problems& problems) {
  const auto content = base::content_of(file, most_bytes);
  if (!content) {
    problems.add({std::move(name)}, content.error().message);
    return std::nullopt;
  }
  return parse(*content, std::move(name), problems);
}

std::optional<Document> Document::parse(std::string_view text, std::string name, Problems& problems) {
  try {
    auto table = std::make_unique<toml::table>(toml::parse(text));
    return Document(std::move(table), std::move(name), base::hash64(text), problems);
  } catch (const toml::parse_error& error) {
    const auto& at = error.source().begin;
    problems.add({std::move(name), static_cast<int>(at.line), static_cast<int>(at.column)},
                 as_sentence(error.description()));
    return std::nullopt;
  }
}

std::vector<std::filesystem::path> toml_files(const std::filesystem::path& dir, Problems& problems) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  if (!std::filesystem::exists(dir, error) && !error) return files;
  std::filesystem::directory_iterator entries(dir, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    const auto& path = entries->path();
    const bool is_hidden = path.filename().native().starts_with('.');
    if (path.extension() == ".toml" && !is_hidden) files.push_back(path);
  }
  if (error) problems.add({dir.string()}, "cannot be read: " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

std::string as_toml(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04X}", unsigned{byte});
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace sotevahti::config
