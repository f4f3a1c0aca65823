// A digest put in order. A story stands in it once, whatever subscriptions and
// tellings bring it; moved deadlines come first, then what closes soon, then new
// stories by area, topic and source (official ones first), decisions by meeting with
// routine items folded, then significant edits. The same material gives the same
// outline. Pure; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "config/taxonomy.h"
#include "digest/digest.h"

namespace sotevahti::digest {

struct Block {
  enum class Kind { moved, closing, area, meeting, changed };
  Kind kind = Kind::area;
  std::string area;       // id; of area and meeting; empty: no area is known
  std::string publisher;  // of a meeting
  std::string board;
  std::optional<base::Time> met;
  std::vector<Story> stories;
  std::size_t routine = 0;  // items that every meeting has, left out
};

struct SectionOutline {
  Section section;  // its stories are moved into the blocks
  std::vector<Block> blocks;
  std::size_t told_above = 0;  // stories that stand under an earlier subscription
};

struct Counts {
  std::size_t fresh = 0, closing = 0, moved = 0, changed = 0;
  std::size_t all() const { return fresh + closing + moved + changed; }
};

struct Outline {
  Material material;  // its sections are moved into those below
  std::vector<SectionOutline> sections;
  Counts counts;
  bool empty() const { return counts.all() == 0; }
};

// A deadline within so many days is told under "closing soon".
inline constexpr std::chrono::days closing_soon{14};

Outline compose(Material material, const config::Taxonomy& taxonomy);

// Days from the digest's local day to the deadline; negative when it has passed.
int days_left(const Deadline& deadline, const Material& material);

// The deadline that a reader of `story` must know first: the nearest that has neither passed
// nor been withdrawn; null where there is none.
const Deadline* next_deadline(const Story& story, const Material& material);

// Is a deadline's reminder due in the window (from, to]: `days` before it, by local day?
bool reminder_is_due(std::chrono::year_month_day closes, int days, base::Time from, base::Time to,
                     const base::Zone& zone);

}  // namespace sotevahti::digest
