// What single values of the configuration look like: times, sizes, addresses. Each
// says what is wrong and what to write instead. Pure; any thread.
#pragma once
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sotevahti::config {

// "30s", "15min", "2h", "7d".
base::Result<std::chrono::seconds> parse_duration(std::string_view text);
std::string duration_text(std::chrono::seconds duration);
// "4096", "512KiB", "10MiB", "1GiB".
base::Result<std::size_t> parse_size(std::string_view text);
std::string size_text(std::size_t bytes);

// "7,2": at most five numbers of days, 1 to 60, the most first. "" is none.
base::Result<std::vector<int>> parse_days(std::string_view text);
std::string days_text(const std::vector<int>& days);

// A check says what is wrong with a text, or nothing (an empty text).
using Check = std::string (*)(std::string_view);

std::string wrong_http_url(std::string_view text);
std::string wrong_public_url(std::string_view text);
std::string wrong_smtp_url(std::string_view text);
std::string wrong_proxy_url(std::string_view text);
std::string wrong_network(std::string_view text);  // CIDR or a bare address
std::string wrong_listen(std::string_view text);   // address:port
std::string wrong_host_name(std::string_view text);
std::string wrong_mail_address(std::string_view text);
std::string wrong_header_text(std::string_view text);  // fit for an HTTP header: printable ASCII
std::string wrong_zone(std::string_view text);
std::string wrong_id(std::string_view text);  // [a-z0-9-]+

// Whether the host of a URL or of host:port can only be this machine.
bool is_loopback(std::string_view url);

}  // namespace sotevahti::config
