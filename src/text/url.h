// Addresses: RFC 3986 references resolved, and canonical forms for comparing. IRIs
// stay Unicode. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::text {

// RFC 3986 section 5; with an empty or unusable base the reference as it is.
std::string resolve_url(std::string_view base, std::string_view reference);
// An absolute http or https address with a host, without user name, password, white space
// or controls: what text::Url takes.
bool is_web_address(std::string_view text);
// The address as a browser reads it: no white space or controls at its ends, no tabs or
// line breaks inside.
std::string trim_url(std::string_view url);
// "https" of "https://...", as written; "" where there is none.
std::string_view url_scheme(std::string_view url);
// Does the scheme carry script (javascript:, vbscript:, data: ... in any disguise of case,
// white space, control characters or references)?
bool is_unsafe_scheme(std::string_view url);
// For comparing, never for showing: lower-case host with punycode for letters beyond ASCII, no default port, fragment,
// tracking, session ids or portal state; http = https, www = no www, no trailing slash, percent-encoding normalised,
// parameters sorted. "id", "p", "page", "publisherId", "lang" and the like stay.
std::string canonical_url(std::string_view url);
// With such letters in the host as they are, by which older entries are known; "" for a host without.
std::string lettered_canonical_url(std::string_view url);
// Lower-case host without port; "" where there is none.
std::string url_host(std::string_view url);
// The decoded value of a query parameter, or "".
std::string query_parameter(std::string_view url, std::string_view name);
std::string percent_decode(std::string_view text);
// Everything but unreserved characters as %XX: for a query's value.
std::string percent_encode(std::string_view text);

}  // namespace sotevahti::text
