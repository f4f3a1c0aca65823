#include "text/words.h"

#include "text/utf8.h"

namespace sotevahti::text {
namespace {

constexpr char32_t soft_hyphen = 0x00AD;

bool is_combining(char32_t c) { return c >= 0x0300 && c <= 0x036F; }

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_letter(c) || is_digit(c);
}

bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }
bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019; }

bool may_join(char32_t c) { return is_hyphen(c) || is_apostrophe(c) || c == ':'; }

// May `c` stand between these two in one word? "15:45" is two, "21:stä" one.
bool joins(char32_t before, char32_t c, char32_t after) {
  if (!is_word_character(after)) return false;
  if (is_hyphen(c)) return true;
  if (is_apostrophe(c)) return is_letter(before) && is_letter(after);
  return c == ':' && is_letter(after);
}

bool ends_sentence(char32_t c) { return c == '.' || c == '!' || c == '?' || c == ':' || c == '\n' || c == 0x2026; }

// Behind the small letters of ASCII from `at`, of which most of a word is made.
std::size_t behind_small_letters(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] >= 'a' && text[at] <= 'z') ++at;
  return at;
}

// Reads the word that begins at `at`, and leaves `at` behind it.
Token read_word(std::string_view text, std::size_t& at) {
  Token token;
  token.begin = static_cast<std::uint32_t>(at);
  char32_t last = next_code_point(text, at);
  token.capital = is_upper(last);
  bool only_capitals = token.capital;
  bool in_ending = false;  // of "HUS:n": says nothing of its capitals
  std::size_t letters = 1;
  while (at < text.size()) {
    if (const std::size_t run = behind_small_letters(text, at); run > at) {
      if (!in_ending) {
        only_capitals = false;
        letters += run - at;
      }
      last = static_cast<unsigned char>(text[run - 1]);
      at = run;
      continue;
    }
    std::size_t next = at;
    const char32_t c = next_code_point(text, next);
    const bool invisible = c == soft_hyphen || is_combining(c);
    if (!invisible && !is_word_character(c)) {
      if (!may_join(c) || next >= text.size()) break;
      std::size_t behind = next;
      if (!joins(last, c, next_code_point(text, behind))) break;
      in_ending = in_ending || c == ':';
    } else if (!invisible && !in_ending && is_letter(c)) {
      only_capitals = only_capitals && is_upper(c);
      ++letters;
    }
    if (!invisible) last = c;
    at = next;
  }
  token.end = static_cast<std::uint32_t>(at);
  token.all_capitals = only_capitals && letters > 1;
  token.surface = text.substr(token.begin, token.end - token.begin);
  return token;
}

}  // namespace

std::vector<Token> tokenize(std::string_view utf8) {
  utf8 = utf8.substr(0, UINT32_MAX);
  std::vector<Token> tokens;
  tokens.reserve(utf8.size() / 7);
  bool sentence_start = true;
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t next = at;
    const char32_t c = next_code_point(utf8, next);
    if (!is_word_character(c)) {
      sentence_start = sentence_start || ends_sentence(c);
      at = next;
      continue;
    }
    tokens.push_back(read_word(utf8, at));
    tokens.back().sentence_start = sentence_start;
    sentence_start = false;
  }
  return tokens;
}

std::string lower(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (byte < 0x80) {
      out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      ++at;
    } else {
      append_utf8(out, to_lower(next_code_point(utf8, at)));
    }
  }
  return out;
}

}  // namespace sotevahti::text
