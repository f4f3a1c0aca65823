#include <algorithm>
#include <array>
#include <vector>

#include "base/host_name.h"
#include "text/url.h"
#include "text/url_parts.h"

namespace sotevahti::text {
namespace {

bool equals_lower(std::string_view text, std::string_view small) {
  return std::equal(text.begin(), text.end(), small.begin(), small.end(),
                    [](char a, char b) { return ascii_lower(a) == b; });
}

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view n) { return equals_lower(name, n); });
}

template <std::size_t count>
bool starts_with_one_of(const std::array<std::string_view, count>& prefixes, std::string_view name) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view p) {
    return name.size() >= p.size() && equals_lower(name.substr(0, p.size()), p);
  });
}

constexpr std::size_t shortest_session = 16;  // a shorter "sid" is a story's number

// Parameters that say how a reader came, who he is, or how a portal was arranged, but not
// what the page is.
bool is_noise(std::string_view name, std::string_view value) {
  constexpr std::array<std::string_view, 17> tracking = {
      "fbclid", "gclid", "gclsrc", "dclid",       "msclkid", "twclid",    "yclid",     "igshid",    "mc_cid",
      "mc_eid", "_ga",   "_gl",    "pk_campaign", "pk_kwd",  "pk_source", "pk_medium", "pk_content"};
  constexpr std::array<std::string_view, 6> session = {"jsessionid", "phpsessid", "sessionid",
                                                       "session_id", "cfid",      "cftoken"};
  constexpr std::array<std::string_view, 3> portal = {"redirect", "inheritredirect", "p_auth"};
  constexpr std::array<std::string_view, 8> prefixes = {"utm_", "p_p_", "p_r_p_",  "_com_liferay_",
                                                        "hsa_", "mtm_", "matomo_", "aspsessionid"};
  if (equals_lower(name, "origin")) return equals_lower(value, "rss");
  if (equals_lower(name, "sid")) return value.size() >= shortest_session;
  return is_one_of(tracking, name) || is_one_of(session, name) || is_one_of(portal, name) ||
         starts_with_one_of(prefixes, name) ||
         (name.starts_with('_') && name.find("_INSTANCE_") != std::string_view::npos);
}

// Percent-encoding where it means something, and only there.
std::string normal_encoding(std::string_view text, std::string_view also_plain) {
  std::string out;
  const std::string decoded = percent_decode(text);
  for (const char c : decoded)
    append_percent_encoded(out, c, is_unreserved(c) || also_plain.find(c) != std::string_view::npos);
  return out;
}

std::string without_session(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    const std::size_t semicolon = segment.find(';');
    const bool session =
        semicolon != std::string_view::npos &&
        starts_with_one_of(std::array<std::string_view, 1>{"jsessionid="}, segment.substr(semicolon + 1));
    out += session ? segment.substr(0, semicolon) : segment;
  }
  return out;
}

std::string canonical_path(std::string_view path) {
  std::string out = normal_path(normal_encoding(without_session(path), "/:@!$&'()*+,;="));
  while (out.ends_with('/')) out.pop_back();
  return out;
}

std::string canonical_query(std::string_view query) {
  std::vector<std::string> pairs;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    while (pair.starts_with("amp;")) pair.remove_prefix(4);  // "&amp;" that was escaped twice
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view name = pair.substr(0, equals);
    std::string value(pair.substr(std::min(equals + 1, pair.size())));
    std::replace(value.begin(), value.end(), '+', ' ');
    // Judged as it reads, not as it is written: an encoded value is longer.
    if ((name.empty() && value.empty()) || is_noise(percent_decode(name), percent_decode(value))) continue;
    pairs.push_back(normal_encoding(name, "/:@!$'()*,;") + '=' + normal_encoding(value, "/:@!$'()*,;"));
    if (pairs.back().ends_with('=')) pairs.back().pop_back();
  }
  std::sort(pairs.begin(), pairs.end());
  std::string out;
  for (const std::string& pair : pairs) out.append(out.empty() ? "?" : "&").append(pair);
  return out;
}

enum class Letters { as_punycode, as_they_are };

// As it is where it is no name, or would be another part of an address than a host ("℀" is "a/c").
std::string with_punycode(const std::string& host) {
  const auto ascii = base::ascii_host(host);
  const bool is_name =
      ascii && !ascii->empty() && std::all_of(ascii->begin(), ascii->end(), [](char c) { return is_unreserved(c); });
  return is_name ? *ascii : host;
}

std::string canonical_host(std::string_view url, const Authority& authority, Letters letters) {
  std::string host = url_host(url);
  if (letters == Letters::as_punycode && !base::is_ascii(host)) host = with_punycode(host);
  while (host.ends_with('.')) host.pop_back();
  std::size_t own = 0;  // behind every "www." that a name of two parts follows
  while (host.compare(own, 4, "www.") == 0 && host.find('.', own + 4) != std::string::npos) own += 4;
  host.erase(0, own);
  if (authority.has_port && !authority.port.empty() && authority.port != "80" && authority.port != "443")
    host.append(":").append(authority.port);
  return host;
}

std::string canonical(std::string_view url, Letters letters) {
  std::string clean = trim_url(url);
  const UrlParts parts = split_url(clean);
  const bool of_web = parts.has_authority && (parts.scheme.empty() || is_web_scheme(parts.scheme));
  const bool has_blanks = std::any_of(parts.authority.begin(), parts.authority.end(),
                                      [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
  const Authority authority = split_authority(parts.authority);
  if (!of_web || has_blanks || !is_host(authority.host)) return clean;
  return "https://" + canonical_host(clean, authority, letters) + canonical_path(parts.path) +
         canonical_query(parts.query);
}

}  // namespace

bool is_web_scheme(std::string_view scheme) { return equals_lower(scheme, "http") || equals_lower(scheme, "https"); }

void append_percent_encoded(std::string& to, char byte, bool as_it_is) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  if (as_it_is) {
    to += byte;
    return;
  }
  const auto value = static_cast<unsigned char>(byte);
  to += '%';
  to += digits[value >> 4U];
  to += digits[value & 0x0FU];
}

std::string canonical_url(std::string_view url) { return canonical(url, Letters::as_punycode); }

std::string lettered_canonical_url(std::string_view url) {
  return base::is_ascii(url_host(trim_url(url))) ? std::string() : canonical(url, Letters::as_they_are);
}

}  // namespace sotevahti::text
