#include "digest/template.h"

#include <algorithm>

namespace sotevahti::digest {
namespace {

// Stands for a line's end while the template is parsed and rendered: the library drops and
// keeps line ends by rules of its own. No value holds a control character.
constexpr char line_end = '\x01';

bool is_lone_tag(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return false;
  const auto last = line.find_last_not_of(" \t\r");
  line = line.substr(first, last - first + 1);
  if (line.size() < 5 || !line.starts_with("{{") || !line.ends_with("}}")) return false;
  return std::string_view("#^/!").find(line[2]) != std::string_view::npos && line.find("}}") == line.size() - 2;
}

std::string with_lines_marked(std::string_view source) {
  std::string out;
  while (!source.empty()) {
    const auto end = std::min(source.find('\n'), source.size());
    std::string_view line = source.substr(0, end);
    const bool has_end = end < source.size();
    source.remove_prefix(has_end ? end + 1 : end);
    if (is_lone_tag(line)) {
      line = line.substr(line.find("{{"));
      out += line.substr(0, line.rfind("}}") + 2);
    } else {
      out += line;
      if (has_end) out += line_end;
    }
  }
  return out;
}

}  // namespace

Template::Template(std::string_view source, Escape escape) : parsed_(with_lines_marked(source)) {
  if (escape == Escape::none) parsed_.set_custom_escape([](const std::string& plain) { return plain; });
}

std::string Template::render(const kainjow::mustache::data& data) {
  std::string out = parsed_.render(data);
  std::replace(out.begin(), out.end(), line_end, '\n');
  return out;
}

std::optional<std::string> Template::fault(std::string_view source) {
  const kainjow::mustache::mustache parsed(with_lines_marked(source));
  return parsed.is_valid() ? std::nullopt : std::optional(parsed.error_message());
}

}  // namespace sotevahti::digest
