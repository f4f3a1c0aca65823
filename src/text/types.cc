#include "text/types.h"

#include "text/byte_block.h"
#include "text/url.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

constexpr std::size_t header_octets = 998;  // RFC 5322 2.1.1

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

// Before the first block that may hold a control character.
std::size_t behind_clean_blocks(std::string_view utf8) {
  std::size_t at = 0;
  for (; at + ByteBlock::size <= utf8.size(); at += ByteBlock::size) {
    const ByteBlock block(utf8.data() + at);
    const ByteBlock white = block.equal('\n') | block.equal('\t');
    if (((block.below(0x20) & ~white) | block.equal(0x7F) | block.equal(0xC2)).any()) break;
  }
  return at;
}

bool has_plain_control(std::string_view utf8) {
  for (std::size_t i = behind_clean_blocks(utf8); i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte == '\n' || byte == '\t') continue;
    if (byte < 0x20 || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xA0) return true;
  }
  return false;
}

// A line break of any system is one line feed; other controls go.
std::string without_controls(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(utf8, at);
    if (c == '\r') {
      if (at == utf8.size() || utf8[at] != '\n') out += '\n';
    } else if (c == '\n' || c == '\t' || !is_control(c)) {
      out.append(utf8, start, at - start);
    }
  }
  return out;
}

std::string_view reference_for(char c) {
  switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    default: return "&#39;";
  }
}

}  // namespace

PlainText PlainText::from(std::string_view bytes) {
  std::string text = is_valid_utf8(bytes) ? std::string(bytes) : repair_utf8(bytes);
  if (has_plain_control(text)) text = without_controls(text);
  return PlainText(std::move(text));
}

SafeHtml SafeHtml::escape(const PlainText& text) { return SafeHtml(escape_html(text.view())); }

HeaderLine HeaderLine::from(std::string_view text) {
  const std::string valid = is_valid_utf8(text) ? std::string(text) : repair_utf8(text);
  // Line breaks and tabs are white space, collapsed first; what is left of controls goes.
  std::string line = collapse_space(without_controls(collapse_space(valid)));
  if (line.size() > header_octets) {
    line.resize(utf8_prefix(line, header_octets).size());
    while (!line.empty() && line.back() == ' ') line.pop_back();
  }
  return HeaderLine(std::move(line));
}

std::optional<Url> Url::parse(std::string_view text) {
  if (!is_web_address(text)) return std::nullopt;
  return Url(std::string(text));
}

std::string Url::host() const { return url_host(url_); }

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  std::size_t at = 0;
  while (true) {
    const std::size_t special = text.find_first_of("<>&\"'", at);
    out.append(text, at, special == std::string_view::npos ? special : special - at);
    if (special == std::string_view::npos) return out;
    out += reference_for(text[special]);
    at = special + 1;
  }
}

}  // namespace sotevahti::text
