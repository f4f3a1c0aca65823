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
char32_t next_code_point(std::string_view utf8, std::size_t& at);
void append_utf8(std::string& to, char32_t code_point);
// The longest prefix of at most `bytes` that ends between characters.
std::string_view utf8_prefix(std::string_view utf8, std::size_t bytes);
// Columns on a terminal: 0 for combining marks, 2 for wide characters.
std::size_t display_width(std::string_view utf8);
// Letters and digits of any script.
bool is_letter(char32_t c);
bool is_digit(char32_t c);
bool is_upper(char32_t c);
// Of any kind, no-break spaces and line separators too.
bool is_space(char32_t c);
// Simple lower case, one character to one.
char32_t to_lower(char32_t c);
// Runs of white space (NBSP and narrow spaces too) become one space; none at the ends.
std::string collapse_space(std::string_view utf8);

}  // namespace sotevahti::text
