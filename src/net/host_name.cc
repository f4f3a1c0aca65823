#include "net/host_name.h"

#include "net/address.h"

namespace sotevahti::net {

bool is_loopback_host(std::string_view host) {
  static const AddressPolicy loopback = AddressPolicy::parse({"127.0.0.0/8", "::1"}).value();
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  if (host.ends_with('.')) host.remove_suffix(1);
  const bool is_local_name = host == "localhost" || host.ends_with(".localhost");  // RFC 6761
  return is_local_name || (loopback.permits(host) && !AddressPolicy().permits(host));
}

}  // namespace sotevahti::net
