// Bytes of any declared encoding into valid UTF-8 (iconv underneath). Pure; any thread.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace sotevahti::text {

struct Decoded {
  std::string utf8;       // valid, without BOM
  std::string encoding;   // IANA name of the encoding it was decoded from
  bool mismatch = false;  // the bytes or the declared name did not fit
};

// Order: byte order mark, `http_charset`, the XML declaration (either quote; UTF-16
// and UTF-32 by how "<?xml" looks), UTF-8; what is unknown or does not decode falls
// to the next, then to UTF-8 and windows-1252 with `mismatch`. gb2312 means gb18030.
// U+0080-009F become windows-1252's characters.
Decoded decode_xml(std::string_view bytes, std::string_view http_charset);

// Of a named encoding; fails when the name is unknown or the bytes do not decode.
base::Result<std::string> decode(std::string_view bytes, std::string_view encoding);

// The charset parameter of a Content-Type value, or "".
std::string charset_of(std::string_view content_type);

}  // namespace sotevahti::text
