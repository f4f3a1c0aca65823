#include "text/entities.h"

#include <algorithm>
#include <string>

#include "text/html.h"
#include "text/url_parts.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

struct Entity {
  std::string_view name;
  std::string_view characters;
  bool bare;  // known without its semicolon too
};

constexpr Entity entities[] = {
#include "text/entity_table.inc"
};

constexpr std::size_t longest_name = 31;  // CounterClockwiseContourIntegral
constexpr std::size_t longest_bare_name = 6;

bool is_name_character(char c) { return is_ascii_letter(c) || is_ascii_digit(c); }

// Where the names of each first letter begin: the table is searched within a letter only.
struct LetterIndex {
  std::array<std::uint16_t, 128> first{};
  std::array<std::uint16_t, 128> last{};
};

constexpr LetterIndex make_index() {
  LetterIndex index;
  for (std::size_t i = 0; i < std::size(entities); ++i) {
    const auto letter = static_cast<unsigned char>(entities[i].name[0]);
    if (index.last[letter] == 0) index.first[letter] = static_cast<std::uint16_t>(i);
    index.last[letter] = static_cast<std::uint16_t>(i + 1);
  }
  return index;
}

constexpr LetterIndex letter_index = make_index();

const Entity* find_entity(std::string_view name) {
  if (name.empty() || static_cast<unsigned char>(name[0]) >= 128) return nullptr;
  const auto letter = static_cast<unsigned char>(name[0]);
  const Entity* first = entities + letter_index.first[letter];
  const Entity* last = entities + letter_index.last[letter];
  const Entity* found =
      std::lower_bound(first, last, name, [](const Entity& e, std::string_view n) { return e.name < n; });
  return found != last && found->name == name ? found : nullptr;
}

CharacterReference of_characters(std::string_view characters, std::size_t length) {
  CharacterReference out;
  out.length = length;
  out.size = static_cast<std::uint8_t>(characters.size());
  std::copy(characters.begin(), characters.end(), out.bytes.begin());
  return out;
}

CharacterReference of_code_point(char32_t c, std::size_t length) {
  c = of_windows_1252(c);
  if (c == '\r') c = '\n';
  const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
  std::string utf8;
  if (c == 0) {
    append_utf8(utf8, U'\uFFFD');
  } else if (c == '\f') {
    utf8 = " ";
  } else if (!control) {
    append_utf8(utf8, c);
  }
  return of_characters(utf8, length);
}

int digit_value(char c, bool hexadecimal) {
  if (is_ascii_digit(c)) return c - '0';
  const char small = ascii_lower(c);
  return hexadecimal && small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

CharacterReference numeric_reference(std::string_view text) {
  const bool hexadecimal = text.size() > 2 && ascii_lower(text[2]) == 'x';
  const std::size_t start = hexadecimal ? 3 : 2;
  std::size_t at = start;
  char32_t value = 0;
  for (; at < text.size(); ++at) {
    const int digit = digit_value(text[at], hexadecimal);
    if (digit < 0) break;
    if (value <= 0x10FFFF) value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
  }
  if (at == start) return {};
  if (at < text.size() && text[at] == ';') ++at;
  return of_code_point(value, at);
}

CharacterReference named_reference(std::string_view text, ReferencePlace place) {
  std::size_t end = 1;
  while (end < text.size() && end <= longest_name && is_name_character(text[end])) ++end;
  if (end < text.size() && text[end] == ';') {
    if (const Entity* entity = find_entity(text.substr(1, end - 1))) return of_characters(entity->characters, end + 1);
  }
  for (std::size_t length = std::min(end - 1, longest_bare_name); length >= 2; --length) {
    const Entity* entity = find_entity(text.substr(1, length));
    if (entity == nullptr || !entity->bare) continue;
    const char next = length + 1 < text.size() ? text[length + 1] : ' ';
    if (place == ReferencePlace::attribute && (next == '=' || is_name_character(next))) return {};
    return of_characters(entity->characters, length + 1);
  }
  return {};
}

}  // namespace

char32_t of_windows_1252(char32_t c) {
  constexpr std::array<char16_t, 32> table = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                              0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                              0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                              0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
  return c >= 0x80 && c < 0xA0 ? table[c - 0x80] : c;
}

CharacterReference reference_at(std::string_view text, ReferencePlace place) {
  if (text.size() < 3 || (text[1] != '#' && !is_name_character(text[1]))) return {};
  // Our own output holds nothing but these.
  if (text.starts_with("&lt;")) return of_characters("<", 4);
  if (text.starts_with("&gt;")) return of_characters(">", 4);
  if (text.starts_with("&amp;")) return of_characters("&", 5);
  if (text.starts_with("&quot;")) return of_characters("\"", 6);
  return text[1] == '#' ? numeric_reference(text) : named_reference(text, place);
}

std::string_view entity(std::string_view name) {
  const Entity* found = find_entity(name);
  return found == nullptr ? std::string_view{} : found->characters;
}

std::string decode_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (true) {
    const std::size_t ampersand = text.find('&', at);
    out.append(text, at, ampersand == std::string_view::npos ? ampersand : ampersand - at);
    if (ampersand == std::string_view::npos) return out;
    const CharacterReference reference = reference_at(text.substr(ampersand), ReferencePlace::text);
    if (reference.length == 0) out += '&';
    out += reference.view();
    at = ampersand + std::max<std::size_t>(reference.length, 1);
  }
}

}  // namespace sotevahti::text
