// A person written as one text: "me@example.org (Me)", "Me <me@example.org>", "Me
// (me@example.org)", or one half of that. Pure; any thread.
#pragma once
#include <string_view>

#include "feed/document.h"

namespace sotevahti::feed {

Person person_of_text(std::string_view text);

}  // namespace sotevahti::feed
