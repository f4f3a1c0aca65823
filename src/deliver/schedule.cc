#include "deliver/schedule.h"

namespace sotevahti::deliver {

std::optional<base::Time> window_end(const archive::Rhythm& rhythm, base::Time window_start, base::Time now,
                                     const base::Zone& zone) {
  base::Time due = rhythm.next_due(window_start, zone);
  if (due > now) return std::nullopt;
  if (rhythm.kind == archive::Rhythm::Kind::immediate) {
    constexpr std::chrono::minutes step{1};  // the rhythm's own
    return rhythm.next_due(now - step, zone) <= now ? std::optional(now) : std::nullopt;
  }
  for (base::Time next = rhythm.next_due(due, zone); next <= now; next = rhythm.next_due(due, zone)) due = next;
  return due;
}

}  // namespace sotevahti::deliver
