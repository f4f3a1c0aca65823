#include "cli/json.h"

#include <nlohmann/json.hpp>

#include "base/zone.h"

namespace sotevahti::cli {

struct JsonObject::Value {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
};

JsonObject::JsonObject() : value_(std::make_unique<Value>()) {}
JsonObject::~JsonObject() = default;
JsonObject::JsonObject(JsonObject&&) noexcept = default;
JsonObject& JsonObject::operator=(JsonObject&&) noexcept = default;

JsonObject& JsonObject::add(std::string_view name, std::string_view value) {
  value_->json[std::string(name)] = std::string(value);
  return *this;
}
JsonObject& JsonObject::add(std::string_view name, std::int64_t value) {
  value_->json[std::string(name)] = value;
  return *this;
}
JsonObject& JsonObject::add(std::string_view name, double value) {
  value_->json[std::string(name)] = value;
  return *this;
}
JsonObject& JsonObject::add(std::string_view name, bool value) {
  value_->json[std::string(name)] = value;
  return *this;
}
JsonObject& JsonObject::add(std::string_view name, const std::vector<std::string>& values) {
  value_->json[std::string(name)] = values;
  return *this;
}
JsonObject& JsonObject::add(std::string_view name, const std::optional<base::Time>& time) {
  if (time) return add(name, std::string_view(base::to_rfc3339(*time)));
  value_->json[std::string(name)] = nullptr;
  return *this;
}
JsonObject& JsonObject::add(std::string_view name, std::vector<JsonObject> values) {
  auto& list = value_->json[std::string(name)] = nlohmann::ordered_json::array();
  for (auto& value : values) list.push_back(std::move(value.value_->json));
  return *this;
}

std::string JsonObject::print() const {
  return value_->json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace sotevahti::cli
