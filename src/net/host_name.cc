#include "net/host_name.h"

#include <fmt/format.h>
#include <idn2.h>

#include <algorithm>
#include <memory>

#include "net/address.h"

namespace sotevahti::net {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

base::Result<std::string> ascii_host(std::string_view host) {
  if (is_ascii(host)) return std::string(host);
  if (host.find('\0') != std::string_view::npos) return base::fail("a host name with a NUL");
  char* raw = nullptr;
  const int code = idn2_to_ascii_8z(std::string(host).c_str(), &raw, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, decltype(&idn2_free)> ascii(raw, &idn2_free);
  if (code != IDN2_OK) return base::fail(fmt::format("\"{}\" is no host name: {}", host, idn2_strerror(code)));
  return std::string(ascii.get());
}

bool is_loopback_host(std::string_view host) {
  static const AddressPolicy loopback = AddressPolicy::parse({"127.0.0.0/8", "::1"}).value();
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  if (host.ends_with('.')) host.remove_suffix(1);
  const bool is_local_name = host == "localhost" || host.ends_with(".localhost");  // RFC 6761
  return is_local_name || (loopback.permits(host) && !AddressPolicy().permits(host));
}

}  // namespace sotevahti::net
