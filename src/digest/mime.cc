#include "digest/mime.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "text/types.h"
#include "text/utf8.h"

namespace sotevahti::digest {
namespace {

constexpr std::size_t line_length = 76;
constexpr std::size_t encoded_word_length = 75;  // RFC 2047 section 2

bool is_printable_ascii(char c) { return c >= 0x20 && c < 0x7f; }

// A run without a space could make a line longer than RFC 5322 allows.
std::size_t longest_run(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) longest = std::max(longest, run = c == ' ' ? 0 : run + 1);
  return longest;
}

bool needs_encoding(std::string_view text) {
  return !std::all_of(text.begin(), text.end(), is_printable_ascii) || text.find("=?") != std::string_view::npos ||
         longest_run(text) > 200;
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string hex_byte(char c) { return fmt::format("={:02X}", static_cast<unsigned char>(c)); }

// The "Q" encoding as a phrase allows it, which is the strictest place (RFC 2047 section 5).
std::string q_encoded(std::string_view character) {
  if (character == " ") return "_";
  if (character.size() == 1 &&
      (is_letter_or_digit(character[0]) || std::string_view("!*+-/").find(character[0]) != std::string_view::npos))
    return std::string(character);
  std::string out;
  for (const char c : character) out += hex_byte(c);
  return out;
}

// Encoded words, each on a line of its own; characters are never split.
std::string encoded_words(std::string_view text, std::size_t used) {
  constexpr std::string_view open = "=?utf-8?Q?";
  constexpr std::string_view close = "?=";
  std::string out(open);
  std::size_t length = std::max(used, std::size_t{1}) + open.size() - 1;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    text::next_code_point(text, at);
    const std::string next = q_encoded(text.substr(begin, at - begin));
    if (length + next.size() + close.size() > encoded_word_length) {
      out += fmt::format("{}\r\n {}", close, open);
      length = open.size();
    }
    out += next;
    length += next.size();
  }
  return out.append(close);
}

// ASCII text folded at spaces.
std::string folded(std::string_view text, std::size_t used) {
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (!out.empty()) {
      const bool fits = used + 1 + end <= line_length;
      out += fits ? " " : "\r\n ";
      used = fits ? used + 1 : 1;
    }
    out += text.substr(0, end);
    used += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string quoted_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::string header_field(std::string_view name, std::string_view text) {
  const std::string line = text::HeaderLine::from(text).str();
  const std::size_t used = name.size() + 2;
  return fmt::format("{}: {}\r\n", name, needs_encoding(line) ? encoded_words(line, used) : folded(line, used));
}

std::string address_field(std::string_view name, std::string_view display_name, std::string_view address) {
  const std::string line = text::HeaderLine::from(display_name).str();
  if (line.empty()) return fmt::format("{}: <{}>\r\n", name, address);
  const std::string phrase =
      needs_encoding(line) || line.size() > 200 ? encoded_words(line, name.size() + 2) : quoted_string(line);
  return fmt::format("{}: {}\r\n <{}>\r\n", name, phrase, address);
}

std::string bare_field(std::string_view name, std::string_view value) {
  std::string line;
  std::copy_if(value.begin(), value.end(), std::back_inserter(line), is_printable_ascii);
  return fmt::format("{}: {}\r\n", name, line);
}

bool is_plain_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || address.size() - at - 1 > 255 || at + 1 == address.size())
    return false;
  const auto of = [](std::string_view text, std::string_view extra) {
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_letter_or_digit(c) || extra.find(c) != std::string_view::npos; }) &&
           text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
  };
  return of(address.substr(0, at), "!#$%&'*+-/=?^_`{|}~.") && of(address.substr(at + 1), "-.");
}

std::string quoted_printable(std::string_view text) {
  constexpr std::size_t longest_whole_word = 60;
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  std::size_t column = 0;
  const auto put = [&](std::string_view piece) {
    if (column + piece.size() > line_length - 1) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  };
  const auto is_word = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; };
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '\r') {
      ++i;
    } else if (c == '\n') {
      out += "\r\n";
      column = 0;
      ++i;
    } else if (is_word(c)) {
      std::size_t end = i + 1;
      while (end < text.size() && is_word(text[end]) && end - i < longest_whole_word) ++end;
      put(text.substr(i, end - i));
      i = end;
    } else {
      const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
      // White space at a line's end is lost on the way; a dot or "From " alone troubles old relays.
      const bool literal = is_printable_ascii(c) && c != '=' && !(c == ' ' && ends_line) && !(c == '.' && column == 0);
      put(literal ? std::string(1, c) : hex_byte(c));
      ++i;
    }
  }
  return out;
}

}  // namespace sotevahti::digest
