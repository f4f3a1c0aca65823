// JSON Lines for scripts: a value on one line. nlohmann stays behind it.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace sotevahti::cli {

// An object under construction, members in the order they were added.
class JsonObject {
 public:
  JsonObject();
  ~JsonObject();
  JsonObject(JsonObject&&) noexcept;
  JsonObject& operator=(JsonObject&&) noexcept;

  JsonObject& add(std::string_view name, std::string_view value);
  JsonObject& add(std::string_view name, const char* value) { return add(name, std::string_view(value)); }
  JsonObject& add(std::string_view name, std::int64_t value);
  JsonObject& add(std::string_view name, std::size_t value) { return add(name, static_cast<std::int64_t>(value)); }
  JsonObject& add(std::string_view name, int value) { return add(name, static_cast<std::int64_t>(value)); }
  JsonObject& add(std::string_view name, double value);
  JsonObject& add(std::string_view name, bool value);
  JsonObject& add(std::string_view name, const std::vector<std::string>& values);
  JsonObject& add(std::string_view name, const std::optional<base::Time>& time);  // RFC 3339, null where none
  JsonObject& add(std::string_view name, std::vector<JsonObject> values);
  // One line, without a line feed; invalid UTF-8 is replaced.
  std::string print() const;

 private:
  struct Value;
  std::unique_ptr<Value> value_;
};

}  // namespace sotevahti::cli
