// Any text as an address: canonical forms stay as they are, references resolve to
// something that resolves to itself.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "text/types.h"
#include "text/url.h"

namespace {

void demand(bool holds, std::string_view what, std::string_view first, std::string_view second) {
  if (holds) return;
  std::cerr << what << "\n" << first << "\n" << second << "\n";
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotevahti;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), size);
  const std::string_view base = input.substr(0, line);
  const std::string_view reference = input.substr(std::min(line + 1, size));

  const std::string canonical = text::canonical_url(input);
  demand(text::canonical_url(canonical) == canonical, "canonical form changes", canonical,
         text::canonical_url(canonical));
  const std::string resolved = text::resolve_url(base, reference);
  if (!text::url_scheme(resolved).empty())
    demand(text::resolve_url(base, resolved) == resolved, "resolves on", resolved, text::resolve_url(base, resolved));
  text::is_unsafe_scheme(input);
  demand(text::percent_decode(text::percent_encode(input)) == input, "encoding loses", input, {});
  if (const auto url = text::Url::parse(input)) demand(!url->host().empty(), "no host", input, {});
  text::query_parameter(input, "id");
  return 0;
}
