// HTML's character references (WHATWG 13.2.5.72): named ones of all 2,125 names, and
// numbers. Inside the room; html.h has what others need. Pure; any thread.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sotevahti::text {

struct CharacterReference {
  std::size_t length = 0;  // in the source, the ampersand too; 0: no reference stands there
  std::array<char, 8> bytes{};
  std::uint8_t size = 0;  // 0 with a length: a control character, which goes

  std::string_view view() const { return {bytes.data(), size}; }
};

enum class ReferencePlace { text, attribute };

// What stands at the ampersand that `text` begins with. In an attribute "&copy=1" is
// no reference, nor is "&copyx". "\r" is a line feed.
CharacterReference reference_at(std::string_view text, ReferencePlace place);

// What U+0080 to U+009F mean in the field: windows-1252's characters; others as they are.
char32_t of_windows_1252(char32_t c);

}  // namespace sotevahti::text
