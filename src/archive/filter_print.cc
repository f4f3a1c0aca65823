#include <algorithm>

#include "archive/filter.h"
#include "archive/filter_words.h"

namespace sotevahti::archive {
namespace {

using Kind = Filter::Kind;

bool needs_quotes(const std::string& value) { return value.find_first_of(" ,()\"\t") != std::string::npos; }

std::string print_values(std::string_view key, const std::vector<std::string>& values) {
  std::string text(key);
  text += ':';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text += ',';
    text += needs_quotes(values[i]) ? '"' + values[i] + '"' : values[i];
  }
  return text;
}

std::string print(const Filter& filter);

std::string in_brackets(const Filter& filter) { return '(' + print(filter) + ')'; }

std::string print_parts(const Filter& filter, std::string_view between, Kind bracketed) {
  std::string text;
  for (const Filter& part : filter.parts) {
    if (!text.empty()) text += between;
    text += part.kind == bracketed ? in_brackets(part) : print(part);
  }
  return text;
}

std::string print(const Filter& filter) {
  switch (filter.kind) {
    case Kind::everything: return "";
    case Kind::both: return print_parts(filter, " ", Kind::either);
    case Kind::either: return print_parts(filter, " OR ", Kind::everything);
    case Kind::negation: {
      const Filter& part = filter.parts.front();
      const bool joined = part.kind == Kind::both || part.kind == Kind::either;
      return '-' + (joined ? in_brackets(part) : print(part));
    }
    case Kind::word: return filter.values.front();
    case Kind::prefix: return filter.values.front() + '*';
    case Kind::exact: return '=' + filter.values.front();
    case Kind::phrase: return '"' + filter.values.front() + '"';
    case Kind::has_deadline: return std::string(has_deadline_text);
    case Kind::every_telling: return std::string(every_telling_text);
    default: break;
  }
  const auto key = std::find_if(filter_keys.begin(), filter_keys.end(),
                                [&](const FilterKey& known) { return known.kind == filter.kind; });
  return print_values(key->name, filter.values);
}

}  // namespace

std::string print_filter(const Filter& filter) { return print(filter); }

}  // namespace sotevahti::archive
