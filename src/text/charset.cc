#include "text/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>

#include "text/charset_names.h"
#include "text/entities.h"
#include "text/url_parts.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

#include "text/charset_table.inc"

using namespace std::string_view_literals;

// How the first bytes say the width and order of what follows: by a mark, or by "<" and
// what follows: zeros alone may be a server's padding.
struct Look {
  Codec codec = Codec::unknown;
  bool big_endian = false;
  std::size_t mark = 0;  // bytes of the byte order mark
};

Look look_at(std::string_view bytes) {
  struct Sign {
    std::string_view bytes;
    Look look;
  };
  static constexpr std::array<Sign, 9> signs = {{{"\x00\x00\xFE\xFF"sv, {Codec::utf32, true, 4}},
                                                 {"\xFF\xFE\x00\x00"sv, {Codec::utf32, false, 4}},
                                                 {"\xFE\xFF"sv, {Codec::utf16, true, 2}},
                                                 {"\xFF\xFE"sv, {Codec::utf16, false, 2}},
                                                 {"\xEF\xBB\xBF"sv, {Codec::utf8, false, 3}},
                                                 {"\x00\x00\x00<\x00"sv, {Codec::utf32, true, 0}},
                                                 {"<\x00\x00\x00"sv, {Codec::utf32, false, 0}},
                                                 {"\x00<\x00"sv, {Codec::utf16, true, 0}},
                                                 {"<\x00"sv, {Codec::utf16, false, 0}}}};
  for (const Sign& sign : signs)
    if (bytes.starts_with(sign.bytes)) return sign.look;
  return {};
}

bool is_ebcdic(std::string_view bytes) { return bytes.starts_with("\x4C\x6F\xA7\x94"); }

class Converter {
 public:
  explicit Converter(const std::string& encoding) : handle_(iconv_open("UTF-8", encoding.c_str())) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool is_open() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }
  // Appends what fits into the buffer; without input, what a shift state holds back.
  // False when the bytes do not decode.
  bool step(std::string& out, char** in, std::size_t* in_left) {
    std::array<char, 16384> buffer;
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const bool good = iconv(handle_, in, in_left, &to, &room) != static_cast<std::size_t>(-1) || errno == E2BIG;
    out.append(buffer.data(), buffer.size() - room);
    return good;
  }

 private:
  iconv_t handle_;
};

std::optional<std::string> through_iconv(std::string_view bytes, const std::string& encoding) {
  Converter converter(encoding);
  if (!converter.is_open()) return std::nullopt;
  std::string out;
  auto* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  while (in_left > 0)
    if (!converter.step(out, &in, &in_left)) return std::nullopt;
  converter.step(out, nullptr, nullptr);
  return out;
}

template <class Character>
std::string single_bytes(std::string_view bytes, Character character_of) {
  std::string out;
  std::size_t more = 0;  // Latin letters take two bytes; what windows-1252 has below them, three
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    more += (byte >= 0x80 ? 1U : 0U) + (byte >= 0x80 && byte < 0xA0 ? 1U : 0U);
  }
  out.reserve(bytes.size() + more);
  std::size_t at = 0;
  while (true) {
    const std::size_t end = ascii_end(bytes, at);
    out.append(bytes, at, end - at);
    if (end == bytes.size()) return out;
    append_utf8(out, static_cast<char32_t>(character_of(static_cast<unsigned char>(bytes[end]))));
    at = end + 1;
  }
}

// UTF-16 and UTF-32 with U+FFFD for what is broken; `broken` says that something was.
std::string wide_bytes(std::string_view bytes, const Look& look, bool& broken) {
  const std::size_t width = look.codec == Codec::utf32 ? 4 : 2;
  const auto unit = [&](std::size_t at) {
    char32_t value = 0;
    for (std::size_t i = 0; i < width; ++i)
      value = (value << 8U) | static_cast<unsigned char>(bytes[at + (look.big_endian ? i : width - 1 - i)]);
    return value;
  };
  std::string out;
  out.reserve(bytes.size());
  std::size_t at = 0;
  for (; at + width <= bytes.size(); at += width) {
    char32_t c = unit(at);
    const bool pair = width == 2 && c >= 0xD800 && c < 0xDC00 && at + 4 <= bytes.size();
    if (pair && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10U) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    broken = broken || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF;
    append_utf8(out, c);
  }
  if (at != bytes.size()) {
    broken = true;
    append_utf8(out, U'\uFFFD');
  }
  return out;
}

// U+0080 to U+009F mean windows-1252's characters; EBCDIC's line end is one of them.
std::string without_c1(std::string utf8, char32_t next_line) {
  std::size_t at = utf8.find('\xC2');
  if (at == std::string::npos) return utf8;
  std::string out;
  std::size_t copied = 0;
  for (; at != std::string::npos; at = utf8.find('\xC2', at + 1)) {
    const auto low = static_cast<unsigned char>(utf8[at + 1]);
    if (low >= 0xA0) continue;
    out.append(utf8, copied, at - copied);
    append_utf8(out, low == 0x85 ? next_line : of_windows_1252(low));
    copied = at + 2;
  }
  if (copied == 0) return utf8;
  return out.append(utf8, copied);
}

// Latin texts do not come out as valid UTF-8 by chance.
bool is_mislabelled_utf8(const CharsetName& name, std::string_view bytes) {
  const bool of_single_bytes =
      name.codec == Codec::latin1 || name.iana.starts_with("iso-8859-") || name.iana.starts_with("windows-125");
  return of_single_bytes && ascii_end(bytes, 0) != bytes.size() && is_valid_utf8(bytes);
}

std::optional<std::string> decode_narrow(std::string_view bytes, const CharsetName& name) {
  switch (name.codec) {
    case Codec::ascii:
    case Codec::utf8: {
      const bool fits = name.codec == Codec::utf8 ? is_valid_utf8(bytes) : ascii_end(bytes, 0) == bytes.size();
      return fits ? std::optional(std::string(bytes)) : std::nullopt;
    }
    case Codec::latin1: return single_bytes(bytes, [](unsigned char b) { return of_windows_1252(b); });
    case Codec::mac_greek: return single_bytes(bytes, [](unsigned char b) { return mac_greek[b - 0x80U]; });
    case Codec::mac_turkish: return single_bytes(bytes, [](unsigned char b) { return mac_turkish[b - 0x80U]; });
    case Codec::iconv: return through_iconv(bytes, name.iconv);
    default: return std::nullopt;
  }
}

std::string_view name_of(const Look& look) {
  if (look.codec == Codec::utf8) return "utf-8";
  if (look.codec == Codec::utf16) return look.big_endian ? "utf-16be" : "utf-16le";
  return look.big_endian ? "utf-32be" : "utf-32le";
}

// The encoding that an XML declaration names, "" when none does. The text is ASCII as far as it matters.
std::string declared_in(std::string_view start) {
  start = start.substr(0, 1024);
  start.remove_prefix(std::min(start.find_first_not_of(" \t\r\n"), start.size()));
  if (!start.starts_with("<?xml")) return {};
  start = start.substr(0, start.find("?>"));
  const std::size_t word = start.find("encoding");
  if (word == std::string_view::npos) return {};
  std::size_t at = start.find_first_not_of(" \t\r\n", word + 8);
  if (at == std::string_view::npos || start[at] != '=') return {};
  at = start.find_first_not_of(" \t\r\n", at + 1);
  if (at == std::string_view::npos || (start[at] != '"' && start[at] != '\'')) return {};
  const std::size_t end = start.find(start[at], at + 1);
  return std::string(start.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
}

std::string declared_in_ebcdic(std::string_view bytes) {
  return declared_in(through_iconv(bytes.substr(0, 256), "CP037").value_or(""));
}

// By its byte order mark, or by the width of its first character.
Decoded decode_by_look(std::string_view bytes, const Look& look) {
  Decoded out;
  out.encoding = name_of(look);
  bytes.remove_prefix(look.mark);
  out.utf8 = look.codec == Codec::utf8 ? std::string(bytes) : wide_bytes(bytes, look, out.mismatch);
  const std::string declared = declared_in(out.utf8);
  if (!declared.empty()) {
    const Codec codec = find_charset(declared).codec;
    out.mismatch = out.mismatch || (codec != look.codec && !(codec == Codec::ascii && look.codec == Codec::utf8));
  }
  return out;
}

// Nothing named fits. A UTF-8 text with a few broken places is still one; what else is
// not UTF-8 is windows-1252, which takes any bytes.
Decoded decode_unfit(std::string_view bytes) {
  std::size_t sound = 0;
  std::size_t broken = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const bool ascii = static_cast<unsigned char>(bytes[at]) < 0x80;
    const char32_t c = next_code_point(bytes, at);
    if (!ascii) ++(c == U'\uFFFD' ? broken : sound);
  }
  if (sound > 4 * broken) return {repair_utf8(bytes), "utf-8", true};
  return {single_bytes(bytes, [](unsigned char b) { return of_windows_1252(b); }), "windows-1252", true};
}

Decoded decode_by_name(std::string_view bytes, std::string_view http_charset) {
  const bool ebcdic = is_ebcdic(bytes);
  Decoded out;
  for (const std::string& name :
       {std::string(http_charset), ebcdic ? declared_in_ebcdic(bytes) : declared_in(bytes), std::string("utf-8")}) {
    if (name.empty()) continue;
    const CharsetName charset = find_charset(name);
    if (is_mislabelled_utf8(charset, bytes)) {
      out.mismatch = true;
      continue;
    }
    if (auto text = decode_narrow(bytes, charset)) {
      out.utf8 = without_c1(std::move(*text), ebcdic ? U'\n' : of_windows_1252(0x85));
      out.encoding = charset.iana;
      return out;
    }
    out.mismatch = true;
  }
  return decode_unfit(bytes);
}

}  // namespace

Decoded decode_xml(std::string_view bytes, std::string_view http_charset) {
  const Look look = look_at(bytes);
  const bool marked = look.mark > 0;
  const bool fits = look.codec != Codec::utf8 || is_valid_utf8(bytes);
  if (look.codec != Codec::unknown && fits) {
    Decoded out = decode_by_look(bytes, look);
    out.utf8 = without_c1(std::move(out.utf8), of_windows_1252(0x85));
    return out;
  }
  Decoded out = decode_by_name(marked ? bytes.substr(look.mark) : bytes, http_charset);
  out.mismatch = out.mismatch || marked;
  return out;
}

base::Result<std::string> decode(std::string_view bytes, std::string_view encoding) {
  const CharsetName name = find_charset(encoding);
  if (name.codec == Codec::unknown) return base::fail("unknown encoding: " + std::string(encoding.substr(0, 40)));
  std::optional<std::string> text;
  if (name.codec == Codec::utf16 || name.codec == Codec::utf32) {
    Look look = look_at(bytes);
    if (look.codec != name.codec) look = {name.codec, !encoding.ends_with("le") && !encoding.ends_with("LE"), 0};
    bool broken = false;
    text = wide_bytes(bytes.substr(look.mark), look, broken);
    if (broken) text.reset();
  } else {
    text =
        decode_narrow(bytes.starts_with("\xEF\xBB\xBF") && name.codec == Codec::utf8 ? bytes.substr(3) : bytes, name);
  }
  if (!text) return base::fail("the bytes are not " + name.iana);
  return without_c1(std::move(*text), of_windows_1252(0x85));
}

std::string charset_of(std::string_view content_type) {
  while (!content_type.empty()) {
    const std::size_t end = std::min(content_type.find(';'), content_type.size());
    const std::string_view part = content_type.substr(0, end);
    content_type.remove_prefix(std::min(end + 1, content_type.size()));
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const auto trim = [](std::string_view text) {
      constexpr std::string_view edge = " \t\r\n\"'";
      text.remove_prefix(std::min(text.find_first_not_of(edge), text.size()));
      return text.substr(0, text.find_last_not_of(edge) + 1);
    };
    std::string name(trim(part.substr(0, equals)));
    std::transform(name.begin(), name.end(), name.begin(), ascii_lower);
    if (name == "charset") return std::string(trim(part.substr(equals + 1)));
  }
  return {};
}

}  // namespace sotevahti::text
