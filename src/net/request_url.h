// What people and servers write as an address, made fit to ask for: http and https
// only, spaces and letters beyond ASCII percent-encoded, host names as punycode.
// A plain ASCII address passes byte for byte. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace sotevahti::net {

base::Result<std::string> request_url(std::string_view address);
// Where a Location header of an answer from that (already fit) address leads.
base::Result<std::string> redirect_url(const std::string& from, std::string_view location);
bool is_https(std::string_view url);
// The same scheme, host and port: what may see credentials meant for the other.
bool same_origin(const std::string& a, const std::string& b);
// Host in lower case, without brackets; numeric spellings of IPv4 (0x7f.1) as dotted quads. "" where there is
// none.
std::string host_of(const std::string& url);

}  // namespace sotevahti::net
