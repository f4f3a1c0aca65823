#include "text/calm.h"

#include "text/utf8.h"

namespace sotevahti::text {
namespace {

// The variants and tags of emoji, in a row too, show nothing of their own.
constexpr char32_t first_unseen = 0xE0000;
// A letter of pointed Hebrew or Vietnamese has up to four; a joined emoji never so many in a row.
constexpr std::size_t most_marks = 4;

// Embeddings, overrides and isolates.
bool turns_order(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

// The next character from `at` that is to go, or the end; `marks` counts those in a row before it.
std::size_t next_unrest(std::string_view utf8, std::size_t at, std::size_t& marks) {
  while (true) {
    const std::size_t beyond = ascii_end(utf8, at);
    if (beyond != at) marks = 0;
    if (beyond == utf8.size()) return beyond;
    at = beyond;
    const char32_t c = next_code_point(utf8, at);
    if (c < 0x300) {
      marks = 0;
      continue;
    }
    if (turns_order(c)) return beyond;
    if (c >= first_unseen) continue;
    marks = display_width(utf8.substr(beyond, at - beyond)) == 0 ? marks + 1 : 0;
    if (marks > most_marks) return beyond;
  }
}

}  // namespace

std::string calm(std::string utf8) {
  std::size_t marks = 0;
  std::size_t at = next_unrest(utf8, 0, marks);
  if (at == utf8.size()) return utf8;
  std::string out;
  out.reserve(utf8.size());
  std::size_t copied = 0;
  while (at < utf8.size()) {
    out.append(utf8, copied, at - copied);
    next_code_point(utf8, at);
    copied = at;
    at = next_unrest(utf8, at, marks);
  }
  return out.append(utf8, copied);
}

}  // namespace sotevahti::text
