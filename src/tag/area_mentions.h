// The places that an entry names, and whether each is meant: the longest name wins,
// vetoes and surnames are no places, a name that is a word too needs context, the
// ends of a range and mere venues do not count. Pure.
#pragma once
#include <string>
#include <vector>

#include "tag/context.h"
#include "tag/entry_text.h"
#include "tag/gazetteer.h"

namespace sotevahti::tag {

struct Mention {
  Span span;
  Field field = Field::text;
  const PlaceName* name = nullptr;
  bool counts = false;
  std::string why_not;  // for a person, where it does not count
};

// Every name in title, text and publisher, in order, not yet judged.
std::vector<Mention> find_names(const EntryText& text, const Gazetteer& gazetteer);

// Judges the names of title and text. `home`: areas that the publisher speaks of;
// `at_home`: it speaks of little else, so that a venue there is no mere venue.
void judge_names(const EntryText& text, const Marks& marks, const std::vector<std::string>& home, bool at_home,
                 std::vector<Mention>& mentions);

}  // namespace sotevahti::tag
