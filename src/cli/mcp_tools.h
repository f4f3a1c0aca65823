// What an assistant can ask the archive by the Model Context Protocol: the tools, their
// descriptions, and their answers in the forms of the web's API. Reads only. Inside the
// room; knows nlohmann.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "archive/search.h"
#include "base/result.h"
#include "config/catalogue.h"
#include "config/taxonomy.h"

namespace sotevahti::cli {

using Json = nlohmann::ordered_json;

// What tools answer from, at one moment.
struct ToolBench {
  archive::Database& database;
  const config::Taxonomy& taxonomy;
  const config::Catalogue& catalogue;
  base::Time now;

  archive::Search search() const { return archive::Search(database, taxonomy, now); }
};

// The answer as JSON text, or what is wrong with the arguments, in words that help to ask again.
using ToolAnswer = base::Result<std::string>;

struct Tool {
  const char* name;
  const char* title;
  const char* description;
  const char* arguments;  // a JSON Schema
  ToolAnswer (*answer)(const ToolBench& bench, const Json& arguments);
};

// nullptr where none has that name.
const Tool* find_tool(std::string_view name);
Json list_of_tools();

}  // namespace sotevahti::cli
