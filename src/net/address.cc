#include "net/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <span>

namespace sotevahti::net {
namespace {

using Address = std::array<std::uint8_t, 16>;

constexpr int mapped_bits = 96;  // ::ffff:0:0/96, where IPv4 lives

Address mapped(std::span<const std::uint8_t, 4> v4) {
  Address out{};
  out[10] = out[11] = 0xff;
  std::copy(v4.begin(), v4.end(), out.begin() + 12);
  return out;
}

std::optional<Address> parse_address(std::string_view text) {
  const std::string zero_ended(text);
  std::array<std::uint8_t, 4> v4{};
  if (inet_pton(AF_INET, zero_ended.c_str(), v4.data()) == 1) return mapped(v4);
  Address v6{};
  if (inet_pton(AF_INET6, zero_ended.c_str(), v6.data()) == 1) return v6;
  return std::nullopt;
}

bool same_prefix(const Address& a, const Address& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (std::memcmp(a.data(), b.data(), whole) != 0) return false;
  const int rest = bits % 8;
  return rest == 0 || (a[whole] >> (8 - rest)) == (b[whole] >> (8 - rest));
}

// IANA's special-purpose registries (RFC 6890 and updates), with multicast and what
// was never given out. IPv6 is the other way round: only 2000::/3 is in use.
std::vector<Network> networks(std::initializer_list<std::string_view> blocks) {
  std::vector<Network> out;
  for (const auto block : blocks) out.push_back(Network::parse(block).value());
  return out;
}

bool in_any(const std::vector<Network>& blocks, const Address& address) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Network& block) { return block.contains(address); });
}

bool is_special_v4(const Address& address) {
  static const auto special = networks({
      "0.0.0.0/8",        // this network
      "10.0.0.0/8",       // private
      "100.64.0.0/10",    // carrier-grade NAT
      "127.0.0.0/8",      // loopback
      "169.254.0.0/16",   // link-local, the clouds' metadata too
      "172.16.0.0/12",    // private
      "192.0.0.0/24",     // protocol assignments
      "192.0.2.0/24",     // documentation
      "192.31.196.0/24",  // AS112
      "192.52.193.0/24",  // AMT
      "192.88.99.0/24",   // 6to4 relays
      "192.168.0.0/16",   // private
      "192.175.48.0/24",  // AS112
      "198.18.0.0/15",    // benchmarking
      "198.51.100.0/24",  // documentation
      "203.0.113.0/24",   // documentation
      "224.0.0.0/4",      // multicast
      "240.0.0.0/4",      // reserved, broadcast
  });
  return in_any(special, address);
}

// The IPv4 address that four bytes of an IPv6 one stand for.
bool embeds_special(const Address& address, std::size_t at, std::uint8_t mask = 0) {
  std::array<std::uint8_t, 4> v4{};
  for (std::size_t i = 0; i < v4.size(); ++i) v4[i] = static_cast<std::uint8_t>(address[at + i] ^ mask);
  return is_special_v4(mapped(v4));
}

bool is_special_v6(const Address& address) {
  static const Network nat64 = Network::parse("64:ff9b::/96").value();
  static const Network six_to_four = Network::parse("2002::/16").value();
  static const Network teredo = Network::parse("2001::/32").value();
  static const Network in_use = Network::parse("2000::/3").value();
  static const auto special = networks({
      "2001::/23",          // protocol assignments: ORCHID, benchmarking, anycast
      "2001:db8::/32",      // documentation
      "2620:4f:8000::/48",  // AS112
      "3fff::/20",          // documentation
  });
  if (nat64.contains(address)) return embeds_special(address, 12);
  if (six_to_four.contains(address)) return embeds_special(address, 2);
  if (teredo.contains(address)) return embeds_special(address, 4) || embeds_special(address, 12, 0xff);
  return !in_use.contains(address) || in_any(special, address);
}

bool is_special(const Address& address) {
  static const Network v4 = Network::parse("::ffff:0:0/96").value();
  return v4.contains(address) ? is_special_v4(address) : is_special_v6(address);
}

}  // namespace

base::Result<Network> Network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return base::fail(fmt::format("\"{}\" is no address or network", text));
  Network out;
  out.base_ = *address;
  if (slash == std::string_view::npos) return out;

  const bool is_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const auto digits = text.substr(slash + 1);
  int bits = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (error != std::errc() || end != digits.data() + digits.size() || bits < 0 || bits > (is_v4 ? 32 : 128)) {
    return base::fail(fmt::format("\"{}\": the length after / is 0 to {}", text, is_v4 ? 32 : 128));
  }
  out.bits_ = is_v4 ? bits + mapped_bits : bits;
  return out;
}

bool Network::contains(const std::array<std::uint8_t, 16>& address) const { return same_prefix(base_, address, bits_); }

base::Result<AddressPolicy> AddressPolicy::parse(const std::vector<std::string>& cidrs) {
  std::vector<Network> allowed;
  for (const auto& cidr : cidrs) {
    auto network = Network::parse(cidr);
    if (!network) return tl::unexpected(network.error());
    allowed.push_back(*network);
  }
  return AddressPolicy(std::move(allowed));
}

bool AddressPolicy::is_address(std::string_view text) { return parse_address(text).has_value(); }

bool AddressPolicy::permits(const sockaddr& address) const {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
    return permits(mapped(bytes));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    Address bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return permits(bytes);
  }
  return false;
}

bool AddressPolicy::permits(std::string_view address) const {
  const auto parsed = parse_address(address);
  return parsed && permits(*parsed);
}

bool AddressPolicy::permits(const Address& address) const { return in_any(allowed_, address) || !is_special(address); }

}  // namespace sotevahti::net
