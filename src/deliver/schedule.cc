#include "deliver/schedule.h"

#include <algorithm>

namespace sotevahti::deliver {
namespace {

constexpr std::chrono::minutes step{1};  // of what is told at once

}  // namespace

std::optional<base::Time> window_end(const archive::Rhythm& rhythm, base::Time window_start, base::Time now,
                                     const base::Zone& zone) {
  base::Time due = rhythm.next_due(window_start, zone);
  if (due > now) return std::nullopt;
  if (rhythm.is_immediate()) return rhythm.next_due(now - step, zone) <= now ? std::optional(now) : std::nullopt;
  for (base::Time next = rhythm.next_due(due, zone); next <= now; next = rhythm.next_due(due, zone)) due = next;
  return due;
}

std::optional<base::Time> next_end(const archive::Rhythm& rhythm, base::Time window_start, base::Time looked,
                                   const base::Zone& zone) {
  base::Time due = rhythm.next_due(window_start, zone);
  if (rhythm.is_immediate()) due = std::max(due, rhythm.next_due(looked - step, zone));
  return due > looked ? std::optional(due) : std::nullopt;
}

}  // namespace sotevahti::deliver
