// Any bytes as a document of any encoding: always valid UTF-8 of a named encoding.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/charset.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotevahti;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  // The first line is the Content-Type.
  const std::size_t line = std::min(input.find('\n'), size);
  const std::string charset = text::charset_of(input.substr(0, line));
  const std::string_view bytes = input.substr(std::min(line + 1, size));
  for (const std::string& name : {std::string(), charset}) {
    const text::Decoded decoded = text::decode_xml(bytes, name);
    if (!text::is_valid_utf8(decoded.utf8) || decoded.encoding.empty()) std::abort();
  }
  if (const auto named = text::decode(bytes, charset); named && !text::is_valid_utf8(*named)) std::abort();
  return 0;
}
