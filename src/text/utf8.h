// UTF-8 as RFC 3629 has it: checked, repaired, walked. Pure; any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sotevahti::text {

// Where the run of ASCII that begins at `at` ends.
std::size_t ascii_end(std::string_view bytes, std::size_t at);
bool is_valid_utf8(std::string_view bytes);
// Every maximal invalid part becomes one U+FFFD; surrogates and values over 10FFFF are invalid.
std::string repair_utf8(std::string_view bytes);
// The code point at `at`, which moves behind it; U+FFFD and one byte on where it is invalid.
inline char32_t next_code_point(std::string_view utf8, std::size_t& at);
void append_utf8(std::string& to, char32_t code_point);
// The longest prefix of at most `bytes` that ends between characters.
std::string_view utf8_prefix(std::string_view utf8, std::size_t bytes);
// Columns on a terminal: 0 for combining marks, 2 for wide characters.
std::size_t display_width(std::string_view utf8);
// Letters and digits of any script.
inline bool is_letter(char32_t c);
inline bool is_digit(char32_t c);
inline bool is_upper(char32_t c);
// Of any kind, no-break spaces and line separators too.
bool is_space(char32_t c);
// Simple lower case, one character to one.
inline char32_t to_lower(char32_t c);
// Runs of white space (NBSP and narrow spaces too) become one space; none at the ends.
std::string collapse_space(std::string_view utf8);

// What nearly every character of our languages needs is decided here, the rest by tables.
namespace beyond_latin {
char32_t next_code_point(std::string_view utf8, std::size_t& at);
bool is_letter(char32_t c);
bool is_digit(char32_t c);
bool is_upper(char32_t c);
char32_t to_lower(char32_t c);
}  // namespace beyond_latin

inline char32_t next_code_point(std::string_view utf8, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(utf8[at]);
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  const auto next = static_cast<unsigned char>(at + 1 < utf8.size() ? utf8[at + 1] : 0);
  if (lead != 0xC3 || (next & 0xC0U) != 0x80) return beyond_latin::next_code_point(utf8, at);
  at += 2;
  return 0xC0U | (next & 0x3FU);
}

inline bool is_letter(char32_t c) {
  if (c < 0x80) return (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z';
  if (c >= 0xC0 && c <= 0xFF) return c != 0xD7 && c != 0xF7;
  return beyond_latin::is_letter(c);
}

inline bool is_digit(char32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : beyond_latin::is_digit(c); }

inline bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c >= 0xC0 && c <= 0xFF) return c <= 0xDE && c != 0xD7;
  return beyond_latin::is_upper(c);
}

inline char32_t to_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  if (c >= 0xC0 && c <= 0xFF) return c <= 0xDE && c != 0xD7 ? c + 0x20 : c;
  return beyond_latin::to_lower(c);
}

}  // namespace sotevahti::text
