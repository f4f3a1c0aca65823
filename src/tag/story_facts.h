// The facts of a text that stay the same in every telling and language: dates, sums and
// numbers ("75 000 euroa", "sex miljoner"), and numbers of a series ("viikko 4/2026").
// Hashed, with their weight as words are. Pure.
#pragma once
#include <chrono>
#include <cstdint>
#include <vector>

#include "tag/date_mentions.h"

namespace sotevahti::tag {

struct StoryFacts {
  std::vector<std::uint32_t> all;     // dates and numbers; sorted
  std::vector<std::uint32_t> dates;   // sorted
  std::vector<std::uint32_t> series;  // sorted
};

StoryFacts story_facts(const DatedText& title, const DatedText& text, std::chrono::year_month_day published);

}  // namespace sotevahti::tag
