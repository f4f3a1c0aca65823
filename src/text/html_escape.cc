#include "text/html_escape.h"

#include <algorithm>
#include <array>

#include "text/byte_block.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

// Bytes that are not copied as they are. C2 leads U+0080 to U+00BF.
constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (std::size_t c = 0; c < 0x20; ++c) special[c] = c != '\n' && c != '\t';
  for (const char c : {'&', '<', '>', '"'}) special[static_cast<unsigned char>(c)] = true;
  special[0x7F] = true;
  special[0xC2] = true;
  return special;
}
constexpr std::array<bool, 256> special = make_special();

// From `at`, where the bytes that are copied as they are end; sixteen at a time.
std::size_t behind_ordinary(std::string_view source, std::size_t at) {
  for (; at + ByteBlock::size <= source.size(); at += ByteBlock::size) {
    const ByteBlock block(source.data() + at);
    const ByteBlock white = block.equal('\n') | block.equal('\t');
    const ByteBlock markup = block.equal('&') | block.equal('<') | block.equal('>') | block.equal('"');
    if (((block.below(0x20) & ~white) | markup | block.equal(0x7F) | block.equal(0xC2)).any()) break;
  }
  while (at < source.size() && !special[static_cast<unsigned char>(source[at])]) ++at;
  return at;
}

// Controls go, but line ends and form feeds are white space. Returns the bytes taken.
std::size_t append_control(std::string& to, std::string_view source) {
  const char c = source[0];
  if (c == '\r') to += source.size() > 1 && source[1] == '\n' ? "" : "\n";
  if (c == '\f') to += ' ';
  return 1;
}

// At C2: U+0080 to U+009F are windows-1252's, what that has not goes.
std::size_t append_latin(std::string& to, std::string_view source) {
  std::size_t at = 0;
  const char32_t c = of_windows_1252(next_code_point(source, at));
  if (c >= 0xA0) append_utf8(to, c);
  return at;
}

std::size_t append_special(std::string& to, std::string_view source, ReferencePlace place) {
  const char c = source[0];
  if (c == '&') {
    const CharacterReference reference = reference_at(source, place);
    append_escaped(to, reference.length == 0 ? "&" : reference.view(), place);
    return std::max<std::size_t>(reference.length, 1);
  }
  if (c == '<' || c == '>' || c == '"') {
    append_escaped(to, source.substr(0, 1), place);
    return 1;
  }
  if (c == '\xC2') return append_latin(to, source);
  return append_control(to, source);
}

bool is_copied_in_value(char c) { return c == '<' || c == '>' || c == '"'; }

// What is special in an attribute's value. Returns the bytes taken.
std::size_t append_value_special(std::string& to, std::string_view source) {
  if (source[0] == '\xC2') return append_latin(to, source);
  if (source[0] != '&') return append_control(to, source);
  const CharacterReference reference = reference_at(source, ReferencePlace::attribute);
  to += reference.length == 0 ? "&" : reference.view();
  return std::max<std::size_t>(reference.length, 1);
}

// "" where the character may stand as it is.
std::string_view reference_for(char c, ReferencePlace place) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return place == ReferencePlace::attribute ? "&quot;" : "";
    default: return "";
  }
}

}  // namespace

void append_escaped(std::string& to, std::string_view characters, ReferencePlace place) {
  std::size_t done = 0;
  for (std::size_t at = 0; at < characters.size(); ++at) {
    if (!special[static_cast<unsigned char>(characters[at])]) continue;
    const std::string_view reference = reference_for(characters[at], place);
    if (reference.empty()) continue;
    to.append(characters, done, at - done).append(reference);
    done = at + 1;
  }
  to.append(characters, done);
}

void append_normal_html(std::string& to, std::string_view source, ReferencePlace place) {
  std::size_t at = 0;
  while (at < source.size()) {
    const std::size_t end = behind_ordinary(source, at);
    to.append(source, at, end - at);
    if (end == source.size()) return;
    at = end + append_special(to, source.substr(end), place);
  }
}

std::string attribute_value(std::string_view source) {
  const auto is_copied = [](char c) { return !special[static_cast<unsigned char>(c)] || is_copied_in_value(c); };
  std::string out;
  out.reserve(source.size());
  for (std::size_t at = 0; at < source.size();) {
    const auto begin = source.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = std::find_if_not(begin, source.end(), is_copied);
    out.append(begin, end);
    at = static_cast<std::size_t>(end - source.begin());
    if (at < source.size()) at += append_value_special(out, source.substr(at));
  }
  return out;
}

}  // namespace sotevahti::text
