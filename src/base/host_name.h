// Host names in the form that the network knows: lower-case ASCII, other letters as
// punycode (IDNA 2008, UTS 46). Independent of the locale. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace sotevahti::base {

bool is_ascii(std::string_view text);
// "työ.fi" gives "xn--ty-gka.fi". Fails on what is no name: broken UTF-8, forbidden characters,
// labels that are too long. ASCII names pass as they are.
Result<std::string> ascii_host(std::string_view host);

}  // namespace sotevahti::base
