#include "web/limits.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace sotevahti::web {

namespace ip = boost::asio::ip;

namespace {

constexpr unsigned short customer_bits = 64;

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::string network_of(const ip::address& address) {
  if (address.is_v4()) return address.to_string();
  const ip::address_v6 v6 = address.to_v6();
  if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6).to_string();
  return ip::make_network_v6(v6, customer_bits).network().to_string();
}

}  // namespace

bool RateLimit::admit(const std::string& client, base::Time now) {
  const std::lock_guard lock(mutex_);
  if (!seen_.contains(client) && seen_.size() >= most_clients_) forget(now);
  if (!seen_.contains(client) && seen_.size() >= most_clients_) return false;
  std::vector<base::Time>& times = seen_[client];
  std::erase_if(times, [&](base::Time at) { return at <= now - span_ || at > now; });
  if (times.size() >= most_) return false;
  times.push_back(now);
  return true;
}

void RateLimit::forget(base::Time now) {
  std::erase_if(seen_, [&](const auto& each) { return each.second.empty() || each.second.back() <= now - span_; });
}

std::string client_network(const std::string& peer, std::string_view forwarded_for) {
  boost::system::error_code error;
  const ip::address address = ip::make_address(peer, error);
  if (error) return peer;
  if (address.is_loopback() && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const std::string_view last =
        trimmed(comma == forwarded_for.npos ? forwarded_for : forwarded_for.substr(comma + 1));
    const ip::address told = ip::make_address(std::string(last), error);
    if (!error) return network_of(told);
  }
  return network_of(address);
}

}  // namespace sotevahti::web
