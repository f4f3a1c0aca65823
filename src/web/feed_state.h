// How a source is doing, in a reader's words.
#pragma once
#include "archive/health.h"
#include "web/html.h"
#include "web/visit.h"

namespace sotevahti::web {

// "luettu tänään 9.15", "ei vastaa 17.2. alkaen": a badge with its state as class.
void put_feed_state(Html& html, const Visit& visit, const archive::Health& health);
// "fresh", "quiet", "failing", "no-feed", "never-polled", "disabled".
std::string_view state_id(archive::Health::State state);
// Why it cannot be read: the cause in the reader's language.
std::string failure_words(const Visit& visit, const archive::Health& health);

}  // namespace sotevahti::web
