#include "feed/json_repair.h"

#include <algorithm>

namespace sotevahti::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool opens(char c) { return c == '{' || c == '['; }

// The next place from `at`, which is in no string, where a list or an object begins or ends.
std::size_t next_bracket(std::string_view utf8, std::size_t at) {
  bool in_string = false;
  for (; at < utf8.size(); ++at) {
    const char c = utf8[at];
    if (in_string) {
      if (c == '\\') ++at;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (opens(c) || c == '}' || c == ']') {
      return at;
    }
  }
  return npos;
}

}  // namespace

std::string cut_json(std::string_view utf8) {
  // {"items": [{...}, {...}, ...]}: an item's end leaves the object and the list open.
  constexpr std::string_view item_level = "{[";
  std::string open;
  std::size_t whole = 0;
  for (std::size_t at = next_bracket(utf8, 0); at != npos; at = next_bracket(utf8, at + 1)) {
    const char c = utf8[at];
    if (opens(c)) {
      open += c;
      continue;
    }
    if (open.empty() || (open.back() == '{') != (c == '}')) break;
    open.pop_back();
    if (c == '}' && open == item_level) whole = at + 1;
  }
  return whole == 0 ? std::string() : std::string(utf8.substr(0, whole)) + "]}";
}

std::size_t depth_of_json(std::string_view utf8) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (std::size_t at = next_bracket(utf8, 0); at != npos; at = next_bracket(utf8, at + 1)) {
    if (opens(utf8[at])) {
      deepest = std::max(deepest, ++depth);
    } else if (depth > 0) {
      --depth;
    }
  }
  return deepest;
}

std::string shallow_json(std::string_view utf8, std::size_t most) {
  std::string out;
  std::size_t copied = 0;
  std::size_t depth = 0;
  for (std::size_t at = next_bracket(utf8, 0); at != npos; at = next_bracket(utf8, at + 1)) {
    if (opens(utf8[at])) {
      if (++depth == most + 1) out.append(utf8, copied, at + 1 - copied);
    } else if (depth > 0 && depth-- == most + 1) {
      copied = at;
    }
  }
  return depth > most ? out : out.append(utf8, copied);
}

}  // namespace sotevahti::feed
