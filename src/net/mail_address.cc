#include "net/mail_address.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "net/host_name.h"

namespace sotevahti::net {
namespace {

constexpr std::size_t longest_address = 254;  // RFC 5321, 4.5.3.1
constexpr std::size_t longest_local_part = 64;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// RFC 5322's atext, and the dot.
bool is_local_character(char c) {
  return is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

bool is_domain(std::string_view domain) {
  const auto is_domain_character = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; };
  return !domain.empty() && domain.front() != '.' && domain.front() != '-' && domain.back() != '.' &&
         domain.find("..") == domain.npos && std::all_of(domain.begin(), domain.end(), is_domain_character);
}

// As much of it as a person needs, cut between characters.
std::string_view shown(std::string_view address) {
  std::size_t end = std::min<std::size_t>(address.size(), 80);
  while (end > 0 && end < address.size() && (static_cast<unsigned char>(address[end]) & 0xC0U) == 0x80U) --end;
  return address.substr(0, end);
}

tl::unexpected<base::Failure> refuse(std::string_view address, std::string_view why) {
  return base::fail(fmt::format("\"{}\" cannot be mailed to: {}", base::one_line(shown(address)), why));
}

}  // namespace

base::Result<std::string> envelope_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == address.npos || at == 0) return refuse(address, "it has no part before an @");
  const auto local = address.substr(0, at);
  if (!is_ascii(local)) return refuse(address, "letters beyond ASCII before the @ need SMTPUTF8");
  if (!std::all_of(local.begin(), local.end(), is_local_character)) {
    return refuse(address, "characters that are not allowed before the @");
  }
  const auto domain = ascii_host(address.substr(at + 1));
  if (!domain || !is_domain(*domain)) return refuse(address, "no domain behind the @");
  if (local.size() > longest_local_part || local.size() + 1 + domain->size() > longest_address) {
    return refuse(address, "it is too long");
  }
  return fmt::format("{}@{}", local, *domain);
}

}  // namespace sotevahti::net
