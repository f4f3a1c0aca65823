// TOML read key by key: each reader notes what is wrong with its value as a
// problem at file and line and goes on, and keys that nobody asked for are
// unknown. Keeps toml++ out of the other files. Views live as long as their
// Document. Internal to the room; one thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "config/problems.h"

namespace toml {
inline namespace v3 {
class node;
class table;
}  // namespace v3
}  // namespace toml

namespace sotevahti::config {

// A value before it is known what it is to be.
struct Value {
  std::variant<std::monostate, std::string, std::int64_t, std::vector<std::string>> held;
  std::string kind;               // "a text", "a whole number" ...: for the admin
  bool from_environment = false;  // then a text may stand for a number or a list
};

class Table {
 public:
  Table(const toml::table& table, std::string name, const std::string& source, Problems& problems);

  int line() const;
  const std::string& name() const { return name_; }  // "[poll]", as messages call it; the root's is empty
  Spot spot() const { return {source_, line(), 0}; }
  Spot spot(std::string_view key) const;  // of its value; of the table where there is none
  void refuse(std::string_view key, std::string cause) const { problems_.add(spot(key), std::move(cause)); }
  bool has(std::string_view key) const;
  bool is_table(std::string_view key) const;
  std::vector<std::string_view> keys() const;

  // Nothing where the key is absent, or where its value is of another type, which is noted.
  std::optional<std::string_view> text(std::string_view key, std::string_view example = "...");
  std::optional<bool> flag(std::string_view key);
  // `wanted` says how the table is written, where not under a heading of its own.
  std::optional<Table> table(std::string_view key, std::string_view wanted = "");
  // A text that is one of these; another is noted with the nearest, and given all the same.
  std::optional<std::string_view> word(std::string_view key, const std::vector<std::string_view>& known);
  // An absent or empty text is noted too, and is "".
  std::string_view required_text(std::string_view key);
  std::vector<std::string_view> texts(std::string_view key);
  // `[[key]]`, or a list of inline tables.
  std::vector<Table> tables(std::string_view key);
  // [["a", "b"], ...]
  std::vector<std::pair<std::string, std::string>> pairs(std::string_view key);
  // {a = "b", ...}
  std::vector<std::pair<std::string, std::string>> map(std::string_view key);
  std::optional<Value> value(std::string_view key);

  // Notes the keys that nobody asked for, each with the nearest of those asked for.
  void refuse_unknown() const;

 private:
  const toml::node* find(std::string_view key);
  std::string path_to(std::string_view key) const;  // "poll.hosts"
  void wrong_type(std::string_view key, const toml::node& found, std::string_view wanted) const;
  std::optional<std::string_view> text_of(std::string_view key, const toml::node& node, std::string_view wanted) const;
  Spot spot_of(const toml::node& node) const;

  const toml::table& table_;
  std::string name_;
  const std::string& source_;
  Problems& problems_;
  std::vector<std::string_view> asked_;
};

// One file. What cannot be read or is no TOML is noted, and there is no document.
class Document {
 public:
  static std::optional<Document> read(const std::filesystem::path& file, Problems& problems);
  static std::optional<Document> read(const std::filesystem::path& file, std::string name, Problems& problems);
  static std::optional<Document> parse(std::string_view text, std::string name, Problems& problems);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Table root() const;
  const std::string& name() const { return *name_; }
  std::uint64_t content_hash() const { return hash_; }

 private:
  Document(std::unique_ptr<toml::table> table, std::string name, std::uint64_t hash, Problems& problems);

  std::unique_ptr<toml::table> table_;
  std::unique_ptr<std::string> name_;  // where tables find it, even when the document moves
  std::uint64_t hash_;
  Problems* problems_;
};

// The *.toml files of a folder, by name; a folder that is not there has none.
std::vector<std::filesystem::path> toml_files(const std::filesystem::path& dir, Problems& problems);

// `text` as TOML writes it: in quotes, with its escapes.
std::string as_toml(std::string_view text);

}  // namespace sotevahti::config
