#include <fmt/format.h>

#include <algorithm>

#include "archive/people.h"
#include "base/log.h"
#include "net/host_name.h"
#include "text/utf8.h"

namespace sotevahti::archive {
namespace {

constexpr std::size_t kLongestAddress = 254;  // RFC 5321, section 4.5.3.1.3
constexpr std::size_t kLongestLocalPart = 64;
constexpr std::size_t kLongestLabel = 63;

bool is_local_character(unsigned char c) {
  // RFC 5322 atext and the dot.
  constexpr std::string_view kMarks = "!#$%&'*+/=?^_`{|}~-.";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kMarks.find(static_cast<char>(c)) != std::string_view::npos;
}

bool is_label(std::string_view label) {
  const auto is_label_character = [](unsigned char c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), is_label_character);
}

bool is_domain(std::string_view domain) {
  while (true) {
    const std::size_t dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

base::Result<std::string> refuse(std::string_view address, std::string_view why) {
  constexpr std::size_t kShownBytes = 80;
  return base::fail(
      fmt::format("\"{}\" is no mail address: {}", base::one_line(text::utf8_prefix(address, kShownBytes)), why));
}

}  // namespace

base::Result<std::string> check_mail_address(std::string_view address) {
  if (address.empty()) return refuse(address, "it is empty");
  if (address.size() > kLongestAddress)
    return refuse(address, fmt::format("it is over {} octets long", kLongestAddress));
  if (!text::is_valid_utf8(address)) return refuse(address, "it is not UTF-8");
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return refuse(address, "it holds a control character or line break");
    if (byte == ' ') return refuse(address, "it holds a space");
    if (std::string_view("\"<>()[]\\,;:").find(c) != std::string_view::npos) {
      return refuse(address, fmt::format("it holds {}", c));
    }
  }
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos || address.find('@', at + 1) != std::string_view::npos) {
    return refuse(address, "it has not one @");
  }
  const std::string_view local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  if (local.empty() || local.size() > kLongestLocalPart)
    return refuse(address, "the part before @ is empty or too long");
  if (!net::is_ascii(local)) {
    return refuse(address, "letters beyond a-z before @ are not taken by every server on the way (RFC 6531)");
  }
  if (!std::all_of(local.begin(), local.end(), is_local_character) || local.front() == '.' || local.back() == '.' ||
      local.find("..") != std::string_view::npos) {
    return refuse(address, "the part before @ is not one that servers take");
  }
  const auto name = net::ascii_host(domain);
  if (!name || !is_domain(*name)) return refuse(address, "the part behind @ is no domain");
  std::string checked(address.substr(0, at + 1));
  for (const char c : *name) checked += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return checked;
}

}  // namespace sotevahti::archive
