// Text without what reaches out of its place: characters that turn the reading order of all
// that follows, and marks heaped on one letter until they cover other lines. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::text {

// The same text where nothing of it does. Words stay: left-to-right and right-to-left marks, which
// touch only their neighbours, and as many marks as letters of any language carry are kept.
// May be asked of sanitised HTML too.
std::string calm(std::string utf8);

}  // namespace sotevahti::text
