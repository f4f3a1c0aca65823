// Host names in the form that the network knows: lower-case ASCII, other letters as
// punycode (IDNA 2008, UTS 46). Independent of the locale. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace sotevahti::net {

bool is_ascii(std::string_view text);
// "työ.fi" gives "xn--ty-gka.fi". Fails on what is no name: broken UTF-8, forbidden characters,
// labels that are too long. ASCII names pass as they are.
base::Result<std::string> ascii_host(std::string_view host);
// Does the name or address, as it is written, mean this machine? A name of DNS may do so
// too: what is connected to is judged by AddressPolicy.
bool is_loopback_host(std::string_view host);

}  // namespace sotevahti::net
