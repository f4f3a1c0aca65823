#include "digest/wrap.h"

#include <algorithm>

#include "text/utf8.h"

namespace sotevahti::digest {
namespace {

void wrap_line(std::string_view line, std::size_t columns, std::string& out) {
  const auto indent = std::min(line.find_first_not_of(' '), line.size());
  const std::string_view mark = line.substr(indent).starts_with("* ") ? "* " : "";
  const std::size_t hang = indent + mark.size();
  out.append(line.substr(0, hang));
  line.remove_prefix(hang);
  std::size_t used = hang;
  bool at_start = true;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    const std::size_t width = text::display_width(word);
    if (!at_start && used + 1 + width > columns) {
      out += '\n';
      out.append(hang, ' ');
      used = hang;
    } else if (!at_start) {
      out += ' ';
      ++used;
    }
    out += word;
    used += width;
    at_start = false;
    line.remove_prefix(std::min(end + 1, line.size()));
  }
}

}  // namespace

std::string wrap(std::string_view text, std::size_t columns) {
  std::string out;
  bool was_empty = true;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const bool is_empty = line.find_first_not_of(' ') == std::string_view::npos;
    if (!is_empty || !was_empty) {
      if (!is_empty) wrap_line(line, columns, out);
      out += '\n';
    }
    was_empty = is_empty;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string with_plain_spaces(std::string text) {
  constexpr std::string_view no_break_space = "\u00a0";
  for (auto at = text.find(no_break_space); at != std::string::npos; at = text.find(no_break_space, at))
    text.replace(at, no_break_space.size(), " ");
  return text;
}

}  // namespace sotevahti::digest
