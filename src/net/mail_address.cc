#include "net/mail_address.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/host_name.h"
#include "base/log.h"

namespace sotevahti::net {
namespace {

constexpr std::size_t longest_address = 254;  // RFC 5321, 4.5.3.1
constexpr std::size_t longest_local_part = 64;
constexpr std::size_t longest_label = 63;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// RFC 5322's dot-atom.
bool is_local_part(std::string_view local) {
  const auto is_atext = [](char c) {
    return is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
  };
  return local.front() != '.' && local.back() != '.' && local.find("..") == local.npos &&
         std::all_of(local.begin(), local.end(), [&](char c) { return c == '.' || is_atext(c); });
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= longest_label && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) { return c == '-' || is_letter_or_digit(c); });
}

bool is_domain(std::string_view domain) {
  while (true) {
    const std::size_t dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == domain.npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// As much of it as a person needs, cut between characters.
std::string_view shown(std::string_view address) {
  std::size_t end = std::min<std::size_t>(address.size(), 80);
  while (end > 0 && end < address.size() && (static_cast<unsigned char>(address[end]) & 0xC0U) == 0x80U) --end;
  return address.substr(0, end);
}

tl::unexpected<base::Failure> refuse(std::string_view address, std::string_view why) {
  return base::fail(fmt::format("\"{}\" is no mail address: {}", base::one_line(shown(address)), why));
}

}  // namespace

base::Result<std::string> envelope_address(std::string_view address) {
  const auto too_long = [&] { return refuse(address, fmt::format("it is over {} octets long", longest_address)); };
  if (address.empty()) return refuse(address, "it is empty");
  if (address.size() > longest_address) return too_long();
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return refuse(address, "it holds a control character or line break");
    if (byte == ' ') return refuse(address, "it holds a space");
    if (std::string_view("\"<>()[]\\,;:").find(c) != std::string_view::npos)
      return refuse(address, fmt::format("it holds {}", c));
  }
  const std::size_t at = address.find('@');
  if (at == address.npos || at != address.rfind('@')) return refuse(address, "it has not one @");
  const std::string_view local = address.substr(0, at);
  if (local.empty() || local.size() > longest_local_part)
    return refuse(address, "the part before @ is empty or too long");
  if (!base::is_ascii(local))
    return refuse(address, "letters beyond ASCII before @ are not taken by every server on the way (RFC 6531)");
  if (!is_local_part(local)) return refuse(address, "the part before @ is not one that servers take");
  auto domain = base::ascii_host(address.substr(at + 1));
  if (!domain || !is_domain(*domain)) return refuse(address, "the part behind @ is no domain");
  if (local.size() + 1 + domain->size() > longest_address) return too_long();  // as punycode
  std::transform(domain->begin(), domain->end(), domain->begin(), to_lower);
  return fmt::format("{}@{}", local, *domain);
}

}  // namespace sotevahti::net
