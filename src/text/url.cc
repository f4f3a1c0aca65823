#include "text/url.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/html.h"
#include "text/url_parts.h"
#include "text/utf8.h"

namespace sotevahti::text {
namespace {

bool is_hex(char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  return (c | 0x20) - 'a' + 10;
}

void drop_last_segment(std::string& path) {
  const std::size_t slash = path.rfind('/');
  path.resize(slash == std::string::npos ? 0 : slash);
}

// In one pass over the segments.
std::string remove_dot_segments(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  std::size_t at = 0;
  while (at < path.size()) {
    const std::size_t start = path[at] == '/' ? at + 1 : at;
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view segment = path.substr(start, end - start);
    const bool last = end == path.size();
    if (segment == "." || segment == "..") {
      if (segment == "..") drop_last_segment(out);
      if (last) out += '/';
    } else {
      if (path[at] == '/') out += '/';
      out += segment;
    }
    at = end;
  }
  return out;
}

std::string merge(const UrlParts& base, std::string_view path) {
  if (base.has_authority && base.path.empty()) return '/' + std::string(path);
  return std::string(base.path.substr(0, base.path.rfind('/') + 1)).append(path);
}

std::string join(std::string_view scheme, const UrlParts& authority_of, std::string_view path, const UrlParts& query_of,
                 const UrlParts& fragment_of) {
  std::string out;
  if (!scheme.empty()) out.append(scheme).append(":");
  if (authority_of.has_authority) out.append("//").append(authority_of.authority);
  out.append(path);
  if (query_of.has_query) out.append("?").append(query_of.query);
  if (fragment_of.has_fragment) out.append("#").append(fragment_of.fragment);
  return out;
}

// Nearly every address: nothing of it need be tidied.
bool is_tidy_web_address(std::string_view url) {
  const std::size_t host = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (host == 0 || host == url.size() || url[host] == '/') return false;
  return std::none_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
}

// White space at its ends goes, and of "http:///host/path" the slashes that browsers do not count.
std::string tidy(std::string_view url) {
  std::string clean = trim_url(url);
  const std::string_view scheme = url_scheme(clean);
  const std::size_t slashes = scheme.size() + 1;
  if (!is_web_scheme(scheme) || clean.compare(slashes, 3, "///") != 0) return clean;
  const std::size_t host = std::min(clean.find_first_not_of('/', slashes), clean.size());
  return clean.erase(slashes + 2, host - slashes - 2);
}

bool is_usable_base(std::string_view base, const UrlParts& parts) {
  if (parts.scheme.empty() || is_unsafe_scheme(base)) return false;
  return parts.has_authority || parts.path.starts_with('/');
}

// A scheme as nobody could mistake it: small letters, digits and their kind alone.
std::string bare_scheme(std::string_view scheme) {
  std::string bare;
  for (const char c : scheme) {
    const char small = ascii_lower(c);
    if (is_ascii_digit(small) || (small >= 'a' && small <= 'z')) bare += small;
  }
  return bare;
}

bool is_port(std::string_view port) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
  return error == std::errc() && end == port.data() + port.size() && value <= 65535;
}

bool is_printable(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c <= 0x20 || c == '\\' || (c >= 0x7F && c <= 0xA0) || c == 0xFFFD) return false;
    if ((c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || c == 0x3000 || c == 0xFEFF) return false;
  }
  return true;
}

}  // namespace

UrlParts split_url(std::string_view url) {
  UrlParts parts;
  parts.scheme = url_scheme(url);
  if (!parts.scheme.empty()) url.remove_prefix(parts.scheme.size() + 1);
  if (const auto hash = url.find('#'); hash != std::string_view::npos) {
    parts.has_fragment = true;
    parts.fragment = url.substr(hash + 1);
    url = url.substr(0, hash);
  }
  if (const auto question = url.find('?'); question != std::string_view::npos) {
    parts.has_query = true;
    parts.query = url.substr(question + 1);
    url = url.substr(0, question);
  }
  if (url.starts_with("//")) {
    parts.has_authority = true;
    const std::size_t slash = std::min(url.find('/', 2), url.size());
    parts.authority = url.substr(2, slash - 2);
    url.remove_prefix(slash);
  }
  parts.path = url;
  return parts;
}

Authority split_authority(std::string_view authority) {
  Authority out;
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    out.has_user = true;
    authority.remove_prefix(at + 1);
  }
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  const std::size_t colon = bracket == std::string_view::npos ? bracket : authority.find(':', bracket);
  out.host = authority.substr(0, colon);
  if (colon != std::string_view::npos) {
    out.has_port = true;
    out.port = authority.substr(colon + 1);
  }
  return out;
}

bool is_host(std::string_view host) {
  if (host.starts_with('['))
    return host.size() > 3 && host.ends_with(']') &&
           host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  return !host.empty() && host.find_first_of("[]:@%<>\"'`{}|^\\") == std::string_view::npos;
}

std::string normal_path(std::string_view path) { return remove_dot_segments(path); }

std::string_view url_scheme(std::string_view url) {
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_ascii_letter(url[0])) return {};
  const std::string_view scheme = url.substr(0, colon);
  const bool fits = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '+' || c == '-' || c == '.';
  });
  return fits ? scheme : std::string_view{};
}

std::string trim_url(std::string_view url) {
  const auto is_edge = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!url.empty() && is_edge(url.front())) url.remove_prefix(1);
  while (!url.empty() && is_edge(url.back())) url.remove_suffix(1);
  std::string out(url);
  std::erase_if(out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return out;
}

std::string resolve_url(std::string_view base, std::string_view reference) {
  if (is_tidy_web_address(reference)) return std::string(reference);
  std::string clean = tidy(reference);
  if (!url_scheme(clean).empty()) return clean;
  const std::string clean_base = tidy(base);
  const UrlParts b = split_url(clean_base);
  if (!is_usable_base(clean_base, b)) return clean;
  const UrlParts r = split_url(clean);
  if (r.has_authority) return tidy(join(b.scheme, r, remove_dot_segments(r.path), r, r));
  if (r.path.empty()) return tidy(join(b.scheme, b, b.path, r.has_query ? r : b, r));
  const std::string path = r.path.starts_with('/') ? std::string(r.path) : merge(b, r.path);
  return tidy(join(b.scheme, b, remove_dot_segments(path), r, r));
}

bool is_web_address(std::string_view text) {
  const UrlParts parts = split_url(text);
  if (!is_web_scheme(parts.scheme) || !parts.has_authority || !is_printable(text)) return false;
  const Authority authority = split_authority(parts.authority);
  if (authority.has_user || !is_host(authority.host)) return false;
  return !authority.has_port || authority.port.empty() || is_port(authority.port);
}

bool is_unsafe_scheme(std::string_view url) {
  constexpr std::array<std::string_view, 12> unsafe = {"blob",       "data",    "filesystem", "jar",
                                                       "javascript", "jscript", "livescript", "mhtml",
                                                       "mocha",      "vbs",     "vbscript",   "wyciwyg"};
  constexpr std::array<std::string_view, 2> wrappers = {"feed", "viewsource"};
  if (url.starts_with("https:") || url.starts_with("http:")) return false;
  const std::string decoded = decode_references(url);
  std::string_view rest = decoded;
  while (true) {
    const std::size_t end = rest.find_first_of(":/?#");
    if (end == std::string_view::npos || rest[end] != ':') return false;
    const std::string scheme = bare_scheme(rest.substr(0, end));
    if (std::find(unsafe.begin(), unsafe.end(), scheme) != unsafe.end()) return true;
    if (std::find(wrappers.begin(), wrappers.end(), scheme) == wrappers.end()) return false;
    rest.remove_prefix(end + 1);
  }
}

std::string url_host(std::string_view url) {
  const UrlParts parts = split_url(url);
  if (!parts.has_authority) return {};
  std::string host;
  const std::string_view written = split_authority(parts.authority).host;
  for (std::size_t at = 0; at < written.size();) append_utf8(host, to_lower(next_code_point(written, at)));
  return host;
}

std::string query_parameter(std::string_view url, std::string_view name) {
  std::string_view query = split_url(url).query;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (percent_decode(pair.substr(0, equals)) != name) continue;
    std::string value(pair.substr(std::min(equals + 1, pair.size())));
    std::replace(value.begin(), value.end(), '+', ' ');
    return percent_decode(value);
  }
  return {};
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) append_percent_encoded(out, c, is_unreserved(c));
  return out;
}

}  // namespace sotevahti::text
