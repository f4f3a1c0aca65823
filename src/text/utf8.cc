#include "text/utf8.h"

#include <algorithm>
#include <cstring>

#include "text/byte_block.h"

namespace sotevahti::text {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

struct Sequence {
  std::size_t length = 0;  // of the character, or of the maximal invalid part
  bool valid = false;
};

// The bounds of the second byte keep overlong forms, surrogates and values over 10FFFF out (Unicode, table
// 3-7).
Sequence sequence_at(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
  const unsigned char lead = byte(0);
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead < 0x80) return {1, true};
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {1, false};
  }
  const std::size_t there = std::min(length, bytes.size() - at);
  if (there < 2 || byte(1) < low || byte(1) > high) return {1, false};
  for (std::size_t i = 2; i < there; ++i)
    if (!is_continuation(byte(i))) return {i, false};
  return {there, there == length};
}

// Behind the blocks from `start` that hold ASCII and characters of two bytes alone, as
// nearly all of a Finnish text does. A character begins at `start`; what stands before
// it may be broken, and C0 before a stray continuation must not pass for its lead.
std::size_t behind_simple_blocks(std::string_view bytes, std::size_t start) {
  std::size_t at = start;
  if (start < bytes.size() && is_continuation(static_cast<unsigned char>(bytes[start]))) return start;
  while (at > 0 && at + ByteBlock::size <= bytes.size()) {
    const ByteBlock block(bytes.data() + at);
    const ByteBlock before(bytes.data() + at - 1);
    const ByteBlock continues = block.masked(0xC0, 0x80);
    const ByteBlock follows_lead = before.masked(0xE0, 0xC0);
    const ByteBlock other = block.masked(0xE0, 0xE0) | block.masked(0xFE, 0xC0);
    if (((continues ^ follows_lead) | other).any()) break;
    at += ByteBlock::size;
  }
  // A lead at the very end belongs to what comes.
  const bool in_character = at > start && (static_cast<unsigned char>(bytes[at - 1]) & 0xE0U) == 0xC0U;
  return in_character ? at - 1 : at;
}

std::size_t valid_prefix(std::string_view bytes, std::size_t at) {
  while (true) {
    at = behind_simple_blocks(bytes, at);
    at = ascii_end(bytes, at);
    if (at == bytes.size()) return at;
    const Sequence next = sequence_at(bytes, at);
    if (!next.valid) return at;
    at += next.length;
  }
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Every step-th character from first to last lies `distance` from its lower case.
struct LowerRun {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t step;
  std::int32_t distance;
};

#include "text/unicode_table.inc"

template <class Row, std::size_t count>
const Row* row_of(const Row (&rows)[count], char32_t c) {
  const auto* row = std::upper_bound(std::begin(rows), std::end(rows), c,
                                     [](char32_t value, const Row& r) { return value < r.first; });
  if (row == std::begin(rows)) return nullptr;
  --row;
  return c <= row->last ? row : nullptr;
}

std::size_t width_of(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return 0;
  if (c < 0x300) return 1;
  if (row_of(zero_width_ranges, c) != nullptr) return 0;
  return row_of(wide_ranges, c) != nullptr ? 2 : 1;
}

}  // namespace

std::size_t ascii_end(std::string_view bytes, std::size_t at) {
  while (at + sizeof(std::uint64_t) <= bytes.size()) {
    std::uint64_t chunk = 0;  // eight at a time
    std::memcpy(&chunk, bytes.data() + at, sizeof chunk);
    if ((chunk & 0x8080808080808080ULL) != 0) break;
    at += sizeof chunk;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

bool is_valid_utf8(std::string_view bytes) { return valid_prefix(bytes, 0) == bytes.size(); }

std::string repair_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  std::size_t at = 0;
  while (true) {
    const std::size_t end = valid_prefix(bytes, at);
    out.append(bytes, at, end - at);
    if (end == bytes.size()) return out;
    out += replacement;
    at = end + sequence_at(bytes, end).length;
  }
}

void append_utf8(std::string& to, char32_t c) {
  const auto tail = [](char32_t value) { return static_cast<char>(0x80U | (value & 0x3FU)); };
  if (c < 0x80) {
    to += static_cast<char>(c);
  } else if (c < 0x800) {
    to += static_cast<char>(0xC0U | (c >> 6U));
    to += tail(c);
  } else if ((c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) {
    to += replacement;
  } else if (c < 0x10000) {
    to += static_cast<char>(0xE0U | (c >> 12U));
    to += tail(c >> 6U);
    to += tail(c);
  } else {
    to += static_cast<char>(0xF0U | (c >> 18U));
    to += tail(c >> 12U);
    to += tail(c >> 6U);
    to += tail(c);
  }
}

std::string_view utf8_prefix(std::string_view utf8, std::size_t bytes) {
  if (utf8.size() <= bytes) return utf8;
  while (bytes > 0 && is_continuation(static_cast<unsigned char>(utf8[bytes]))) --bytes;
  return utf8.substr(0, bytes);
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) width += width_of(next_code_point(utf8, at));
  return width;
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string collapse_space(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  bool gap = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    if (is_space(next_code_point(utf8, at))) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out.append(utf8, start, at - start);
  }
  return out;
}

namespace beyond_latin {

char32_t next_code_point(std::string_view utf8, std::size_t& at) {
  const Sequence next = sequence_at(utf8, at);
  const auto lead = static_cast<unsigned char>(utf8[at]);
  if (!next.valid) {
    ++at;
    return U'\uFFFD';
  }
  constexpr unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t c = lead & lead_bits[next.length];
  for (std::size_t i = 1; i < next.length; ++i) c = (c << 6U) | (static_cast<unsigned char>(utf8[at + i]) & 0x3FU);
  at += next.length;
  return c;
}

bool is_letter(char32_t c) { return row_of(letter_ranges, c) != nullptr; }

bool is_digit(char32_t c) { return row_of(digit_ranges, c) != nullptr; }

bool is_upper(char32_t c) { return row_of(upper_ranges, c) != nullptr; }

char32_t to_lower(char32_t c) {
  const LowerRun* run = row_of(lower_runs, c);
  if (run == nullptr || (c - run->first) % run->step != 0) return c;
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + run->distance);
}

}  // namespace beyond_latin

}  // namespace sotevahti::text
