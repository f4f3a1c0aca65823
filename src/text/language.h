// Which language a text is in (CLD2 with hints). Pure; any thread.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::text {

// "fi", "sv", "en", another ISO 639-1 code, or "" when there is too little to say.
// `hint` is the feed's own language, may be empty.
std::string detect_language(std::string_view plain_text, std::string_view hint);

}  // namespace sotevahti::text
