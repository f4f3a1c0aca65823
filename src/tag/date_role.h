// What the words around a date make of it: the end of something, its beginning, a day. Pure; any
// thread.
#pragma once
#include <cstddef>

#include "tag/cued_text.h"

namespace sotevahti::tag {

enum class DateRole {
  ends,     // "28.11. mennessä", "haku päättyy 28.11."
  begins,   // "28.11. alkaen", "haku avautuu 28.11."
  over,     // "haku päättyi 28.11."
  span,     // "haku on auki 1.–28.11."
  day,      // "28.11.": nothing near says more
  nothing,  // "perjantaina"
};

// Pieces [first, last) of a date's sentence, which speak of this date and of no other.
struct DateScope {
  std::size_t first = 0;
  std::size_t last = 0;
};

// Of dates[index].
DateScope scope_of(const CuedText& text, std::size_t index);
// Looks no farther than the scope reaches.
DateRole role_of(const CuedText& text, std::size_t index, const DateScope& scope);

}  // namespace sotevahti::tag
