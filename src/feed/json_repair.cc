#include "feed/json_repair.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "feed/ascii.h"

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

constexpr std::size_t unicode_escape = 6;  // \uXXXX

// The UTF-16 unit that an escape at `at` means.
std::optional<char32_t> unit_at(std::string_view utf8, std::size_t at) {
  const std::string_view escape = utf8.substr(at, unicode_escape);
  if (escape.size() < unicode_escape || !escape.starts_with("\\u")) return std::nullopt;
  unsigned unit = 0;
  const auto [end, error] = std::from_chars(escape.data() + 2, escape.data() + escape.size(), unit, 16);
  if (error != std::errc() || end != escape.data() + escape.size()) return std::nullopt;
  return unit;
}

bool is_high_half(std::optional<char32_t> unit) { return unit && *unit >= 0xD800 && *unit < 0xDC00; }
bool is_low_half(std::optional<char32_t> unit) { return unit && *unit >= 0xDC00 && *unit < 0xE000; }

// Writes the escape at `at` and says where it ends.
std::size_t append_escape(std::string& out, std::string_view utf8, std::size_t at) {
  if (const auto unit = unit_at(utf8, at)) {
    const bool is_pair = is_high_half(unit) && is_low_half(unit_at(utf8, at + unicode_escape));
    const std::size_t length = is_pair ? 2 * unicode_escape : unicode_escape;
    const bool is_half = !is_pair && (is_high_half(unit) || is_low_half(unit));
    out += is_half ? std::string_view("\\uFFFD") : utf8.substr(at, length);
    return at + length;
  }
  constexpr std::string_view simple = "\"\\/bfnrt";
  if (at + 1 == utf8.size() || simple.find(utf8[at + 1]) == npos) return at + 1;
  out += utf8.substr(at, 2);
  return at + 2;
}

// Writes the string whose first quote stands at `at` and says where it ends.
std::size_t append_string(std::string& out, std::string_view utf8, std::size_t at) {
  out += utf8[at++];
  while (at < utf8.size()) {
    const char c = utf8[at];
    if (c == '\\') {
      at = append_escape(out, utf8, at);
      continue;
    }
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    ++at;
    if (c == '"') break;
  }
  return at;
}

bool is_of_word(char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '+' || c == '.'; }

// A number or a word outside of strings.
void append_word(std::string& out, std::string_view word) {
  const std::size_t digits = word.starts_with('-') ? 1 : 0;
  if (word == "true" || word == "false" || word == "null") {
    out += word;
  } else if (digits == word.size() || !is_digit(word[digits])) {
    out += "null";
  } else {
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    const bool is_held = error == std::errc();
    if (!is_held) out += '"';
    out += word;
    if (!is_held) out += '"';
  }
}

}  // namespace

std::string sound_json(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size() + utf8.size() / 16);
  for (std::size_t at = 0; at < utf8.size();) {
    if (utf8[at] == '"') {
      at = append_string(out, utf8, at);
    } else if (is_of_word(utf8[at])) {
      std::size_t end = at;
      while (end < utf8.size() && is_of_word(utf8[end])) ++end;
      append_word(out, utf8.substr(at, end - at));
      at = end;
    } else {
      out += utf8[at++];
    }
  }
  return out;
}

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
