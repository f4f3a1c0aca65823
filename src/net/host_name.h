// What the name of a host tells before it is looked up. Pure; any thread.
#pragma once
#include <string_view>

namespace sotevahti::net {

// Does the name or address, as it is written, mean this machine? A name of DNS may do so
// too: what is connected to is judged by AddressPolicy.
bool is_loopback_host(std::string_view host);

}  // namespace sotevahti::net
