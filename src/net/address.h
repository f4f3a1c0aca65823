// Which addresses may be connected to. Special-purpose ones (loopback, private,
// link-local, CGNAT, ULA, multicast, documentation ...: IANA's registries) are
// refused in every disguise (v4-mapped, NAT64, 6to4, Teredo) unless the operator
// allowed their network for this purpose. Pure; any thread.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sockaddr;

namespace sotevahti::net {

// A block of addresses; IPv4 is kept as ::ffff:0:0/96.
class Network {
 public:
  // "127.0.0.0/8", "fd00::/8", or a bare address.
  static base::Result<Network> parse(std::string_view text);
  bool contains(const std::array<std::uint8_t, 16>& address) const;

 private:
  std::array<std::uint8_t, 16> base_{};
  int bits_ = 128;
};

class AddressPolicy {
 public:
  AddressPolicy() = default;
  explicit AddressPolicy(std::vector<Network> allowed) : allowed_(std::move(allowed)) {}
  // Reads a CIDR list; names the entry that is none.
  static base::Result<AddressPolicy> parse(const std::vector<std::string>& cidrs);

  static bool is_address(std::string_view text);

  // The sockaddr is as long as its family says.
  bool permits(const sockaddr& address) const;
  // An address as text ("::1", "10.0.0.1"); false where it is none.
  bool permits(std::string_view address) const;

 private:
  bool permits(const std::array<std::uint8_t, 16>& address) const;
  std::vector<Network> allowed_;
};

}  // namespace sotevahti::net
