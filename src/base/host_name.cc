#include "base/host_name.h"

#include <fmt/format.h>
#include <idn2.h>

#include <algorithm>
#include <memory>

namespace sotevahti::base {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Result<std::string> ascii_host(std::string_view host) {
  if (is_ascii(host)) return std::string(host);
  if (host.find('\0') != std::string_view::npos) return fail("a host name with a NUL");
  char* raw = nullptr;
  const int code = idn2_to_ascii_8z(std::string(host).c_str(), &raw, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, decltype(&idn2_free)> ascii(raw, &idn2_free);
  if (code != IDN2_OK) return fail(fmt::format("\"{}\" is no host name: {}", host, idn2_strerror(code)));
  return std::string(ascii.get());
}

}  // namespace sotevahti::base
