// An address taken apart (RFC 3986 appendix B); views into the text given. Inside the
// room. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::text {

struct UrlParts {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
  std::string_view query;
  std::string_view fragment;
  bool has_authority = false;
  bool has_query = false;
  bool has_fragment = false;
};
UrlParts split_url(std::string_view url);

struct Authority {
  std::string_view host;
  std::string_view port;
  bool has_user = false;
  bool has_port = false;
};
Authority split_authority(std::string_view authority);

// A name, or an IPv6 address in brackets; no letters that a browser would refuse there.
bool is_host(std::string_view host);

// Without "." and "..", RFC 3986 5.2.4.
std::string normal_path(std::string_view path);

constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr bool is_unreserved(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
// http or https, in any case.
bool is_web_scheme(std::string_view scheme);
// The byte as it is, or as %XX.
void append_percent_encoded(std::string& to, char byte, bool as_it_is);

}  // namespace sotevahti::text
