// Addresses as they go into an SMTP envelope: nothing in them can end the line or the
// path they stand in. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace sotevahti::net {

// "anna@Työ.fi" gives "anna@xn--ty-gka.fi": the domain in lower case, other letters as punycode. Fails on
// control characters, white space, quoted or non-ASCII local parts (they would need SMTPUTF8), more than
// 64 octets before the @ or 254 in all, and on what is no domain, and names what is wrong.
base::Result<std::string> envelope_address(std::string_view address);

}  // namespace sotevahti::net
