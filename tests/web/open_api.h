// The description of the API, and whether an answer keeps to it: the part of JSON Schema
// 2020-12 that the description uses. A schema that says anything else is an error itself.
#pragma once
#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace sotevahti::web::test {

using Json = nlohmann::ordered_json;

class OpenApi {
 public:
  explicit OpenApi(Json document) : document_(std::move(document)) {}

  const Json& document() const { return document_; }
  // "/entries/{id}", 200: the schema of that answer.
  const Json& schema_of(const std::string& path, int status) const {
    const Json& answer = resolved(document_.at("paths").at(path).at("get").at("responses").at(std::to_string(status)));
    return answer.at("content").front().at("schema");
  }
  // What is wrong, each with its place; empty where nothing is.
  std::vector<std::string> faults(const Json& value, const Json& schema) const {
    std::vector<std::string> found;
    check(value, schema, "$", found);
    return found;
  }
  // Every reference leads somewhere.
  const Json& resolved(const Json& schema) const {
    if (!schema.contains("$ref")) return schema;
    const auto name = schema.at("$ref").get<std::string>();
    return resolved(document_.at(Json::json_pointer(name.substr(1))));
  }

 private:
  void check(const Json& value, const Json& given, const std::string& place, std::vector<std::string>& found) const {
    const Json& schema = resolved(given);
    for (const auto& [word, meaning] : schema.items()) {
      static const std::set<std::string> known = {"type",    "properties", "required",   "additionalProperties",
                                                  "items",   "enum",       "format",     "minimum",
                                                  "maximum", "maxLength",  "description"};
      if (!known.contains(word)) found.push_back(place + ": the schema says " + word);
    }
    if (schema.contains("type") && !is_of_type(value, schema.at("type"))) {
      found.push_back(place + ": " + value.dump() + " is not of type " + schema.at("type").dump());
      return;
    }
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
      found.push_back(place + ": " + value.dump() + " is none of " + schema["enum"].dump());
    if (value.is_string() && schema.contains("format")) check_format(value, schema.at("format"), place, found);
    if (value.is_object()) check_members(value, schema, place, found);
    if (value.is_array() && schema.contains("items"))
      for (std::size_t i = 0; i < value.size(); ++i)
        check(value[i], schema.at("items"), place + "[" + std::to_string(i) + "]", found);
  }

  void check_members(const Json& value, const Json& schema, const std::string& place,
                     std::vector<std::string>& found) const {
    for (const auto& name : schema.value("required", Json::array()))
      if (!value.contains(name.get<std::string>())) found.push_back(place + ": lacks " + name.dump());
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [name, member] : value.items()) {
      if (properties.contains(name)) check(member, properties.at(name), place + "." + name, found);
      else found.push_back(place + ": has " + name + ", of which the schema knows nothing");
    }
  }

  static bool is_of_type(const Json& value, const Json& type) {
    if (type.is_array())
      return std::any_of(type.begin(), type.end(), [&](const Json& each) { return is_of_type(value, each); });
    const auto name = type.get<std::string>();
    return (name == "object" && value.is_object()) || (name == "array" && value.is_array()) ||
           (name == "string" && value.is_string()) || (name == "integer" && value.is_number_integer()) ||
           (name == "number" && value.is_number()) || (name == "boolean" && value.is_boolean()) ||
           (name == "null" && value.is_null());
  }

  static void check_format(const std::string& text, const std::string& format, const std::string& place,
                           std::vector<std::string>& found) {
    static const std::regex day("\\d{4}-\\d{2}-\\d{2}");
    static const std::regex moment("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
    static const std::regex address("/api/v1/[-a-z/0-9?&=%._~A-Z]+");
    const std::regex& form = format == "date" ? day : format == "date-time" ? moment : address;
    if (!std::regex_match(text, form)) found.push_back(place + ": " + text + " is no " + format);
  }

  Json document_;
};

}  // namespace sotevahti::web::test
