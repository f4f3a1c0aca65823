// Names of encodings as documents write them, and what we call and decode them by.
// Inside the room. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::text {

enum class Codec {
  unknown,
  ascii,
  utf8,
  utf16,  // of either byte order
  utf32,
  latin1,  // as windows-1252: its controls mean that in the field
  mac_greek,
  mac_turkish,
  iconv
};

struct CharsetName {
  Codec codec = Codec::unknown;
  std::string iana;   // in lower case; as written where we know no other name
  std::string iconv;  // what iconv calls it
};

// By name in any case, with "_", "-", "." or nothing between its parts.
CharsetName find_charset(std::string_view name);

}  // namespace sotevahti::text
